// npm run -s conformance -w packages/web -- [--json] [FILES or folders…]: example files against the table of endpoints.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readBody } from '../src/body.js';
import { differencesOf, type Example, exampleOf, faultsOf, readExample } from '../src/conformance.js';

const home = process.env['INIT_CWD'] ?? process.cwd(); // npm changes into the package; names are those of the caller
const fixtures = join(import.meta.dirname, '../fixtures/examples');

function filesOf(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}

/** The examples of a file: one, or a list of them. Long numbers keep their digits. */
function examplesIn(file: string): readonly Example[] {
  const body = readBody(readFileSync(file, 'utf8'));
  if (body.form !== 'json') throw new Error('it is no JSON');
  return (Array.isArray(body.value) ? body.value : [body.value]).map((one) => exampleOf(one, basename(file, '.json')));
}

const given = process.argv.slice(2);
const asJson = given.includes('--json');
const names = given.filter((one) => one !== '--json');
const strange = names.find((one) => one.startsWith('-'));
if (strange !== undefined) {
  console.error(`nobody knows the option ${strange}; there is --json`);
  process.exit(2);
}
const files = (names.length === 0 ? [fixtures] : names.map((name) => resolve(home, name))).flatMap(filesOf);
let [read, failed] = [0, 0];

function show(file: string, example: Example): void {
  const reading = readExample(example);
  const faults = [...faultsOf(reading)];
  if (example.expected !== undefined && !isDeepStrictEqual(JSON.parse(JSON.stringify(reading.meaning)), example.expected))
    faults.push(`means ${JSON.stringify(reading.meaning)}, not ${JSON.stringify(example.expected)}`);
  if (faults.length > 0) failed += 1;
  const { endpoint, meaning, verdict } = reading;
  const differs = differencesOf(reading);
  const unknown = verdict.at === 'answer' ? verdict.unknown : [];
  if (asJson) {
    console.log(JSON.stringify({ file, name: example.name, endpoint, meaning, unknown, differs, faults }));
    return;
  }
  const extra = unknown.length === 0 ? '' : `  (kept, not in the table: ${unknown.join(' ')})`;
  const word = faults.length === 0 ? 'ok  ' : 'FAIL';
  console.log(`${word} ${example.name}  ${endpoint ?? 'no such row'}  ${JSON.stringify(meaning)}${extra}`);
  for (const fault of faults) console.log(`     ${fault}`);
  for (const one of differs) if (!faults.includes(one)) console.log(`     left out: ${one}`);
}

for (const file of files) {
  try {
    for (const example of examplesIn(file)) {
      read += 1;
      show(file, example);
    }
  } catch (error) {
    [read, failed] = [read + 1, failed + 1];
    const fault = error instanceof Error ? error.message : String(error);
    console.log(asJson ? JSON.stringify({ file, faults: [fault] }) : `FAIL ${file}: ${fault}`);
  }
}
console.error(`${read - failed} of ${read} examples read`);
process.exitCode = failed === 0 && read > 0 ? 0 : 1;
