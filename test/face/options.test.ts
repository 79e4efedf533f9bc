// A property that nobody knows is refused by its name, in every object of options of the public face.
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { face, fileOf } from '../../scripts/api/face.js';
import { accountCalls } from '../../src/client/accounts/calls.js';
import { advisorCalls } from '../../src/client/advisor/calls.js';
import { calendarCalls } from '../../src/client/calendar/calls.js';
import { connect, type Ib } from '../../src/client/connect.js';
import { contractCalls } from '../../src/client/contracts/calls.js';
import { historyCalls } from '../../src/client/history/calls.js';
import { marketCalls } from '../../src/client/market/calls.js';
import { newsCalls } from '../../src/client/news/calls.js';
import { optionCalls } from '../../src/client/options/calls.js';
import { orderCalls } from '../../src/client/orders/calls.js';
import { scannerCalls } from '../../src/client/scanner/calls.js';
import { terminalCalls } from '../../src/client/terminal/calls.js';
import { type ScriptedGateway, scriptedGateway } from '../helpers/scripted-gateway.js';
import { ofPackage, ofSession } from './options.js';

const families = {
  accounts: accountCalls,
  advisor: advisorCalls,
  calendar: calendarCalls,
  contracts: contractCalls,
  history: historyCalls,
  market: marketCalls,
  news: newsCalls,
  options: optionCalls,
  orders: orderCalls,
  scanner: scannerCalls,
  terminal: terminalCalls,
};

/** What a call says to what it is given, whether it throws or rejects. */
async function refusalOf(call: () => unknown): Promise<{ readonly message: string; readonly field?: string }> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  return { message: 'was taken' };
}

describe('without a session', () => {
  it.each(ofPackage)('%s', async (_, call) => {
    const { message } = await refusalOf(() => call({ zzzUnheardOf: 1 }));
    expect(message).toMatch(/zzzUnheardOf: (no such (option|property)|is not|an order of type .* has no such price)/);
  });
});

describe('with a session', () => {
  let gateway: ScriptedGateway;
  let ib: Ib;
  beforeAll(async () => {
    gateway = await scriptedGateway();
    ib = await connect({ port: gateway.port, orders: { accounts: 'none' } });
  });
  afterAll(async () => {
    ib.close();
    await gateway[Symbol.asyncDispose]();
  });

  it.each(ofSession)('%s, and nothing leaves', async (_, call) => {
    const before = gateway.received.length;
    const { message } = await refusalOf(() => call(ib, { zzzUnheardOf: 1 }));
    expect(message).toMatch(/zzzUnheardOf: no such (option|property)/);
    expect(gateway.received.length).toBe(before);
  });

  it.each(ofSession)('%s takes no deadline or bound that is none, and nothing leaves', async (_, call) => {
    const before = gateway.received.length;
    for (const [name, value] of [
      ['timeout', Number.NaN],
      ['maxRows', 0],
    ] as const)
      expect((await refusalOf(() => call(ib, { [name]: value }))).message).toMatch(
        new RegExp(`${name}: (must be a number|no such (option|property))`),
      );
    expect(gateway.received.length).toBe(before);
  });

  it.each<[call: string, given: (ib: Ib) => unknown, says: RegExp]>([
    ['useRth in bars', () => ib.history.bars(aapl, { ...day, useRth: true } as never), /useRth: .*did you mean useRTH\?/],
    ['what for a size', () => ib.history.bars(aapl, { duration: '1 D', size: 5 } as never), /size: must be text, got 5/],
    ['a contract as text', () => ib.market.quotes('AAPL' as never), /contract: must be a contract, .*got "AAPL"/],
    ['sectype', () => ib.market.quotes({ ...aapl, sectype: 'STK' } as never), /contract\.sectype: .*did you mean secType\?/],
    ['a group among tags', () => ib.accounts.summary(['All']), /tags\[0\]: 'All' is a group/],
    ['a tag in other case', () => ib.accounts.summary(['netLiquidation']), /did you mean NetLiquidation\?/],
    ['tags as one text', () => ib.accounts.summary('NetLiquidation' as never), /tags: must be a list, got "NetLiquidation"/],
    [
      'a signal that is none',
      () => ib.terminal.time({ signal: new AbortController() } as never),
      /signal: must be an AbortSignal/,
    ],
    ['a date as text', () => ib.history.span(aapl, { from: '2026', size: '1 day' } as never), /from: must be a valid Date/],
    ['an event nobody emits', () => ib.on('redy' as never, () => {}), /event: must be one of .*did you mean ready\?/],
    ['a kind nobody sends', () => ib.raw.on('tickprice' as never, () => {}), /did you mean tickPrice\?/],
  ])('says what was expected: %s', async (_, given, says) => {
    expect((await refusalOf(() => given(ib))).message).toMatch(says);
  });
});

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const day = { duration: '1 D', size: '1 hour' } as const;

describe('what was meant', () => {
  it.each([
    [{ clientID: 5 }, 'clientID: no such option, did you mean clientId?'],
    [{ prot: 4002 }, 'prot: no such option, did you mean port?'],
    [{ readonly: true }, 'readonly: no such option, did you mean readOnly?'],
    [{ orders: { live: 'yes' } }, 'orders.live: must be true or false, got "yes"'],
    [{ orders: { accounts: { policy: { maxNotinal: '5' } } } }, /policy\.maxNotinal: .*did you mean maxNotional\?/],
  ])('%j to connect', async (more, says) => {
    expect((await refusalOf(() => connect({ port: 4002, ...more } as never))).message).toMatch(says);
  });
});

describe('the list', () => {
  it.each(Object.entries(families))('holds every call of %s that takes something', (family, table) => {
    const listed = ofSession.map(([name]) => name);
    for (const name of Object.keys(table))
      if (name !== 'logLevel' && name !== 'dataType') expect(listed).toContain(`ib.${family}.${name}`);
  });

  it('holds every function of the package that takes options', () => {
    const names = new Set(ofPackage.map(([name]) => name.split(' ')[0]));
    const missing = face.entries.flatMap(({ name: entry, exports }) =>
      [...exports].filter(([name, symbol]) => takesOptions(symbol) && !names.has(name)).map(([name]) => `${entry}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Plain data, read by what it holds and not by its names alone: contracts that are known, pictures of an account, headers. */
const data =
  /^(contract|order|stock|rules|size|grid|situation|header|sink|input|account|policy|message|offer|session|book|known|before|after|entry|parent|position)$/;

function takesOptions(symbol: ts.Symbol): boolean {
  if (!(symbol.flags & ts.SymbolFlags.Function)) return false;
  const [signature] = face.checker.getTypeOfSymbol(symbol).getCallSignatures();
  return (signature?.getParameters() ?? []).some((parameter) => {
    if (data.test(parameter.name)) return false;
    const given = face.checker.getTypeOfSymbol(parameter);
    return (given.isUnion() ? given.types : [given]).some(isOptions);
  });
}

/** An object that leaves something to be said. */
function isOptions(type: ts.Type): boolean {
  if (type.getCallSignatures().length > 0 || face.checker.isArrayLikeType(type)) return false;
  const properties = face.checker.getPropertiesOfType(type);
  return properties.some((one) => one.flags & ts.SymbolFlags.Optional && fileOf(one) !== undefined);
}
