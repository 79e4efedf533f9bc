// Writes the site of the documentation, static and searchable: `npm run docs:site -- FOLDER` (default `site/`).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSite } from './site/pages.js';

const folder = resolve(process.argv[2] ?? 'site');
const { files, sections } = buildSite();
rmSync(folder, { recursive: true, force: true });
for (const [path, content] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
console.log(`${files.size} files, ${sections.length} sections: open ${join(folder, 'index.html')}`);
