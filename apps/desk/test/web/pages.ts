// The dashboard as the browser gets it, built once for what stands in its files: the next test, and the next run, take the same folder.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const DESK = resolve(import.meta.dirname, '../..');
const CACHE = resolve(DESK, '../../node_modules/.cache/ibwire-web');
const OLD_MS = 2 * 86_400_000;

/** Of everything that the page is made of; the lock file stands for what it takes from others. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const all = readdirSync(join(DESK, 'src'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = all.map(({ parentPath, name }) => join(parentPath, name)).sort();
  for (const path of [...paths, join(DESK, 'vite.config.ts'), resolve(DESK, '../../package-lock.json')])
    hash.update(path.slice(DESK.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, 24);
}

/** Folder of the built page. Two that build at once each make their own: the first to be done is taken by both. */
export async function builtPages(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const one = join(CACHE, name);
    if (Date.now() - statSync(one).mtimeMs > OLD_MS) rmSync(one, { recursive: true, force: true });
  }
  const made = mkdtempSync(join(CACHE, 'making-'));
  await build({
    configFile: join(DESK, 'vite.config.ts'),
    root: join(DESK, 'src/web'),
    logLevel: 'error',
    build: { outDir: made, emptyOutDir: true },
  });
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}
