#!/usr/bin/env node
// An executable that takes the flags of VS Code's `code` command: see code.ts.
require('tsx/cjs/api').register();
require('./parent.ts').endWithParent();
require('./code.ts').code(process.argv.slice(2)).then(process.exit);
