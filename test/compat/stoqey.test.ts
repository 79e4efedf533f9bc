// The same programs on @stoqey/ib and on our `IBApi`, each against a gateway of its own that tells both the same: same events, same order.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as theirs from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { deferred } from '../../src/client/orders/record/deferred.js';
import * as ours from '../../src/compat/stoqey/index.js';
import { type SimulatedGateway, type SimulateOptions, simulate } from '../../src/gateway/index.js';
import { runProgram } from '../helpers/program.js';

type Api = ours.IBApi;
type Told = readonly [name: string, ...args: unknown[]];

interface Stage {
  readonly api: Api;
  readonly who: keyof typeof makers;
  /** Moves the clock, once the gateway has read what was asked. */
  readonly later: (ms: number) => Promise<void>;
  readonly gateway: SimulatedGateway;
  /** Resolves with the next event of a name that fits. */
  until(name: ours.EventName, fits?: (args: readonly unknown[]) => boolean): Promise<readonly unknown[]>;
}

const AAPL: ours.Contract = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const accounts: SimulateOptions['accounts'] = [{ kind: 'individual-margin', holdings: { AAPL: 100, MSFT: 5 } }];
// Both speak 193, the highest of theirs; ours goes up to 226 where the gateway does.
const options: SimulateOptions = { seed: 4, clock: 'virtual', serverVersion: 193, accounts };

/** Their class has the calls and events of ours: what the test is about. */
const makers: Readonly<Record<'theirs' | 'ours', (port: number, clientId?: number) => Api>> = {
  theirs: (port, clientId = 3) => new theirs.IBApi({ host: '127.0.0.1', port, clientId, maxReqPerSec: 1_000 }) as unknown as Api,
  ours: (port, clientId = 3) => new ours.IBApi({ port, clientId, maxReqPerSec: 1_000 }),
};

/** Runs a program and gives every event, `all` and what tells of bytes left out. */
async function events(
  who: keyof typeof makers,
  program: (stage: Stage) => Promise<unknown>,
  more: SimulateOptions = {},
): Promise<Told[]> {
  await using gateway = await simulate({ ...options, ...more });
  const api = makers[who](gateway.port);
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  let seen = 0;
  api.on('all', (name, args) => {
    if (name === 'received' || name === 'sent') return;
    told.push([name, ...args]);
    for (const check of [...waiting]) check();
  });
  api.on('error', () => {});
  const until: Stage['until'] = (name, fits = () => true) =>
    new Promise((resolve) => {
      const check = (): void => {
        for (; seen < told.length; seen++) {
          const [found, ...args] = told[seen] ?? [''];
          if (found !== name || !fits(args)) continue;
          seen++;
          waiting.delete(check);
          resolve(args);
          return;
        }
      };
      waiting.add(check);
      check();
    });
  api.connect();
  await until('nextValidId');
  const later: Stage['later'] = async (ms) => {
    const read = new Promise((resolve) => void api.once('currentTime', resolve));
    api.reqCurrentTime();
    await read;
    await gateway.advance(ms);
  };
  await program({ api, who, gateway, until, later });
  api.disconnect();
  await until('disconnected');
  return told;
}

/** What an object says: without what is 0, empty or false, which the wire does not carry and they write all the same. */
function meaning(value: unknown): unknown {
  if (value instanceof Error) return value.message;
  if (value instanceof Map) return [...value];
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value)
    .map(([name, one]): [string, unknown] => [name, meaning(one)])
    .filter(([, one]) => ![undefined, null, '', 0, -1, false].includes(one as never) && !isEmpty(one));
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Differences that docs/migration.md lists, taken off both: the steps of a price are whole numbers there, one id is a text, and an empty amount is 0. */
function level([name, ...args]: Told): unknown[] {
  if (name === 'tickReqParams') args[1] = 'least step';
  if (name === 'pnl' || name === 'pnlSingle') return [name, ...args.map((one) => one ?? 0)];
  if (name === 'accountUpdateMultiEnd') args[0] = Number(args[0]);
  return [name, ...args.map(meaning)];
}

const bid = (args: readonly unknown[]): boolean => args[1] === 1;

