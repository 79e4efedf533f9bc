// npm run -s conformance -w packages/web -- [--json] [FILES or folders…]: example files against the table of endpoints.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { differencesOf, type Example, faultsOf, readExample } from '../src/conformance.js';

const home = process.env['INIT_CWD'] ?? process.cwd(); // npm changes into the package; names are those of the caller
const fixtures = join(import.meta.dirname, '../fixtures/examples');

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}

const given = process.argv.slice(2);
const asJson = given.includes('--json');
const names = given.filter((one) => one !== '--json');
const files = (names.length === 0 ? [fixtures] : names.map((name) => resolve(home, name))).flatMap(filesOf);
let failed = 0;
for (const file of files) {
  try {
    const example = JSON.parse(readFileSync(file, 'utf8')) as Example & { readonly expected?: unknown };
    const reading = readExample(example);
    const faults = [...faultsOf(reading)];
    if (example.expected !== undefined && !isDeepStrictEqual(JSON.parse(JSON.stringify(reading.meaning)), example.expected))
      faults.push(`means ${JSON.stringify(reading.meaning)}, not ${JSON.stringify(example.expected)}`);
    if (faults.length > 0) failed += 1;
    const { endpoint, meaning, verdict } = reading;
    const differs = differencesOf(reading);
    const unknown = verdict.at === 'answer' ? verdict.unknown : [];
    if (asJson) console.log(JSON.stringify({ file, name: example.name, endpoint, meaning, unknown, differs, faults }));
    else {
      const extra = unknown.length === 0 ? '' : `  (kept, not in the table: ${unknown.join(' ')})`;
      console.log(
        `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${example.name}  ${endpoint ?? 'no such row'}  ${JSON.stringify(meaning)}${extra}`,
      );
      for (const fault of faults) console.log(`     ${fault}`);
      for (const one of differs) if (!faults.includes(one)) console.log(`     left out: ${one}`);
    }
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.error(`${files.length - failed} of ${files.length} examples read`);
process.exitCode = failed === 0 && files.length > 0 ? 0 : 1;
