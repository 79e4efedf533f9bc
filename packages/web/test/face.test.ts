import {
  AmbiguousContractError,
  forex,
  future,
  InputError,
  index,
  option,
  stock,
  TooOldError,
  UnknownContractError,
  valuesOf,
} from 'ibwire';
import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../src/client/unsupported.js';
import type { Send } from '../src/sign/signer.js';
import type { WebGateway } from '../src/simulate/web-gateway.js';
import { AAPL, webWorld } from './web-world.js';

describe('accounts', () => {
  it('are told in the core’s words: positions, numbers, cash by currency', async () => {
    await using world = await webWorld();
    const { web, account, run } = world;
    expect(await run(web.accounts.linked())).toEqual([{ account, isPaper: true, accountType: 'INDIVIDUAL' }]);
    const [held] = await run(web.accounts.positions());
    expect(held).toMatchObject({
      account,
      modelCode: undefined,
      contract: { conId: 265598, symbol: 'AAPL', secType: 'STK', currency: 'USD' },
    });
    expect(held?.position.toFixed()).toBe('10');
    const cash = await run(web.accounts.cash(account));
    expect([...cash].map(([currency, amount]) => `${currency} ${amount.toFixed()}`).sort()).toEqual(['EUR 2000', 'USD 100000']);
    const numbers = await run(web.accounts.numbers(account));
    expect(numbers.totals.get('NetLiquidation')?.amount?.gt(100_000)).toBe(true);
    expect(numbers.ledgers.get('EUR')?.get('CashBalance')?.amount?.toFixed()).toBe('2000');
    expect([numbers.ledgers.has('BASE'), numbers.base.has('CashBalance')]).toEqual([false, true]);
    await expect(run(web.accounts.numbers('DU9999999'))).rejects.toThrow(InputError);
  });
});

describe('contracts', () => {
  it('finds stocks, futures, options, currencies, indices', async () => {
    await using world = await webWorld();
    const { web, run, gateway } = world;
    const [es] = gateway.world.universe.futures(gateway.clock.now()).filter(({ symbol }) => symbol === 'ES');
    const chain = gateway.world.universe.chains.find(({ symbol }) => symbol === 'AAPL');
    const [listed] = chain === undefined ? [] : gateway.world.universe.options(chain, gateway.clock.now());
    if (es === undefined || listed === undefined) throw new Error('no such world');
    const qualify = (asked: Parameters<typeof web.contracts.qualify>[0]) => run(web.contracts.qualify(asked));
    expect(await qualify(stock('AAPL'))).toMatchObject({ conId: 265598, secType: 'STK', exchange: 'SMART', currency: 'USD' });
    expect(await qualify(AAPL)).toMatchObject({ symbol: 'AAPL' });
    expect(await qualify(future('ES', es.lastTradeDate ?? '', 'CME'))).toMatchObject({ conId: es.conId, multiplier: '50' });
    expect(await qualify(option('AAPL', listed.lastTradeDate ?? '', listed.strike ?? 0, 'C'))).toMatchObject({
      conId: listed.conId,
      right: 'C',
      strike: listed.strike,
      multiplier: '100',
    });
    expect(await qualify(forex('EUR', 'USD'))).toMatchObject({
      secType: 'CASH',
      symbol: 'EUR',
      currency: 'USD',
      exchange: 'IDEALPRO',
    });
    expect(await qualify(index('SPX', 'CBOE'))).toMatchObject({ secType: 'IND', symbol: 'SPX' });
  });

  it('what fits nothing is unknown, what fits several names them, and one of many leaves the others', async () => {
    await using world = await webWorld();
    const { web, run } = world;
    await expect(run(web.contracts.qualify(stock('NOSUCH')))).rejects.toThrow(UnknownContractError);
    await expect(run(web.contracts.qualify({ symbol: 'ES', secType: 'FUT' }))).rejects.toThrow(AmbiguousContractError);
    const many = await run(web.contracts.qualifyMany([stock('AAPL'), stock('NOSUCH')]));
    expect(many.map(({ at }) => at)).toEqual(['found', 'unknown']);
  });

  it('knows the prices that exist, and searches', async () => {
    await using world = await webWorld();
    const { web, run } = world;
    expect((await run(web.contracts.snap(AAPL, '180.119', 'BUY'))).toFixed()).toBe('180.11');
    const { contractDescriptions = [] } = await run(web.contracts.search('AAPL'));
    expect(contractDescriptions[0]).toMatchObject({
      contract: { conId: 265598, symbol: 'AAPL' },
      derivativeSecTypes: ['OPT', 'CFD'],
    });
    expect((await run(web.contracts.stocks('AAPL')))[0]?.name).not.toMatch(/&amp;/);
  });
});

