// Decodes one file in a process of its own and prints what came of it: the time, and the memory that it added at its peak.
import { readFileSync } from 'node:fs';
import { decodeImage } from '../../../src/decode/decode';

const bytes = readFileSync(process.argv[2]!);
const before = process.resourceUsage().maxRSS;
const start = process.cpuUsage();
decodeImage(bytes)
  .then(
    image => `${image.width} × ${image.height}`,
    error => error.code,
  )
  .then(outcome => {
    // Of the processor, not of the clock: other work on the machine does not count.
    const { user, system } = process.cpuUsage(start);
    const milliseconds = (user + system) / 1000;
    const megabytes = (process.resourceUsage().maxRSS - before) / 1024;
    console.log(JSON.stringify({ outcome, milliseconds, megabytes }));
  });
