// npm run -s conformance -- [FILES…]: runs vector files, captures and rule cases; all fixtures when none is given.

import { relative } from 'node:path';
import { pathsOf } from './files.js';
import { type FileReport, runFile } from './run.js';

const SHOWN = 20;

function print(report: FileReport): void {
  const path = relative(process.cwd(), report.path);
  for (const { name, why } of report.failed.slice(0, SHOWN)) console.log(`  FAIL ${name}: ${why}`);
  if (report.failed.length > SHOWN) console.log(`  … and ${report.failed.length - SHOWN} more`);
  const reasons = new Map<string, number>();
  for (const { why } of report.skipped) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  const skips = [...reasons].map(([why, count]) => `${count} × ${why}`).join('; ');
  console.log(
    `${path} (${report.shape}): ${report.passed} passed, ${report.failed.length} failed, ${report.skipped.length} skipped${skips === '' ? '' : ` (${skips})`}`,
  );
}

let [passed, failed, skipped] = [0, 0, 0];
for (const path of pathsOf(process.argv.slice(2))) {
  const report = await runFile(path);
  print(report);
  passed += report.passed;
  failed += report.failed.length;
  skipped += report.skipped.length;
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
if (failed > 0) process.exitCode = 1;
