// Takes the pictures of docs/command-line.md, each command against its own simulated gateway: `npm run docs:pictures`.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

process.env['FORCE_COLOR'] = '1';
const { pictured, still } = await import('./picture/commands.js');
const { stillLine, svgOf } = await import('./picture/svg.js');

const folder = resolve(import.meta.dirname, '../docs/img');
mkdirSync(folder, { recursive: true });
for (const [name, line] of Object.entries(pictured)) {
  const { rows, lines } = await still(line);
  writeFileSync(join(folder, `${name}.svg`), svgOf(`npx ibwire ${line}`, rows, lines.map(stillLine)));
  console.log(`docs/img/${name}.svg: ${rows} lines`);
}
