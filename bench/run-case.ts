// Runs one case of the bench in processes of its own.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Case } from './cases.js';
import type { Reading } from './loopback/flow.js';

/** Programs as plain files, so that a process starts without a compiler. */
export async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: [
      'loopback/reader',
      'loopback/feeder',
      'programs/bars',
      'programs/decode',
      'programs/import',
      'programs/connect',
      'programs/open-orders',
      'programs/gateway',
    ].map((name) => `bench/${name}.ts`),
    outbase: 'bench',
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    external: ['@stoqey/ib', 'esbuild'],
    logLevel: 'error',
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

function start(file: string, args: readonly string[]): ChildProcess {
  return fork(file, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
}

async function printed(file: string, args: readonly string[]): Promise<Reading> {
  const child = start(file, args);
  const ended = once(child, 'exit');
  const line = await firstLine(child);
  await ended;
  if (line === '') throw new Error(`${file} ${args.join(' ')} printed nothing`);
  return JSON.parse(line) as Reading;
}

/** `isQuick`: half of the ticks, fewer rounds inside of a program. */
export async function reading(folder: string, one: Case, isQuick: boolean): Promise<Reading> {
  if (one.by === 'program') return printed(join(folder, `programs/${one.file}.mjs`), isQuick ? [...one.args, 'quick'] : one.args);
  const flow = isQuick ? { ...one.flow, ticks: one.flow.ticks / 2 } : one.flow;
  const feeder = start(join(folder, 'loopback/feeder.mjs'), [JSON.stringify(flow)]);
  try {
    const port = await firstLine(feeder);
    const { seen, ...figures } = await printed(join(folder, 'loopback/reader.mjs'), [
      one.who,
      port,
      JSON.stringify(flow),
      one.measures,
    ]);
    // A size that is known already is no new tick of a quote.
    if (seen < flow.ticks / 2) throw new Error(`${one.who}: ${seen} of ${flow.ticks} ticks came`);
    return { seen, ...figures };
  } finally {
    feeder.kill();
  }
}
