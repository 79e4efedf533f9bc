// npm run -s portfolio:conformance -- [FILES or folders…]: each file against its *.expected.json beside it, or the `expected` inside it.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences, excesses } from '../src/conformance.js';
import { normalised } from '../src/normalised.js';
import { PortfolioError } from '../src/problem.js';
import { readText } from '../src/read-text.js';
import { canonicalRequest, type Signable, signature } from '../src/sources/snaptrade-signature.js';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../fixtures');

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function expectedOf(path: string, text: string): unknown {
  const beside = path.replace(/\.[^.]+$/, '.expected.json');
  if (existsSync(beside)) return JSON.parse(readFileSync(beside, 'utf8'));
  return path.endsWith('.json') ? (JSON.parse(text) as { expected?: unknown }).expected : undefined;
}

function reading(text: string): unknown {
  try {
    return normalised(readText(text));
  } catch (error) {
    if (!(error instanceof PortfolioError)) throw error;
    return { error: { code: error.code, detail: error.detail, text: error.message } };
  }
}

function vectorFaults(
  vectors: readonly (Signable & { consumerKey: string; canonical: string; signature: string; name: string })[],
) {
  return vectors.flatMap((vector) =>
    canonicalRequest(vector) === vector.canonical && signature(vector, vector.consumerKey) === vector.signature
      ? []
      : [`vector ${vector.name}`],
  );
}

let [passed, failed, read] = [0, 0, 0];
const paths = process.argv.length > 2 ? process.argv.slice(2) : [fixtures];
for (const path of paths.flatMap(filesOf)) {
  if (path.endsWith('.expected.json') || !/\.(csv|json|xml)$/i.test(path)) continue;
  const text = readFileSync(path, 'utf8');
  const name = relative(process.cwd(), path);
  const vectors = path.endsWith('.json') ? (JSON.parse(text) as { vectors?: [] }).vectors : undefined;
  const expected = vectors === undefined ? expectedOf(path, text) : vectors;
  const actual = vectors === undefined ? reading(text) : vectors;
  const faults =
    vectors !== undefined
      ? vectorFaults(vectors)
      : expected === undefined
        ? []
        : [...differences(expected, actual), ...excesses(expected, actual)];
  const refusal = (actual as { error?: { code: string; text: string } }).error;
  const isWrongRefusal = expected === undefined && refusal !== undefined && refusal.code !== 'flex';
  if (faults.length > 0 || isWrongRefusal) {
    failed += 1;
    console.log(`FAIL ${name}`);
    for (const fault of isWrongRefusal ? [refusal.text] : faults) console.log(`     ${fault}`);
  } else if (expected === undefined) {
    read += 1;
    console.log(`read ${name}${refusal === undefined ? '' : ` (refused: ${refusal.text})`}`);
  } else {
    passed += 1;
    console.log(`pass ${name}`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${read} read without an expectation`);
if (failed > 0) process.exitCode = 1;
