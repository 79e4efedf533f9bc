// npm run -s portfolio:picture: the household's report as docs/household.svg, as the terminal shows it.

import { readFileSync, writeFileSync } from 'node:fs';
import { tableText } from '../src/out/table.js';
import { summarySheets, viewSheet } from '../src/report.js';
import { household } from './household.js';

const here = (path: string): URL => new URL(path, import.meta.url);
const portfolio = await household(readFileSync(here('../fixtures/robinhood-1.csv'), 'utf8'));
const sheets = [...summarySheets(portfolio).filter(({ rows }) => rows.length > 0), viewSheet(portfolio, 'broker')];
const lines = ['$ ibwire-portfolio show --config household.json', '', ...sheets.map(tableText).join('\n').split('\n')];
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const [width, height] = [Math.max(...lines.map((line) => line.length)) * 7.83 + 32, lines.length * 17 + 32];
const text = lines.map((line, index) => `<text x="16" y="${28 + index * 17}">${escaped(line)}</text>`).join('\n');
writeFileSync(
  here('../docs/household.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" role="img" aria-label="One report over three IBKR accounts and a Robinhood file">
<rect width="100%" height="100%" rx="8" fill="#111827"/>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" fill="#e5e7eb" xml:space="preserve">
${text}
</g>
</svg>
`,
);
console.log(`docs/household.svg: ${lines.length} lines`);
