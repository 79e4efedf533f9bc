// Keys and tokens: from a file only its owner reads, or from a function. They stand in no option, log or error.

import { readFile, stat } from 'node:fs/promises';
import { WebError } from '../problem.js';

/** Where a secret comes from. A function is asked each time it is needed. */
export type Secret = { readonly file: string } | (() => string | Promise<string>);

/** The secret without the line's end. @throws {WebError} `WEB_SECRET`, which never holds it */
export async function secretOf(from: Secret, what: string): Promise<string> {
  let secret: unknown;
  if (typeof from === 'function') {
    try {
      secret = await from();
    } catch {
      throw new WebError('WEB_SECRET', `${what}: the function that gives it has thrown`); // what it threw may hold the secret
    }
  } else {
    const facts = await stat(from.file).catch(() => undefined);
    if (facts === undefined) throw new WebError('WEB_SECRET', `${what}: the file ${from.file} is not there`);
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
      throw new WebError('WEB_SECRET', `${what}: others may read ${from.file}; chmod 600 ${from.file}`);
    secret = await readFile(from.file, 'utf8');
  }
  if (typeof secret !== 'string' || secret.trim() === '') throw new WebError('WEB_SECRET', `${what}: it is empty`);
  return secret.replace(/\r?\n$/, '');
}