const programs: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  'current time': ({ api, until }) => {
    api.reqCurrentTime();
    return until('currentTime');
  },
  'managed accounts and the next id': async ({ api, until }) => {
    api.reqManagedAccts().reqIds();
    await until('managedAccounts');
    await until('nextValidId');
  },
  'contract details, one that is none too': async ({ api, until }) => {
    api.reqContractDetails(1, AAPL);
    await until('contractDetailsEnd');
    api.reqContractDetails(2, { ...AAPL, symbol: 'NOSUCHTHING' });
    await until('error');
    api.reqContractDetails(3, new ours.Option('AAPL', '20261218', 315, 'C'));
    await until('contractDetailsEnd');
  },
  'market data': async ({ api, until, later, gateway }) => {
    api.reqMktData(4, AAPL, '', false, false);
    await until('tickPrice', bid);
    gateway.market.set('AAPL', 333);
    await later(2_000);
    await until('tickPrice', ([, field, price]) => field === 4 && price === 333);
    api.cancelMktData(4).reqCurrentTime();
    await until('currentTime');
  },
  'a snapshot': async ({ api, until, later }) => {
    api.reqMktData(5, AAPL, '', true, false);
    await later(12_000);
    await until('tickSnapshotEnd');
  },
  'option Greeks': async ({ api, until }) => {
    api.reqMktData(6, new ours.Option('AAPL', '20261218', 315, 'C'), '', false, false);
    await until('tickOptionComputation', ([, field]) => field === 13);
    api.cancelMktData(6).reqCurrentTime();
    await until('currentTime');
  },
  'historical data': ({ api, until }) => {
    api.reqHistoricalData(7, AAPL, '', '2 D', '1 hour', 'TRADES', 1, 1, false);
    return until('historicalData', ([, date]) => String(date).startsWith('finished'));
  },
  positions: ({ api, until }) => {
    api.reqPositions();
    return until('positionEnd');
  },
  'positions of one account': ({ api, until }) => {
    api.reqPositionsMulti(8, 'DU9000001', '');
    return until('positionMultiEnd');
  },
  'account summary': async ({ api, until }) => {
    api.reqAccountSummary(9, 'All', 'NetLiquidation,AvailableFunds,$LEDGER:ALL');
    await until('accountSummaryEnd');
    api.cancelAccountSummary(9).reqCurrentTime();
    await until('currentTime');
  },
  'account updates': async ({ api, until }) => {
    api.reqAccountUpdates(true, 'DU9000001');
    await until('accountDownloadEnd');
    api.reqAccountUpdates(false, 'DU9000001').reqAccountUpdatesMulti(10, 'DU9000001', '', false);
    await until('accountUpdateMultiEnd');
  },
  'profit and loss': async ({ api, until, later }) => {
    api.reqPnL(11, 'DU9000001').reqPnLSingle(12, 'DU9000001', '', 265598);
    await later(2_000);
    await until('pnlSingle');
    await later(2_000);
    api.cancelPnL(11).cancelPnLSingle(12).reqCurrentTime();
    await until('currentTime');
  },
  'tick by tick': async ({ api, until, later }) => {
    api.reqTickByTickData(13, AAPL, 'AllLast', 0, false).reqTickByTickData(14, { ...AAPL, symbol: 'MSFT' }, 'BidAsk', 0, false);
    await later(5_000);
    await until('tickByTickBidAsk');
    api.cancelTickByTickData(13).cancelTickByTickData(14).reqCurrentTime();
    await until('currentTime');
  },
  'place, change and cancel an order': async ({ api, until, later }) => {
    const order: ours.Order = { action: 'BUY', orderType: 'LMT', totalQuantity: 10, lmtPrice: 310, tif: 'GTC', transmit: true };
    api.placeOrder(1, AAPL, order);
    await later(1_000);
    await until('orderStatus', ([, status]) => status === 'Submitted');
    api.placeOrder(1, AAPL, { ...order, lmtPrice: 311 });
    await later(1_000);
    await until('openOrder', ([, , changed]) => (changed as ours.Order).lmtPrice === 311);
    api.reqAllOpenOrders();
    await until('openOrderEnd');
    api.cancelOrder(1);
    await later(1_000);
    await until('error', ([, code]) => code === 202);
    api.reqCompletedOrders(false);
    await until('completedOrdersEnd');
  },
  'an order that fills, its executions': async ({ api, until, later }) => {
    api.placeOrder(1, AAPL, new ours.MarketOrder('BUY', 7));
    await later(2_000);
    await until('commissionReport');
    api.reqExecutions(15, { symbol: 'AAPL' });
    await until('execDetailsEnd');
  },
  'an order that is refused': async ({ api, until, later }) => {
    api.placeOrder(1, AAPL, { action: 'BUY', orderType: 'LMT', totalQuantity: 10, lmtPrice: 310.0001, transmit: true });
    await later(1_000);
    await until('error', ([, code]) => code === 110);
  },
  'a what-if': async ({ api, until, later }) => {
    api.placeOrder(1, AAPL, { action: 'BUY', orderType: 'MKT', totalQuantity: 10, whatIf: true, transmit: true });
    await later(1_000);
    await until('openOrder');
  },
  'the option chain, price steps, symbols': async ({ api, until }) => {
    api.reqSecDefOptParams(16, 'AAPL', '', 'STK', 265598);
    await until('securityDefinitionOptionParameterEnd');
    api.reqMarketRule(26).reqMatchingSymbols(17, 'MSF');
    await until('symbolSamples');
  },
  'the scanner': ({ api, who, until }) => {
    // Their scan codes are numbers of their own; ours are the gateway's words.
    const scanCode = who === 'ours' ? 'MOST_ACTIVE' : (theirs.ScanCode.MOST_ACTIVE as unknown as string);
    api.reqScannerSubscription(18, { numberOfRows: 3, instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode });
    return until('scannerDataEnd');
  },
  'ticks of the past, the first of them, a histogram': async ({ api, until }) => {
    api.reqHistoricalTicks(19, AAPL, '20260901 10:00:00 US/Eastern', '', 20, 'TRADES', 1, false);
    await until('historicalTicksLast');
    api.reqHistoricalTicks(20, AAPL, '20260901 10:00:00 US/Eastern', '', 20, 'BID_ASK', 1, false);
    await until('historicalTicksBidAsk');
    api.reqHeadTimestamp(21, AAPL, 'TRADES', true, 1).reqHistogramData(22, AAPL, true, 3, 'DAY');
    await until('histogramData');
  },
  'market depth and five-second bars': async ({ api, until, later }) => {
    api.reqMktDepth(23, AAPL, 3, true);
    await until('updateMktDepthL2');
    api.cancelMktDepth(23, true).reqRealTimeBars(24, AAPL, 5, 'TRADES', false);
    await later(10_000);
    await until('realtimeBar');
    api.cancelRealTimeBars(24).reqCurrentTime();
    await until('currentTime');
  },
  'calls while away': async ({ api, until }) => {
    api.connect();
    await until('info', ([, code]) => code === 501);
  },
};

