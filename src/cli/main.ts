#!/usr/bin/env node
// The command line: one file per command.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { IbwireError } from '../protocol/errors.js';
import { addDemo } from './commands/demo.js';
import { bad } from './print.js';

function version(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const manifest = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

const program = new Command('ibwire').description('Interactive Brokers from the command line.').version(version());
for (const add of [addDemo]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  const known = error instanceof IbwireError || (error instanceof Error && 'code' in error);
  console.error(bad(error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error)));
  process.exitCode = 1;
}
