// Secrets come from the environment, a file only its owner reads, or a command that prints them: never from an argument.

import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { PortfolioError } from './problem.js';

export type SecretPlace =
  | { readonly env: string }
  | { readonly file: string }
  /** A program and its arguments, run without a shell: the store of the operating system. */
  | { readonly command: readonly [program: string, ...args: string[]] };

function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { timeout: 30_000, maxBuffer: 65_536 }, (error, stdout) =>
      // what the program printed may be the secret: it goes into no error
      error === null ? resolve(stdout) : reject(new PortfolioError('secret', `the command ${program} gave no secret`)),
    );
  });
}

async function load(place: SecretPlace): Promise<string> {
  if ('env' in place) {
    const value = process.env[place.env];
    if (value === undefined || value === '') throw new PortfolioError('secret', `the environment has no ${place.env}`);
    return value;
  }
  if ('command' in place) return run(place.command[0], place.command.slice(1));
  const facts = await stat(place.file).catch(() => {
    throw new PortfolioError('secret', `the file ${place.file} is not there`);
  });
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
    throw new PortfolioError('secret', `others may read ${place.file}: chmod 600 ${place.file}`);
  return readFile(place.file, 'utf8');
}

/** The secret without the line's end. */
export async function secretOf(place: SecretPlace): Promise<string> {
  const secret = (await load(place)).replace(/\r?\n$/, '');
  if (secret === '') throw new PortfolioError('secret', 'the secret is empty');
  return secret;
}
