import { readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';

const icons = 'node_modules/@vscode/codicons/dist';

/**
 * Makes the page's style sheet and icon font behind each build of the page: of the 600 icons that VS Code's own team
 * publishes for webviews, the rules and glyphs of those that the page names.
 *
 * @type {import('esbuild').Plugin}
 */
export const style = {
  name: 'style',
  setup({ initialOptions: { minify }, esbuild, onEnd }) {
    onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      const rules = rulesFor(readFileSync('dist/webview.js', 'utf8'));
      const { code } = await esbuild.transform(`${rules}\n${readFileSync('media/webview.css', 'utf8')}`, {
        loader: 'css',
        minify: minify ?? false,
        target: 'chrome132',
      });
      writeFileSync('dist/webview.css', code);
      const glyphs = [...rules.matchAll(/content: "\\([0-9a-f]+)"/g)].map(([, code]) => Number.parseInt(code, 16));
      const font = readFileSync(`${icons}/codicon.ttf`);
      writeFileSync(
        'dist/codicon.ttf',
        await subsetFont(font, String.fromCodePoint(...glyphs), { targetFormat: 'truetype' }),
      );
    });
  },
};

/** The style sheet of the icons without the rules of icons that `page`, a script, does not name. */
function rulesFor(page) {
  const isNamed = (name = '?') =>
    [`"${name}"`, `'${name}'`, `codicon-${name}`].some(text => page.includes(text)) ||
    [...page.matchAll(/codicon-([a-z-]+-)\$/g)].some(([, start]) => name.startsWith(start));
  return readFileSync(`${icons}/codicon.css`, 'utf8')
    .replace(/url\("\.\/codicon\.ttf.*?"\)/, 'url("codicon.ttf")')
    .split('\n')
    .filter(line => !/^\.codicon-/.test(line) || isNamed(/^\.codicon-([a-z0-9-]+):/.exec(line)?.[1]))
    .join('\n');
}
