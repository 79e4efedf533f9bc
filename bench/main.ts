// The bench: every case in a process of its own, rounds in turns, medians and their spread, ratios to a floor and a peer in the same run.
//   npm run -s bench [-- --quick] [--json] [--check] [--record] [part of a ratio's or a case's name]
// `--check` fails where a ratio is beyond its gate, or memory beyond its limit; `--record` adds the run to bench/history.json.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CaseName, type Compared, cases, gatedOf, gateText, limits, type Ratio, ratios } from './cases.js';
import type { Reading } from './loopback/flow.js';
import { bundle, reading } from './run-case.js';
import { type History, medianOf, type Run, spreadOf } from './summary.js';

const HISTORY = 'bench/history.json';
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
type Taken = ReadonlyMap<CaseName, readonly number[]>;
const [part = ''] = positionals;
const chosen = ratios.filter(({ name, of, isQuick }) => (!flags.quick || isQuick) && `${name} ${of}`.includes(part));
const inRatios = chosen.flatMap(({ of, per, gate }) => [of, per, ...(typeof gate === 'number' ? [] : [gate.timesFasterThan])]);
const isAlone = (name: CaseName): boolean => !ratios.some(({ of, per }) => of === name || per === name);
const others = (Object.keys(cases) as CaseName[]).filter((name) => !flags.quick && isAlone(name) && name.includes(part));
const names = [...new Set([...inRatios, ...others])];
const rounds = flags.quick ? 3 : 5;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(process.cwd(), 'node_modules/.bench-'));
try {
  await bundle(folder);
  const taken = new Map<CaseName, number[]>();
  const extras = new Map<CaseName, Omit<Reading, 'ns' | 'seen'>>();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { ns, seen: _, ...more } = await reading(folder, cases[name], flags.quick);
      taken.set(name, [...(taken.get(name) ?? []), ns]);
      if (Object.keys(more).length > 0) extras.set(name, more);
      say(`round ${round + 1} of ${rounds}: ${name} ${ns.toFixed(1)} ns`);
    }
  }
  const run: Run = {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    node: process.version,
    isQuick: flags.quick,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    cases: Object.fromEntries(
      [...taken].map(([name, all]) => [name, { ns: medianOf(all), spread: spreadOf(all), ...extras.get(name) }]),
    ),
    ratios: Object.fromEntries(chosen.map((ratio) => [ratio.name, ratioOf(ratio, taken)])),
  };
  if (flags.json) process.stdout.write(`${JSON.stringify(run)}\n`);
  else print(run);
  if (flags.record) {
    const history = JSON.parse(readFileSync(HISTORY, 'utf8')) as History;
    writeFileSync(HISTORY, `${JSON.stringify([...history, run], undefined, 1)}\n`);
  }
  if (flags.check) check(run, taken);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The ratio of each round: both sides of it were measured one after the other. */
function ratiosOf({ of, per, asks }: Compared, taken: Taken): readonly number[] {
  const above = taken.get(of) ?? [];
  const below = taken.get(per) ?? [];
  return above.map((ns, round) => ('most' in asks ? ns / (below[round] ?? ns) : (below[round] ?? ns) / ns));
}

function ratioOf(ratio: Ratio, taken: Taken): { median: number; spread: number } {
  const all = ratiosOf(ratio, taken);
  return { median: medianOf(all), spread: spreadOf(all) };
}

function print(run: Run): void {
  for (const [name, { ns, spread, ...more }] of Object.entries(run.cases))
    console.log(
      `${name.padEnd(20)} ${ns.toFixed(1).padStart(12)} ns  ± ${Math.round(spread * 100)} %  ${Object.keys(more).length > 0 ? JSON.stringify(more) : ''}`,
    );
  for (const { name, asks } of chosen) {
    const { median = 0, spread = 0 } = run.ratios[name] ?? {};
    const asked = 'most' in asks ? `≤ ${asks.most}` : `≥ ${asks.least}`;
    console.log(`${median.toFixed(2).padStart(8)} × (± ${Math.round(spread * 100)} %; asked ${asked})  ${name}`);
  }
}

/** A gate counts the best round: others on the machine only ever add, and a collection may fall into any of them. */
function check(run: Run, taken: Taken): void {
  for (const ratio of chosen) {
    const { name, gate } = ratio;
    const gated = gatedOf(ratio);
    const all = ratiosOf(gated, taken);
    const isKept = 'most' in gated.asks ? Math.min(...all) <= gated.asks.most : Math.max(...all) >= gated.asks.least;
    if (isKept) continue;
    say(`${name}: ${all.map((one) => one.toFixed(2)).join(', ')} are beyond the gate of ${gateText(gate)}`);
    process.exitCode = 1;
  }
  for (const { name, of, figure, most } of limits) {
    const measured = run.cases[of] === undefined ? undefined : figure(run.cases[of]);
    if (measured === undefined || measured <= most) continue;
    say(`${name}: ${measured.toFixed(2)} is above ${most}`);
    process.exitCode = 1;
  }
}
