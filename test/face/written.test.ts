// What the package hands out can be written down: JSON and `console.log` lose nothing of it.
import { inspect } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { face, fileOf } from '../../scripts/api/face.js';
import { simulate } from '../../src/gateway/simulate.js';
import * as ibwire from '../../src/index.js';
import { handlesOf, machinery, samples } from './samples.js';

const classes = new Map(
  face.entries.flatMap(({ exports }) =>
    [...exports].filter(([, symbol]) => symbol.flags & ts.SymbolFlags.Class && fileOf(symbol) !== undefined),
  ),
);

/** Names of the data that a program can read of a class: no methods, nothing private. */
function dataOf(symbol: ts.Symbol): readonly string[] {
  return face.checker
    .getPropertiesOfType(face.checker.getDeclaredTypeOfSymbol(symbol))
    .filter(({ name, flags, declarations = [] }) => {
      const isPrivate = declarations.some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Private);
      return !isPrivate && !name.startsWith('__') && !(flags & ts.SymbolFlags.Method);
    })
    .map(({ name }) => name);
}

/** Where JSON or Node would show less than there is. */
function lostIn(value: unknown, path: string, seen: Set<unknown> = new Set()): string[] {
  if (typeof value === 'bigint') return [`${path}: JSON has no bigint`];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const says = 'toJSON' in value && typeof value.toJSON === 'function';
  if ((value instanceof Map || value instanceof Set || value instanceof Error) && !says) return [`${path}: JSON makes {} of it`];
  if (value instanceof Map) return [...value].flatMap(([key, held]) => lostIn(held, `${path}.${String(key)}`, seen));
  const own = Object.getOwnPropertyDescriptors(value);
  const hidden = Object.keys(own).filter((name) => own[name]?.get !== undefined);
  const shown = inspect(value, { depth: 0, maxArrayLength: 2 });
  const lost = shown.includes('[Getter') ? [`${path}: console.log shows [Getter] for ${hidden.join(', ')}`] : [];
  const inside = says ? [] : Object.keys(own).flatMap((name) => lostIn((value as Loose)[name], `${path}.${name}`, seen));
  return [...lost, ...inside];
}

type Loose = Readonly<Record<string, unknown>>;

describe('every class of the package', () => {
  it('has a sample here, or is said to hold nothing to be written', () => {
    expect([...Object.keys(samples), ...machinery].sort()).toEqual(
      [...classes.keys()].filter((one) => one !== 'ClientError').sort(),
    );
  });

  it.each(Object.entries(samples))('%s says all that it holds', (name, { value, derived = [], brief = [] }) => {
    const made = value as Loose;
    const names = dataOf(classes.get(name)!).filter((one) => one !== 'stack' && !derived.includes(one));
    const known = names.filter((one) => made[one] !== undefined && !(made[one] instanceof Promise));
    expect(known.length).toBeGreaterThan(0);
    const written = JSON.parse(JSON.stringify(made)) as Loose;
    expect(Object.keys(written)).toEqual(expect.arrayContaining(known));
    const shown = inspect(made, { depth: 0 });
    for (const one of known) if (!['name', 'message', 'cause', ...brief].includes(one)) expect(shown).toContain(`${one}: `);
    if (made instanceof Error) {
      expect(written).toMatchObject({ name, message: made.message });
      expect(shown).toContain(made.message);
    }
  });

  it('tells the cause of an error, whoever made it', () => {
    const error = new ibwire.ConnectError('socket', 'No connection.', { cause: new TypeError('refused') });
    expect(JSON.parse(JSON.stringify({ error }))).toMatchObject({ error: { cause: { name: 'TypeError', message: 'refused' } } });
    const outer = new ibwire.ClosedError('it is over', { cause: error });
    expect(JSON.parse(JSON.stringify(outer))).toMatchObject({ cause: { phase: 'socket' } });
  });
});

describe('declarations', () => {
  /** The classes say it themselves; the others are insides of the simulated gateway and of captures. */
  const apart = new Set([...classes.keys(), 'AccountBook', 'OrderSummary', 'World']);

  it('hand out no Map, Set or bigint, of which JSON makes nothing: `Keyed` is a Map that is written', () => {
    const found: string[] = [];
    for (const { name, exports } of face.entries)
      for (const [symbolName, symbol] of exports) {
        if (apart.has(symbolName) || fileOf(symbol) === undefined) continue;
        const walk = (node: ts.Node): void => {
          if (ts.isParameter(node) || ts.isBlock(node)) return;
          const isMap = ts.isTypeReferenceNode(node) && /^(Readonly)?(Map|Set)$/.test(node.typeName.getText());
          if (isMap || node.kind === ts.SyntaxKind.BigIntKeyword) found.push(`${name} ${symbolName}: ${node.parent.getText()}`);
          ts.forEachChild(node, walk);
        };
        for (const declaration of symbol.declarations ?? []) walk(declaration);
      }
    expect(found).toEqual([]);
  });
});

describe('a session', () => {
  let gateway: Awaited<ReturnType<typeof simulate>>;
  let ib: ibwire.Ib;
  beforeAll(async () => {
    gateway = await simulate({ seed: 1, accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100 } }] });
    ib = await ibwire.connect({ port: gateway.port, clientId: 1 });
  });
  afterAll(async () => {
    ib.close();
    await gateway.close();
  });

  it('hands out nothing of which JSON or console.log would lose a part', async () => {
    const handles = await handlesOf(ib);
    expect(Object.keys(handles).length).toBeGreaterThan(25);
    expect(Object.entries(handles).flatMap(([path, value]) => lostIn(value, path))).toEqual([]);
  });

  it('writes numbers, holdings and totals as they are', async () => {
    const [account = ''] = ib.accounts.ids;
    const numbers = await ib.accounts.numbers(account);
    const written = JSON.parse(JSON.stringify(numbers)) as { totals: Record<string, { value: string }> };
    expect(written.totals['NetLiquidation']?.value).toBe(numbers.totals.get('NetLiquidation')?.value);
    const portfolio = ib.accounts.portfolio(account);
    await portfolio.complete();
    const [[key, row] = ['']] = portfolio.view.rows;
    const position = row?.position.toString();
    expect(Number(position)).toBeGreaterThan(99);
    expect(JSON.parse(JSON.stringify(portfolio))).toMatchObject({ view: { account, rows: { [key]: { position } } } });
    portfolio.close();
  });
});
