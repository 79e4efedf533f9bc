// Flex, Alpaca and SnapTrade: answers as recorded, and servers on loopback that misbehave.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchFlex } from '../src/flex/service.js';
import { readFlex } from '../src/flex/statement.js';
import { PortfolioError } from '../src/problem.js';
import { fetchAlpaca } from '../src/sources/alpaca.js';
import { fetchSnapTrade } from '../src/sources/snaptrade.js';
import { type Signable, signature } from '../src/sources/snaptrade-signature.js';
import { readWeb, webSource } from '../src/sources/web.js';
import { fixture } from './fixtures.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
const body = (name: string): string => JSON.stringify(JSON.parse(fixture(name)).response.body);
const send =
  (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, headers).end(text);

/** A server that gives the answers in turn, the last one for ever; and what it was asked. */
async function serve(answers: readonly Answer[]): Promise<{ base: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answers[Math.min(asked.length, answers.length) - 1]!(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const waits: number[] = [];
const tools = {
  timeout: 5000,
  sleep: (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  },
};
async function failure(work: Promise<unknown>): Promise<PortfolioError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(PortfolioError);
  return error as PortfolioError;
}

describe('Flex files', () => {
  it('a statement broken down by day gives each of its records once', () => {
    const reading = readFlex(fixture('flex/cash-transactions-by-day.xml'));
    const whole = readFlex(fixture('flex/cash-transactions-consolidated.xml'));
    const short = (one: (typeof reading.transactions)[number]) => [one.id, one.kind, one.date, one.amount];
    expect(reading.transactions.map(short)).toEqual(whole.transactions.map(short));
    expect(whole.transactions.map(short)).toEqual([
      ['9718549852', 'deposit', '2026-02-01', '1000000'],
      ['9919715109', 'interest', '2026-03-04', '2331.45'],
      ['10113136218', 'interest', '2026-04-06', '2682.45'],
    ]);
  });

  it('trade confirmations count executions only, not orders and summaries too', () => {
    const { transactions } = readFlex(fixture('flex/trade-confirmations.xml'));
    expect(transactions).toHaveLength(3);
    expect(transactions[0]).toMatchObject({
      kind: 'buy',
      date: '2026-04-02',
      settle: '2026-04-06',
      quantity: '1',
      price: '582.74',
      fees: '1',
      amount: '-583.74',
      instrument: {
        class: 'stock',
        symbol: 'QQQ',
        conId: '320227571',
        isin: 'US46090E1038',
        cusip: '46090E103',
        figi: 'BBG000BSWKH7',
      },
    });
  });

  it('a file cut at any line is refused', () => {
    const lines = fixture('flex/trade-confirmations.xml').split('\n');
    for (let end = 0; end < lines.length - 1; end += 1)
      expect(() => readFlex(lines.slice(0, end).join('\n'))).toThrow(expect.objectContaining({ code: 'file-cut' }));
  });
});

describe('Flex Web Service', () => {
  const request = { token: 'token-1234567890', queryId: '77' };

  it('waits while the statement is being made, then asks with the same reference code', async () => {
    waits.length = 0;
    const { base, asked } = await serve([
      send(200, fixture('flex/send-request-success.xml')),
      send(200, fixture('flex/fail-1019-in-progress.xml')),
      send(200, fixture('flex/fail-1018-too-many.xml')),
      send(200, fixture('flex/cash-transactions-consolidated.xml')),
    ]);
    expect(readFlex(await fetchFlex({ ...request, base }, tools)).transactions).toHaveLength(3);
    expect(asked.map(({ url }) => url!.split('?')[0])).toEqual([
      '/SendRequest',
      '/GetStatement',
      '/GetStatement',
      '/GetStatement',
    ]);
    expect(asked.slice(1).every(({ url }) => url!.includes('q=1234567890'))).toBe(true);
    expect(asked.every(({ headers }) => headers['user-agent'] !== undefined)).toBe(true);
    expect(waits).toEqual([1000, 5000, 10_000]);
  });

  it('gives up on an expired token, with the code and without the token', async () => {
    const { base } = await serve([send(200, fixture('flex/fail-1012-expired.xml'))]);
    const error = await failure(fetchFlex({ ...request, base }, tools));
    expect([error.code, error.detail]).toEqual(['flex', '1012']);
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain(request.token);
  });

  it('does not wait for ever for a statement that hangs', async () => {
    const { base } = await serve([
      send(200, fixture('flex/send-request-success.xml')),
      send(200, fixture('flex/fail-1019-in-progress.xml')),
    ]);
    let clock = 0;
    const sleep = (milliseconds: number): Promise<void> => {
      clock += milliseconds;
      return Promise.resolve();
    };
    const error = await failure(fetchFlex({ ...request, base, within: 20_000, now: () => clock }, { ...tools, sleep }));
    expect(error.code).toBe('timeout');
  });
});

describe('Alpaca', () => {
  const keys = { keyId: 'key-id-abc', secretKey: 'very secret/key' };
  const good = [send(200, body('alpaca-account.json')), send(200, body('alpaca-positions.json'))];

  it('a margin loan is negative cash; decimals stay as written', async () => {
    const { base, asked } = await serve(good);
    const reading = await fetchAlpaca({ ...keys, base }, tools);
    expect(reading.balances[0]).toMatchObject({ cash: '-23140.2', currency: 'USD' });
    expect(reading.positions[0]).toMatchObject({ quantity: '5', price: '120.0', value: '600.0', costBasis: '500.0' });
    expect(asked[0]!.headers['apca-api-secret-key']).toBe(keys.secretKey);
    expect(asked[0]!.url).not.toContain('secret');
  });

  it('waits as long as a 429 says and tries again after a 500', async () => {
    waits.length = 0;
    const { base } = await serve([send(429, '', { 'retry-after': '7' }), send(500, ''), ...good]);
    expect((await fetchAlpaca({ ...keys, base }, tools)).positions).toHaveLength(1);
    expect(waits).toEqual([7000, 2000]);
  });

  it.each([
    ['a 401 that repeats the key', send(401, '{"message":"very secret/key is wrong"}'), 'http'],
    ['a 429 without end', send(429, ''), 'rate-limit'],
    ['a 503 without end', send(503, ''), 'http'],
    ['no answer', () => {}, 'timeout'],
    ['a page instead of JSON', send(200, '<html>'), 'answer-unreadable'],
    ['JSON of another shape', send(200, '[]'), 'answer-unreadable'],
    ['a redirect', send(302, '', { location: 'http://127.0.0.1:1/' }), 'http'],
  ] as const)('%s ends in an error without the key', async (_title, answer, code) => {
    const { base } = await serve([answer]);
    const timeout = code === 'timeout' ? 100 : 5000;
    const error = await failure(fetchAlpaca({ ...keys, base }, { ...tools, timeout }));
    expect(error.code).toBe(code);
    expect(error.message + error.stack).not.toContain('secret/key');
  });
});

describe('SnapTrade', () => {
  const options = {
    clientId: 'C',
    consumerKey: 'consumer-secret',
    userId: 'u',
    userSecret: 'user-secret',
    now: () => 1_760_000_000_000,
  };

  it.each(
    JSON.parse(fixture('snaptrade-signature-vectors.json')).vectors as (Signable & {
      name: string;
      consumerKey: string;
      signature: string;
    })[],
  )('signs: $name', (vector) => expect(signature(vector, vector.consumerKey)).toBe(vector.signature));

  it('reads each account, signs each request and carries the age along', async () => {
    const { base, asked } = await serve([
      send(200, '[{"id":"a-1","number":"R1","institution_name":"Robinhood"}]'),
      send(429, '{"detail":"slow down","status_code":429,"code":"0000"}'),
      send(200, body('snaptrade-balances.json')),
      send(200, body('snaptrade-positions-all.json')),
    ]);
    const reading = await fetchSnapTrade({ ...options, base }, tools);
    expect(reading.balances).toMatchObject([{ currency: 'USD', cash: '300.71', includesCashEquivalents: true }]);
    expect(reading.positions).toMatchObject([
      {
        quantity: '10.5',
        price: '123.45',
        averageCost: '118.2',
        costBasis: '1241.1',
        currency: 'CAD',
        asOf: '2026-06-02T14:30:00Z',
      },
    ]);
    for (const { url, headers } of asked) {
      const [path, query] = url!.split('?');
      expect(headers['signature']).toBe(signature({ path: path!, query: query! }, options.consumerKey));
    }
  });

  it('an error has neither the key nor the secret of the user', async () => {
    const { base } = await serve([send(401, 'no user-secret consumer-secret')]);
    const error = await failure(fetchSnapTrade({ ...options, base }, tools));
    expect(error.message).not.toMatch(/user-secret|consumer-secret/);
  });
});

describe('the Web API', () => {
  const page = (name: string): unknown => JSON.parse(body(name));
  const [first] = page('web-positions-page0.json') as readonly Record<string, unknown>[];
  const option = {
    ...first,
    conid: 700000001,
    contractDesc: 'AAPL   JUN2026 200 C [AAPL  260619C00200000 100]',
    assetClass: 'OPT',
    multiplier: 100,
    position: -2,
    mktPrice: 5.25,
    mktValue: -1050,
  };
  const ledger = {
    USD: { cashbalance: 971869.6, settledcash: 971869.6, exchangerate: 1 },
    EUR: { cashbalance: -12.5, exchangerate: 1.0825 },
    BASE: { cashbalance: 971856.07, netliquidationvalue: 1005165.5 },
  };

  /** A Web API that refuses what comes before the accounts, and counts what is asked. */
  function web(pages: readonly (readonly unknown[])[]): { asked: string[]; get(path: string): Promise<unknown> } {
    const asked: string[] = [];
    return {
      asked,
      async get(path) {
        asked.push(path);
        if (path === '/portfolio/accounts') return page('web-accounts.json');
        if (path.endsWith('/ledger')) return ledger;
        return pages[Math.min(asked.filter((one) => one.includes('/positions/')).length, pages.length) - 1];
      },
    };
  }

  it('accounts first, then cash of every currency with the broker’s rate, then positions by the page', async () => {
    const api = web([[first, option]]);
    const reading = await readWeb(api);
    expect(api.asked).toEqual(['/portfolio/accounts', '/portfolio/DU9000001/ledger', '/portfolio/DU9000001/positions/0']);
    expect(reading.accounts).toMatchObject([{ account: { broker: 'ibkr', number: 'DU9000001' }, netLiquidation: '1005165.5' }]);
    expect(reading.balances).toMatchObject([
      { currency: 'USD', cash: '971869.6', settledCash: '971869.6' },
      { currency: 'EUR', cash: '-12.5' },
    ]);
    expect(reading.balances[1]).not.toHaveProperty('settledCash');
    expect(reading.rates).toEqual([{ from: 'EUR', to: 'USD', rate: '1.0825', source: 'the broker' }]);
    expect(reading.positions).toMatchObject([
      { instrument: { class: 'stock', symbol: 'QQQ', conId: '320227571' }, quantity: '3', price: '584.6799927' },
      {
        instrument: { class: 'option', option: { underlying: 'AAPL', expiry: '2026-06-19', right: 'C', strike: '200' } },
        quantity: '-2',
        value: '-1050',
      },
    ]);
  });

  it('a page without prices is read once more, a full page is followed by the next', async () => {
    const { mktPrice: _, ...sparse } = first as { mktPrice: number };
    const full = Array.from({ length: 100 }, (_, i) => ({ ...first, conid: i + 1 }));
    const api = web([[sparse], [first]]);
    expect((await readWeb(api)).positions[0]).toMatchObject({ price: '584.6799927' });
    const long = web([full, [first]]);
    expect((await readWeb(long)).positions).toHaveLength(101);
    expect(long.asked.filter((one) => one.includes('/positions/'))).toHaveLength(2);
  });

  it('over HTTP: an error names no account', async () => {
    const { base } = await serve([send(200, body('web-accounts.json')), send(401, 'no session')]);
    const error = await failure(webSource({ base }).read(tools));
    expect([error.code, error.message]).toEqual(['http', 'Web API /portfolio/…/ledger: HTTP 401 no session']);
  });
});

describe('activities', () => {
  it('of Alpaca: fills by direction, payments without shares, unknown types kept', async () => {
    const rows = [
      {
        activity_type: 'FILL',
        id: '1::a',
        transaction_time: '2026-05-04T15:34:06Z',
        side: 'sell',
        symbol: 'LPCN',
        qty: '3',
        price: '1.63',
      },
      {
        activity_type: 'DIV',
        id: '2::b',
        date: '2026-05-05',
        symbol: 'T',
        qty: '2',
        net_amount: '1.02',
        per_share_amount: '0.51',
      },
      { activity_type: 'CSW', id: '3::c', date: '2026-05-06', net_amount: '-40' },
      { activity_type: 'NEWS', id: '4::d', date: '2026-05-07', net_amount: '0.01' },
    ];
    const { base, asked } = await serve([
      send(200, body('alpaca-account.json')),
      send(200, body('alpaca-positions.json')),
      send(200, JSON.stringify(rows)),
    ]);
    const reading = await fetchAlpaca({ keyId: 'k', secretKey: 's', base, since: '2026-05-01' }, tools);
    expect(asked[2]!.url).toBe('/v2/account/activities?after=2026-05-01&direction=asc&page_size=100');
    expect(reading.transactions.map(({ kind, quantity, amount }) => [kind, quantity, amount])).toEqual([
      ['sell', '-3', '4.89'],
      ['dividend', undefined, '1.02'],
      ['withdrawal', undefined, '-40'],
      ['unknown', undefined, '0.01'],
    ]);
    expect(reading.unknownCodes).toEqual({ NEWS: 1 });
  });

  it('of SnapTrade: options by what they open or close, reinvestments, ids left alone', async () => {
    const usd = { code: 'USD' };
    const data = [
      {
        id: 'x',
        type: 'REI',
        trade_date: '2026-05-04T00:00:00Z',
        units: 0.5,
        price: 100,
        amount: -50,
        fee: 0,
        currency: usd,
        symbol: { symbol: 'VTI' },
      },
      {
        ...{ type: 'SELL', option_type: 'SELL_TO_OPEN', trade_date: '2026-05-05', settlement_date: '2026-05-06', units: 1 },
        ...{ price: 2.5, amount: 249.35, fee: 0.65, currency: 'USD', option_symbol: { ticker: 'AAPL  260619C00200000' } },
      },
      { type: 'DIVIDEND', trade_date: '2026-05-07', units: 0, amount: 3.1, currency: usd, symbol: { symbol: 'VTI' } },
    ];
    const { base, asked } = await serve([
      send(200, '[{"id":"a-1","number":"R1","institution_name":"Robinhood"}]'),
      send(200, body('snaptrade-balances.json')),
      send(200, body('snaptrade-positions-all.json')),
      send(200, JSON.stringify({ data, pagination: { offset: 0, limit: 1000, total: 3 } })),
    ]);
    const options = { clientId: 'C', consumerKey: 'key', base, since: '2026-05-01', now: () => 1_760_000_000_000 };
    const { transactions } = await fetchSnapTrade(options, tools);
    const { pathname, searchParams } = new URL(asked[3]!.url!, base);
    expect([pathname, searchParams.get('startDate'), searchParams.get('offset')]).toEqual([
      '/accounts/a-1/activities',
      '2026-05-01',
      '0',
    ]);
    expect(transactions).toMatchObject([
      { kind: 'buy', quantity: '0.5', amount: '-50', isReinvestment: true },
      { kind: 'sell-to-open', quantity: '-1', fees: '0.65', settle: '2026-05-06', instrument: { class: 'option' } },
      { kind: 'dividend', amount: '3.1' },
    ]);
    expect(transactions[0]).not.toHaveProperty('id');
    expect(transactions[2]).not.toHaveProperty('quantity');
  });
});
