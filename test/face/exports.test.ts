// What the package exports: each with a docstring, each with the types that its declaration names, each in the report as it is.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { docOf, type Entry, face, fileOf, typesIn } from '../../scripts/api/face.js';
import { report } from '../../scripts/api/report.js';

/** Handles whose insides are no part of the face: engines of the simulated gateway, judgements of the rule book, machinery of tables. */
const insides = new Set([
  ...['World', 'MatchingEngine', 'Faults', 'AccountBook', 'MarketHands', 'SimulatedGateway', 'parseScript', 'OrderSummary'],
  ...['Row', 'MessageTable', 'Decoder', 'Trade', 'IBApi', 'TickMessage', 'TradableContract', 'Knowledge'],
]);
/** Rooms with an entry of their own: what they export need not be exported again by others. */
const entryOf: Readonly<Record<string, string>> = {
  protocol: 'ibwire/protocol',
  rules: 'ibwire/rules',
  capture: 'ibwire/capture',
};
const exported = new Map(face.entries.map(({ name, exports }) => [name, new Set(exports.values())]));

/** Helpers of types that no other file names are spelt out by the compiler; so is the machinery of tables. */
function isForOthers(type: ts.Symbol): boolean {
  if (/^protocol\/(schema|text|proto|bytes)/.test(fileOf(type) ?? '')) return false;
  return (type.declarations ?? []).some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Export);
}

function canBeImported(type: ts.Symbol, { name, exports }: Entry): boolean {
  if ([...exports.values()].includes(type)) return true;
  const room = fileOf(type)?.split('/')[0] ?? '';
  const others = [entryOf[room], name === 'ibwire/compat/stoqey' ? 'ibwire' : undefined];
  return others.some((other) => other !== undefined && exported.get(other)?.has(type) === true);
}

describe.each(face.entries.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
  it('exports every type that a declaration of it names', () => {
    const missing = [...entry.exports]
      .filter(([name]) => !insides.has(name))
      .flatMap(([name, symbol]) =>
        [...typesIn(symbol)]
          .filter((type) => isForOthers(type) && !canBeImported(type, entry))
          .map((type) => `${name} names ${type.name}`),
      );
    expect(missing).toEqual([]);
  });

  it('has a docstring on every export', () => {
    const without = [...entry.exports]
      .filter(([, symbol]) => fileOf(symbol) !== undefined && docOf(symbol).length < 10)
      .map(([name]) => name);
    expect(without).toEqual([]);
  });
});

const DATA = ts.SymbolFlags.Property;
const DOING = ts.SymbolFlags.Method | ts.SymbolFlags.Accessor;

/** Members of an interface or class, of these sorts, that a program can see and that say nothing of themselves. */
function silentIn(symbol: ts.Symbol, sorts: number): readonly string[] {
  return [...(symbol.members?.values() ?? [])]
    .filter(({ name, flags, declarations = [] }) => {
      const isPrivate = declarations.some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Private);
      return !isPrivate && !/^(__|#)/.test(name) && (flags & sorts) !== 0;
    })
    .filter((member) => docOf(member) === '')
    .map(({ name }) => `${symbol.name}.${name}`);
}

describe('members', () => {
  const spoken = ['Ib', 'Policy', 'TradeEnd', 'Fill', 'OrderPreview', 'PlaceOptions'];

  it('of what every program holds say what they mean', () => {
    const types = spoken.flatMap((name) => face.entries[0]?.exports.get(name) ?? []);
    expect(types).toHaveLength(spoken.length);
    expect(types.flatMap((type) => silentIn(type, DATA | DOING))).toEqual([]);
  });

  it('that do something say what, in every export', () => {
    const types = face.entries.flatMap(({ exports }) => [...exports.values()]).filter((type) => fileOf(type) !== undefined);
    expect(types.length).toBeGreaterThan(500);
    expect([...new Set(types.flatMap((type) => silentIn(type, DOING)))]).toEqual([]);
  });
});

describe('the report', () => {
  const folder = resolve(import.meta.dirname, '../../docs/api');

  it('says what the sources say: after a change of the face, `npm run docs` writes it anew', () => {
    const pages = report();
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
    for (const [file, text] of pages) expect(readFileSync(join(folder, file), 'utf8'), file).toBe(text);
  }, 600_000);
});
