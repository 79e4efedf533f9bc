// The files to run: given ones, all files of given folders, or all fixtures; JSON, gzipped JSON and .ibcap.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { captureOf } from './ibcap.js';

export const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));
// Folders of fixtures that hold vectors, captures and cases; the others are data of single tests.
const FOLDERS = ['vectors', 'captures', 'rules'];

/** Paths of the arguments, folders walked. */
export function pathsOf(given: readonly string[]): readonly string[] {
  const roots = given.length > 0 ? given : FOLDERS.map((folder) => join(FIXTURES, folder));
  return roots.flatMap(walk);
}

function walk(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => walk(join(path, name)))
    .filter((file) => /\.(?:json|json\.gz|ibcap)$/.test(file));
}

/** The parsed content of a file. @throws {Error} when it is neither JSON nor a capture. */
export async function contentOf(path: string): Promise<unknown> {
  const bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return JSON.parse(gunzipSync(bytes).toString('utf8'));
  const first = bytes.subarray(0, 64).toString('latin1').trimStart()[0];
  return first === '{' || first === '[' ? JSON.parse(bytes.toString('utf8')) : captureOf(bytes);
}
