// Instruments through the facade: the one that is meant, what exists on its route, when its market is open.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { fileContractStore } from '../../../src/client/contracts/file-store.js';
import { AmbiguousContractError, UnknownContractError } from '../../../src/client/contracts/qualify.js';
import type { ConnectOptions } from '../../../src/client/session/connect-options.js';
import { wallTimer } from '../../../src/client/wire/timer.js';
import type { RequestOf } from '../../../src/protocol/registry.js';
import { type Peer, type ScriptedGateway, scriptedGateway } from '../../helpers/scripted-gateway.js';

interface Row {
  readonly conId: number;
  readonly symbol: string;
  readonly exchange?: string;
  readonly primaryExchange?: string;
  readonly currency?: string;
}

const rows: Readonly<Record<string, readonly Row[]>> = {
  AAPL: [{ conId: 265598, symbol: 'AAPL', primaryExchange: 'NASDAQ' }],
  AMB: [
    { conId: 1, symbol: 'AMB', primaryExchange: 'NYSE' },
    { conId: 2, symbol: 'AMB', primaryExchange: 'LSE', currency: 'GBP' },
  ],
  // One instrument, listed once for each exchange.
  TWICE: [
    { conId: 7, symbol: 'TWICE', exchange: 'ARCA' },
    { conId: 7, symbol: 'TWICE', exchange: 'SMART' },
  ],
};

function answer(request: RequestOf<'reqContractDetails'>, peer: Peer): void {
  const { symbol = '', conId = 0 } = request.contract ?? {};
  const found =
    conId === 0
      ? rows[symbol]
      : Object.values(rows)
          .flat()
          .filter((row) => row.conId === conId);
  if (found === undefined || found.length === 0) {
    peer.send('error', {
      reqId: request.reqId,
      errorCode: 200,
      errorString: 'No security definition has been found for the request',
    });
    return;
  }
  for (const row of found) {
    peer.send('contractDetails', {
      reqId: request.reqId,
      contract: { secType: 'STK', exchange: 'SMART', currency: 'USD', localSymbol: row.symbol, ...row },
      contractDetails: {
        minTick: 0.01,
        validExchanges: 'SMART,ARCA',
        marketRuleIds: '26,27',
        timeZoneId: 'US/Eastern',
        tradingHours: '20260902:0400-20260902:2000;20260903:0400-20260903:2000',
        liquidHours: '20260902:0930-20260902:1600;20260903:0930-20260903:1600',
      },
    });
  }
  peer.send('contractDetailsEnd', { reqId: request.reqId });
}

async function desk(options: Partial<ConnectOptions> = {}): Promise<{ ib: Ib; gateway: ScriptedGateway } & AsyncDisposable> {
  const gateway = await scriptedGateway({
    on: {
      reqContractDetails: answer,
      reqMarketRule: (request, peer) =>
        peer.send('marketRule', {
          marketRuleId: request.marketRuleId ?? 0,
          priceIncrements: [
            { lowEdge: 0, increment: 0.0001 },
            { lowEdge: 1, increment: request.marketRuleId === 26 ? 0.01 : 0.05 },
          ],
        }),
    },
  });
  const ib = await connect({ port: gateway.port, limits: 'none', reconnect: false, orders: { accounts: 'none' }, ...options });
  return {
    ib,
    gateway,
    async [Symbol.asyncDispose]() {
      ib.close();
      await gateway.close();
    },
  };
}

const stock = (symbol: string) => ({ symbol, secType: 'STK', exchange: 'SMART', currency: 'USD' }) as const;
const asked = (gateway: ScriptedGateway, kind: string): number => gateway.received.filter((one) => one.kind === kind).length;

