// `npm run -s bench:desk`: prints what a quote costs; `-- --json` for programs.

import { quoteAgainstEmpty } from './quote.js';

const { empty, quote } = await quoteAgainstEmpty(15, 3_000);
const ratio = (empty / quote).toFixed(2);
console.log(
  process.argv.includes('--json')
    ? JSON.stringify({ empty, quote })
    : `CPU per GET, client and server: empty route ${empty.toFixed(1)} µs, quote ${quote.toFixed(1)} µs, ratio ${ratio}`,
);
