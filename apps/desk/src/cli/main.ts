#!/usr/bin/env node
// The command line of the desk: starts it, or talks to one that runs.

import { runCli } from './program.js';

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