describe('ibwire/compat/stoqey', () => {
  it.each(Object.entries(programs))('tells what @stoqey/ib tells: %s', async (_, program) => {
    const [there, here] = await Promise.all([events('theirs', program), events('ours', program)]);
    expect(here.length).toBeGreaterThan(4);
    expect(here.map(level)).toEqual(there.map(level));
  });

  it.each(Object.entries(programs))('runs on the newest server too, where theirs does not: %s', async (_, program) => {
    const here = await events('ours', program, { serverVersion: 226 });
    expect(here).toContainEqual(['server', 226, expect.any(String)]);
  });

  it('has every call and every event of theirs', () => {
    const calls = (of: object): string[] => {
      const names: string[] = [];
      for (let at = of; at !== Object.prototype && !Object.hasOwn(at, 'eventNames'); at = Object.getPrototypeOf(at) as object)
        names.push(...Object.getOwnPropertyNames(at));
      return names;
    };
    const here = new Set(calls(ours.IBApi.prototype));
    expect(calls(theirs.IBApi.prototype).filter((name) => !here.has(name))).toEqual([]);
    expect(Object.values(theirs.EventName).filter((name) => !(name in ours.EventName))).toEqual([]);
  });

  it('says the same where nothing listens', async () => {
    const free = await simulate(options);
    const { port } = free;
    await free.close();
    const told = async (who: keyof typeof makers): Promise<unknown[]> => {
      const api = makers[who](port);
      const names: unknown[] = [];
      const over = new Promise<void>((resolve) => void api.once('disconnected', resolve));
      api.on('all', (name, args) => {
        names.push(name === 'error' ? [name, ...args.slice(1)] : name);
      });
      api.on('error', () => {});
      api.connect();
      await over;
      return names;
    };
    expect(await told('ours')).toEqual([['error', 502, -1], 'disconnected']);
    expect((await told('theirs')).slice(0, 2)).toEqual([['error', 502, -1, undefined], 'disconnected']);
  });

  it('refuses orders of live accounts until told otherwise', async () => {
    await using gateway = await simulate({ ...options, accounts: [{ kind: 'individual-margin', account: 'U9000001' }] });
    const api = makers.ours(gateway.port);
    const refused = new Promise<readonly unknown[]>((resolve) => void api.on('error', (...args) => resolve(args)));
    api.once('nextValidId', (id) => void api.placeOrder(id, AAPL, new ours.MarketOrder('BUY', 1)));
    api.connect();
    const [error, code, id] = await refused;
    expect([(error as Error).message, code, id]).toEqual([expect.stringContaining('LIVE-ACCOUNT'), 512, 1]);
    expect(gateway.orders).toEqual([]);
    api.disconnect();
  });

  it('refuses a property that nobody knows, by its name', async () => {
    await using gateway = await simulate(options);
    const api = makers.ours(gateway.port);
    const refused = new Promise<readonly unknown[]>((resolve) => void api.on('error', (...args) => resolve(args)));
    const order = { action: 'BUY', orderType: 'LMT', totalQuantity: 1, lmtPrize: 1 } as ours.Order;
    api.once('nextValidId', (id) => void api.placeOrder(id, AAPL, order));
    api.connect();
    expect(String((await refused)[0])).toContain('lmtPrize');
    expect(gateway.orders).toEqual([]);
    api.disconnect();
  });
});

