// Writes the tables of docs/performance.md from bench/history.json: `npm run -s docs`.

import { readFileSync, writeFileSync } from 'node:fs';
import { performancePage } from './performance-page.js';

const PAGE = 'docs/performance.md';
writeFileSync(PAGE, performancePage(readFileSync(PAGE, 'utf8'), JSON.parse(readFileSync('bench/history.json', 'utf8'))));