describe('market', () => {
  it('a snapshot is warmed until its prices are there', async () => {
    const bodies: string[] = [];
    let door: WebGateway | undefined;
    const send: Send = async (request) => {
      const answer = await (door as WebGateway).send(request);
      if (request.url.pathname.endsWith('/snapshot')) bodies.push(answer.body);
      return answer;
    };
    await using world = await webWorld({ send }, {}, (made) => {
      door = made;
    });
    const { web, run } = world;
    const quote = await run(web.market.snapshot(AAPL));
    const [first, second] = bodies.map((body) => JSON.parse(body)[0]);
    expect(Object.keys(first)).toEqual(['conidEx', 'conid']);
    const number = (id: string): number => Number(second[id]);
    expect(valuesOf(quote)).toMatchObject({ bid: number('84'), ask: number('86'), last: number('31'), close: number('7741') });
    expect([quote.dataType, quote.isCrossed, quote.bid?.value !== undefined, bodies.length]).toEqual(['live', false, true, 2]);
  });
});

describe('history', () => {
  it('has the bars of the world; days have their date', async () => {
    await using world = await webWorld();
    const { web, run, gateway } = world;
    const bars = await run(web.history.bars(AAPL, { duration: '2 D', size: '1 hour' }));
    const known = gateway.history(265598, { duration: '2 D', barSize: '1 hour', useRTH: true });
    const over = (rows: readonly { time: Date | number; open: number; close: number; volume: number | undefined }[]) =>
      rows.slice(0, -1).map(({ time, open, close, volume }) => [Number(time), open, close, volume]); // the last one is growing
    expect(over(bars)).toEqual(over(known));
    expect(bars.length).toBe(known.length);
    expect([bars[0]?.date, bars.at(-1)?.isForming, bars[0]?.isForming]).toEqual([undefined, true, false]);
    const days = await run(web.history.bars(AAPL, { duration: '5 D', size: '1 day' }));
    expect(days.map(({ date }) => date)).toEqual(['20260831', '20260901', '20260902', '20260903', '20260904']);
    expect(days.every(({ time }) => time.getTime() % 86_400_000 === 0)).toBe(true);
    expect((await run(web.history.bars(AAPL, { duration: '1800 S', size: '5 mins' }))).length).toBe(6);
  });

  it('refuses what would be answered by other bars, and what there is not', async () => {
    await using world = await webWorld();
    const { web, run } = world;
    await expect(run(web.history.bars(AAPL, { duration: '1 D', size: '5 secs' }))).rejects.toThrow(UnsupportedError);
    await expect(run(web.history.bars(AAPL, { duration: '30 D', size: '1 min' }))).rejects.toThrow(/more than the 1000 bars/);
    await expect(run(web.history.bars(AAPL, { duration: '1 D', size: '1 hour', show: 'FEE_RATE' }))).rejects.toThrow(
      UnsupportedError,
    );
  });
});

describe('capabilities', () => {
  it('name what is not there, and each such call refuses in its own form as the core refuses', async () => {
    await using world = await webWorld();
    const { web } = world;
    expect(web.capabilities['market.quotes']).toEqual({ can: true });
    expect(web.capabilities['market.depth']).toMatchObject({ can: false });
    let refused = 0;
    for (const [name, capability] of Object.entries(web.capabilities)) {
      if (capability.can) continue;
      const [family = '', call = ''] = name.split('.');
      const does = (web as unknown as Record<string, Record<string, (...args: unknown[]) => unknown>>)[family]?.[call];
      let failed: unknown;
      try {
        const answer = does?.(AAPL, {}) as { ended?: Promise<unknown>; next?: () => Promise<unknown> } | Promise<unknown>;
        failed = 'ended' in answer ? await answer.ended : 'next' in answer ? await answer.next?.() : await answer;
      } catch (error) {
        failed = error;
      }
      expect([name, failed instanceof UnsupportedError, failed instanceof TooOldError]).toEqual([name, true, true]);
      expect(failed).toMatchObject({ code: 'TOO_OLD', call: name });
      refused += 1;
    }
    expect(refused).toBeGreaterThan(40);
  });
});

describe('options', () => {
  it('a chain has the days of its months; of a window its nearest days, each option proven', async () => {
    await using world = await webWorld();
    const { web, run, gateway } = world;
    const aapl = await run(web.contracts.qualify(stock('AAPL')));
    const [parameters] = await run(web.options.parameters(aapl));
    const chain = gateway.world.universe.chains.find(({ symbol }) => symbol === 'AAPL');
    const listed = chain === undefined ? [] : gateway.world.universe.options(chain, gateway.clock.now());
    expect(parameters?.expirations).toEqual([...new Set(listed.map(({ lastTradeDate }) => lastTradeDate))].sort());
    const spot = gateway.market.quote(265598).last;
    const found = await run(web.options.chain(aapl, { expiries: { nearest: 1 }, spot, moneyness: { from: 0.99, to: 1.03 } }));
    const wanted = listed.filter(
      ({ lastTradeDate, strike = 0 }) =>
        lastTradeDate === parameters?.expirations[0] && strike >= spot * 0.99 && strike <= spot * 1.03,
    );
    expect(wanted.length).toBeGreaterThan(2);
    expect(found.options.map(({ conId }) => conId).sort()).toEqual(wanted.map(({ conId }) => conId).sort());
    await expect(run(web.options.chain(aapl, { delta: { from: 0.4 } }))).rejects.toThrow(UnsupportedError);
    await expect(run(web.options.chain(await run(web.contracts.qualify(forex('EUR', 'USD')))))).rejects.toThrow(InputError);
  });
});