describe('the programs of the README of @stoqey/ib', () => {
  const home = dirname(createRequire(import.meta.url).resolve('@stoqey/ib/package.json'));
  const text = readFileSync(join(home, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const [positions = '', order = ''] = [
    blocks.find((one) => one.includes('reqPositions')),
    blocks.find((one) => one.includes('placeOrder')),
  ];

  it.each(['theirs', 'ours'] as const)('prints all positions: %s', async (who) => {
    await using gateway = await simulate(options);
    const library = who === 'ours' ? ours : theirs;
    const ended = deferred<void>();
    const modules = { '@stoqey/ib': { ...library, IBApi: watched(library.IBApi as typeof ours.IBApi, ended.resolve) } };
    const lines: string[] = [];
    await runProgram(positions.replace('7497', String(gateway.port)), { modules, onLine: (line) => lines.push(line) });
    await ended.promise;
    expect(lines.filter((line) => !line.includes('code:'))).toEqual([
      expect.stringMatching(/^DU9000001: 100 x AAPL @ \d+(\.\d+)?$/),
      expect.stringMatching(/^DU9000001: 5 x MSFT @ \d+(\.\d+)?$/),
      'Total: 2 positions.',
    ]);
  });

  it('sends the first order, the same from both', async () => {
    const sent = async (library: object): Promise<unknown> => {
      await using gateway = await simulate(options);
      const done = deferred<void>();
      const before = `import { IBApi, EventName, SecType, OrderType, OrderAction } from '@stoqey/ib'
        import { read } from 'test'
        const ib = new IBApi({ port: ${gateway.port} })
        ib.on(EventName.error, () => {}).once(EventName.currentTime, () => read(ib.disconnect()))
        ib.once(EventName.nextValidId, () => setImmediate(() => ib.reqCurrentTime()))\n`;
      const modules = { '@stoqey/ib': library, test: { read: () => done.resolve() } };
      await runProgram(before + order.replace('YOUR_ACCOUNT_ID', 'DU9000001'), { modules });
      await done.promise;
      const [placed] = gateway.received.filter(({ message }) => message.kind === 'placeOrder').map(({ message }) => message);
      return meaning(placed);
    };
    const [there, here] = [await sent(theirs), await sent(ours)];
    expect(there).toMatchObject({
      orderId: 1,
      contract: { symbol: 'AMZN' },
      order: { orderType: 'LMT', lmtPrice: 1, account: 'DU9000001' },
    });
    // A time in force is always on the wire from us: gateways of 225 and up refuse an order without.
    expect(here).toEqual({ ...(there as object), order: { ...(there as { order: object }).order, tif: 'DAY' } });
  });
});

/** The same class, which says when its connection has ended. */
function watched(Api: typeof ours.IBApi, ended: () => void): typeof ours.IBApi {
  return class extends Api {
    constructor(given?: ours.IBApiCreationOptions) {
      super(given);
      this.on('disconnected', ended);
    }
  };
}
