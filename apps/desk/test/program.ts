// The desk as a program of its own, that is started and killed again and again.

import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface RunningDesk {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
}

export interface DeskProgram {
  /** Starts it on a free port; `folder` holds what belongs to its owner. Resolves when it is ready. */
  start(args: readonly string[], folder: string): Promise<RunningDesk>;
  remove(): void;
}

let builds = 0;

/** As one file, since it is started often; where packages are found. */
export async function buildDesk(): Promise<DeskProgram> {
  const program = join(root, 'node_modules/.cache/ibwire-desk', `${process.pid}-${++builds}.mjs`);
  const rooms = Object.fromEntries(
    ['rules', 'gateway', 'capture', 'protocol'].map((room) => [`ibwire/${room}`, join(root, 'src', room, 'index.ts')]),
  );
  await build({
    ...{
      entryPoints: [join(root, 'apps/desk/src/cli/main.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    },
    ...{ packages: 'external', alias: { ...rooms, ibwire: join(root, 'src/index.ts') }, logLevel: 'error' },
  });
  return {
    start(args, folder) {
      const child = spawn(process.execPath, [program, '--port', '0', '--json', ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, XDG_DATA_HOME: folder },
      });
      return new Promise((resolve, reject) => {
        createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).once('line', (line) => {
          const { url, token } = JSON.parse(line) as { url: string; token: string };
          resolve({ child, url, token });
        });
        child.once('exit', (code) => reject(new Error(`the desk ended with ${code} before it was ready`)));
      });
    },
    remove: () => rmSync(program, { force: true }),
  };
}

export const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => void child.once('exit', () => resolve()));

/** The same instants in every run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
