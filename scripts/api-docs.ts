// Writes `docs/api/`: the report of the public face.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { report } from './api/report.js';

const folder = resolve(import.meta.dirname, '../docs/api');
mkdirSync(folder, { recursive: true });
for (const [file, text] of report()) writeFileSync(join(folder, file), text);
