// Cold import, each time in a new process: the median of eleven (of three), in nanoseconds. `import who [quick]`.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROUNDS = process.argv[3] === 'quick' ? 3 : 11;
const folder = mkdtempSync(join(tmpdir(), 'ibwire-import-'));
try {
  const outfile = join(folder, 'index.mjs');
  if (process.argv[2] !== 'net')
    await build({ entryPoints: ['src/index.ts'], bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  const what = process.argv[2] === 'net' ? 'node:net' : outfile;
  const script = `const began = process.cpuUsage(); await import(${JSON.stringify(what)});
    const { user, system } = process.cpuUsage(began); console.log(user + system)`;
  const times = Array.from({ length: ROUNDS }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })),
  );
  process.stdout.write(`${JSON.stringify({ ns: (times.sort((a, b) => a - b)[(ROUNDS - 1) / 2] ?? 0) * 1000 })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