describe('qualify', () => {
  it('gives the instrument with its conId, and asks once for the same', async () => {
    await using one = await desk();
    const [a, b] = await Promise.all([one.ib.contracts.qualify(stock('AAPL')), one.ib.contracts.qualify(stock('AAPL'))]);
    expect(a).toMatchObject({ conId: 265598, primaryExchange: 'NASDAQ', exchange: 'SMART' });
    expect(b).toBe(a);
    await one.ib.contracts.qualify({ currency: 'USD', exchange: 'SMART', secType: 'STK', symbol: 'AAPL' });
    expect(asked(one.gateway, 'reqContractDetails')).toBe(1);
  });

  it('names the candidates when several instruments fit', async () => {
    await using one = await desk();
    const failure = await one.ib.contracts.qualify(stock('AMB')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AmbiguousContractError);
    expect((failure as AmbiguousContractError).candidates.map(({ conId }) => conId)).toEqual([1, 2]);
    expect((failure as AmbiguousContractError).message).toContain('NYSE');
    expect(await one.ib.contracts.qualify({ ...stock('AMB'), primaryExchange: 'LSE' })).toMatchObject({ conId: 2 });
  });

  it('takes the row of the exchange that was asked for when one instrument is listed for several', async () => {
    await using one = await desk();
    expect(await one.ib.contracts.qualify(stock('TWICE'))).toMatchObject({ conId: 7, exchange: 'SMART' });
    expect(await one.ib.contracts.qualify({ ...stock('TWICE'), exchange: 'ARCA' })).toMatchObject({ conId: 7, exchange: 'ARCA' });
  });

  it('remembers that nothing fits, for a while', async () => {
    let passed = 0;
    const timer = { now: () => Date.now() + passed, after: wallTimer.after };
    await using one = await desk({ contracts: { unknownLifetimeMs: 30_000 }, timer });
    await expect(one.ib.contracts.qualify(stock('NONE'))).rejects.toBeInstanceOf(UnknownContractError);
    await expect(one.ib.contracts.qualify(stock('NONE'))).rejects.toBeInstanceOf(UnknownContractError);
    expect(asked(one.gateway, 'reqContractDetails')).toBe(1);
    passed = 30_001;
    await expect(one.ib.contracts.qualify(stock('NONE'))).rejects.toMatchObject({ cause: { errorCode: 200 } });
    expect(asked(one.gateway, 'reqContractDetails')).toBe(2);
  });

  it('many at once: a result for each, in order', async () => {
    await using one = await desk();
    const results = await one.ib.contracts.qualifyMany(['AAPL', 'AMB', 'NONE', 'TWICE'].map(stock));
    expect(results.map(({ at }) => at)).toEqual(['found', 'ambiguous', 'unknown', 'found']);
    const many = await one.ib.contracts.qualifyMany(Array.from({ length: 50 }, () => stock('AAPL')));
    expect(many.every(({ at }) => at === 'found')).toBe(true);
    expect(asked(one.gateway, 'reqContractDetails')).toBe(4);
  });

  it('a connection that is lost is no answer: it is asked again', async () => {
    await using one = await desk();
    one.gateway.peers[0]?.cut();
    await expect(one.ib.contracts.qualify(stock('AAPL'))).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('a caller that gives up leaves the answer to the others', async () => {
    await using one = await desk();
    const abort = new AbortController();
    const [gone, kept] = [
      one.ib.contracts.qualify(stock('AAPL'), { signal: abort.signal }),
      one.ib.contracts.qualify(stock('AAPL')),
    ];
    abort.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    expect((await kept).conId).toBe(265598);
  });

  it('keeps identities in a file for the next session; a torn line is passed over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-contracts-'));
    const path = join(folder, 'contracts.ndjson');
    try {
      {
        await using one = await desk({ contracts: { store: fileContractStore(path) } });
        await one.ib.contracts.qualify(stock('AAPL'));
      }
      writeFileSync(path, `${readFileSync(path, 'utf8')}["torn`);
      await using two = await desk({ contracts: { store: fileContractStore(path) } });
      expect((await two.ib.contracts.qualify(stock('AAPL'))).conId).toBe(265598);
      expect(asked(two.gateway, 'reqContractDetails')).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('prices that exist', () => {
  it('by the market rule of the route, a limit never worse than asked', async () => {
    await using one = await desk();
    const aapl = await one.ib.contracts.qualify(stock('AAPL'));
    expect((await one.ib.contracts.snap(aapl, '187.507', 'BUY')).toFixed()).toBe('187.5');
    expect((await one.ib.contracts.snap(aapl, '187.507', 'SELL')).toFixed()).toBe('187.51');
    expect((await one.ib.contracts.snap({ ...aapl, exchange: 'ARCA' }, '187.51', 'SELL')).toFixed()).toBe('187.55');
    expect((await one.ib.contracts.snap(stock('AAPL'), 0.12345, 'nearest')).toFixed()).toBe('0.1235');
    expect(asked(one.gateway, 'reqMarketRule')).toBe(2);
    expect(asked(one.gateway, 'reqContractDetails')).toBe(1);
  });

  it('an order between them is refused once the rule is known, with the prices that would pass', async () => {
    await using one = await desk();
    const aapl = await one.ib.contracts.qualify(stock('AAPL'));
    const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 187.507 } as const;
    expect(one.ib.orders.check(aapl, order)).toEqual([]);
    await one.ib.contracts.grid(aapl);
    expect(one.ib.orders.check(aapl, order)).toMatchObject([{ code: 'PRICE-TICK', remedy: 'Use 187.5 or 187.51.' }]);
    expect(() => one.ib.orders.place(aapl, order)).toThrow(/PRICE-TICK/);
    expect(asked(one.gateway, 'placeOrder')).toBe(0);
  });
});

describe('hours', () => {
  it('open, closed, or not spoken about; when it opens next', async () => {
    await using one = await desk();
    const { contracts } = one.ib;
    const at = (text: string): Date => new Date(text);
    expect(await contracts.isOpen(stock('AAPL'), { at: at('2026-09-02T14:00:00Z') })).toBe('open');
    expect(await contracts.isOpen(stock('AAPL'), { at: at('2026-09-02T12:00:00Z') })).toBe('closed');
    expect(await contracts.isOpen(stock('AAPL'), { at: at('2026-09-02T12:00:00Z'), hours: 'trading' })).toBe('open');
    expect(await contracts.isOpen(stock('AAPL'), { at: at('2026-12-02T14:00:00Z') })).toBe('unknown');
    expect(await contracts.nextOpen(stock('AAPL'), { at: at('2026-09-02T21:00:00Z') })).toEqual(at('2026-09-03T13:30:00Z'));
    expect(await contracts.nextOpen(stock('AAPL'), { at: at('2026-12-02T21:00:00Z') })).toBeUndefined();
  });

  it('with days that a user knows better: a holiday, a half day, a day beyond the published week', async () => {
    await using one = await desk();
    const { contracts } = one.ib;
    const aapl = stock('AAPL');
    const days = [
      { date: '20260902', sessions: [] },
      { date: '20260903', sessions: [{ open: '09:30', close: '13:00' }] },
      { date: '20260904', sessions: [{ open: '09:30', close: '16:00' }] },
    ];
    const ask = (text: string) => contracts.isOpen(aapl, { at: new Date(text), days });
    expect(await Promise.all(['2026-09-02T14:00:00Z', '2026-09-03T16:59:59Z', '2026-09-03T17:00:00Z'].map(ask))).toEqual([
      'closed',
      'open',
      'closed',
    ]);
    expect(await Promise.all(['2026-09-04T14:00:00Z', '2026-09-05T14:00:00Z'].map(ask))).toEqual(['open', 'unknown']);
    const next = await contracts.nextOpen(aapl, { at: new Date('2026-09-03T18:00:00Z'), days });
    expect(next?.toISOString()).toBe('2026-09-04T13:30:00.000Z');
    const hours = await contracts.hours(aapl, { days });
    expect(hours?.sessions.map(({ open, close }) => [new Date(open).toISOString(), new Date(close).toISOString()])).toEqual([
      ['2026-09-03T13:30:00.000Z', '2026-09-03T17:00:00.000Z'],
      ['2026-09-04T13:30:00.000Z', '2026-09-04T20:00:00.000Z'],
    ]);
    expect((await contracts.hours(aapl))?.sessions).toHaveLength(2);
    await expect(contracts.isOpen(aapl, { days: [{ date: '2026-09-02', sessions: [] }] })).rejects.toThrow('yyyyMMdd');
  });
});

describe('details', () => {
  it('as a list, or one by one as they come', async () => {
    await using one = await desk();
    expect(await one.ib.contracts.details(stock('AMB'))).toHaveLength(2);
    const seen: number[] = [];
    const stream = one.ib.contracts.detailsStream(stock('AMB'));
    stream.on(({ contract }) => seen.push(contract?.conId ?? 0));
    expect(await stream.ended).toBeUndefined();
    expect(seen).toEqual([1, 2]);
    const failing = one.ib.contracts.detailsStream(stock('NONE'));
    expect(await failing.ended).toMatchObject({ errorCode: 200 });
  });
});
