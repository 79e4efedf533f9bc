// Runs files one after the other and sums up.

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { contentOf } from './files.js';
import { recognise } from './recognise.js';
import { type Tally, tally } from './verdict.js';

export interface FileReport extends Tally {
  readonly path: string;
  readonly shape: string;
}

/** Runs one file. A file that cannot be read or that nothing recognises is one failed case. */
export async function runFile(path: string): Promise<FileReport> {
  const broken = (why: string): FileReport => ({
    path,
    shape: 'unknown',
    ...tally([{ name: basename(path), check: () => ({ fail: why }) }]),
  });
  if (path.endsWith('.md') && existsSync(path)) return { path, shape: 'prose, no cases', ...tally([]) };
  let content: unknown;
  try {
    content = await contentOf(path);
  } catch (error) {
    return broken(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const recognised = recognise(content);
  return recognised === undefined
    ? broken('holds nothing of a known shape')
    : { path, shape: recognised.shape, ...recognised.run() };
}
