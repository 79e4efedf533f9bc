// What goes back to the gateway for a contract that it has told of: nothing that can contradict it.
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { expiryDay } from '../../../src/client/contracts/expiry.js';
import { createToldContracts, sentContract, type ToldContract, tradable } from '../../../src/client/contracts/told.js';
import { pick } from '../../../src/client/orders/combos/legs.js';
import type { Outgoing } from '../../../src/protocol/registry.js';
import { type Peer, type Script, type ScriptedGateway, scriptedGateway } from '../../helpers/scripted-gateway.js';
import { textFrame } from '../../helpers/text-frame.js';
import { until } from '../../helpers/until.js';

const open: { ib: Ib; gateway: ScriptedGateway }[] = [];
afterEach(async () => {
  for (const { ib, gateway } of open.splice(0)) {
    ib.close();
    await gateway.close();
  }
});

async function session(script: Script): Promise<{ ib: Ib; gateway: ScriptedGateway }> {
  const gateway = await scriptedGateway({ serverVersion: 176, ...script });
  const ib = await connect({ port: gateway.port, clientId: 1, limits: 'none', orders: { accounts: 'none' } });
  const both = { ib, gateway };
  open.push(both);
  return both;
}

const euribor = (expiry: string, real = '20250915', zone = 'GB-Eire') => [
  ...['10', 'R', 'I', 'FUT', expiry, '0', '', 'ICEEU', 'EUR', 'I   FMU0025_OMZ0025', 'I', 'I', '495512563', '0.005', '2500'],
  ...['LMT,MKT', 'ICEEU', '1', '0', '3 Month Euribor', '', '202509', '', '', '', zone, '20250804:0100-20250804:2100'],
  ...['20250804:0100-20250804:2100', '', '0', '0', '2147483647', 'I', 'IND', '1234', real, '', '1', '1', '1'],
];
const answering = (fields: readonly string[]): Script => ({
  on: {
    reqContractDetails: ({ reqId }, peer: Peer) => {
      peer.write(textFrame(fields, reqId));
      peer.write(textFrame(['52', '1', 'R'], reqId));
    },
  },
});
const sent = async <K extends Outgoing['kind']>(gateway: ScriptedGateway, kind: K): Promise<Extract<Outgoing, { kind: K }>> => {
  await until(() => gateway.received.some((one) => one.kind === kind));
  return gateway.received.findLast((one) => one.kind === kind) as Extract<Outgoing, { kind: K }>;
};
/** What a request says of its contract, empty fields left out. */
const said = (contract: object | undefined): object =>
  Object.fromEntries(
    Object.entries(contract ?? {}).filter(
      ([, value]) =>
        value !== undefined && value !== '' && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );

describe('a future whose details tell an expiry with time and zone', () => {
  const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 97.5 } as const;

  it('is placed, quoted and asked for bars by its conId and exchange alone', async () => {
    const { ib, gateway } = await session(answering(euribor('20250915 10:00:00 GB')));
    const contract = await ib.contracts.qualify({ symbol: 'I', secType: 'FUT', exchange: 'ICEEU', currency: 'EUR' });
    expect(contract.lastTradeDateOrContractMonth).toBe('20250915');
    const meant = { conId: 495512563, exchange: 'ICEEU' };
    ib.orders.place(contract, order);
    expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual(meant);
    ib.market.quotes(contract);
    expect(said((await sent(gateway, 'reqMktData')).contract)).toEqual(meant);
    ib.history.bars(contract, { size: '1 day', duration: '1 D', what: 'TRADES' } as never).catch(() => {});
    expect(said((await sent(gateway, 'reqHistoricalData')).contract)).toEqual(meant);
  });

  it('so is the closing order with the contract of its position, which tells another day', async () => {
    const { ib, gateway } = await session({
      on: {
        reqPositions: (_, peer) => {
          peer.write(
            textFrame([
              '61',
              '3',
              'DU9000001',
              '495512563',
              'I',
              'FUT',
              '20250916',
              '0.0',
              '',
              '2500',
              '',
              'EUR',
              'I   FMU0025_OMZ0025',
              'I',
              '1',
              '97.5',
            ]),
          );
          peer.write(textFrame(['62', '1']));
        },
      },
    });
    const [held] = await ib.accounts.positions();
    expect(() => ib.orders.place(held!.contract, { ...order, action: 'SELL' })).toThrow(/contract.exchange.*name it/);
    ib.orders.place({ ...held!.contract, exchange: 'ICEEU' }, { ...order, action: 'SELL' });
    expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId: 495512563, exchange: 'ICEEU' });
  });

  it('a conId that the gateway has not told of goes as it was written', async () => {
    const { ib, gateway } = await session({});
    const written = { conId: 5, symbol: 'X', secType: 'STK', exchange: 'SMART', currency: 'USD' };
    ib.orders.place(written, order);
    expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual(written);
  });

  it('a raw request goes as it was written, whatever was told', async () => {
    const { ib, gateway } = await session(answering(euribor('20250915')));
    const { conId } = await ib.contracts.qualify({ symbol: 'I', secType: 'FUT', exchange: 'ICEEU' });
    const written = { conId, symbol: 'I', secType: 'FUT', exchange: 'ICEEU', currency: 'EUR' };
    ib.raw.send('reqMktData', { reqId: 9_000, contract: written, genericTickList: '', snapshot: false });
    expect(said((await sent(gateway, 'reqMktData')).contract)).toEqual(written);
  });
});

describe('the expiry that users see', () => {
  const details = (text: string, more: object = {}, contract: object = {}) =>
    ({
      kind: 'contractDetails',
      contract: { lastTradeDateOrContractMonth: text, ...contract },
      contractDetails: { timeZoneId: 'GB-Eire', realExpirationDate: '20250915', ...more },
    }) as never;

  it.each([
    ['a day alone', '20250915', {}, '20250915'],
    ['with time and zone', '20250915 10:00:00 GB', {}, '20250915'],
    ['on the clock of a login in Asia', '20250916 02:30:00 Hongkong', {}, '20250915'],
    [
      'on the clock of a login in America, a day early',
      '20250914 21:00:00 US/Eastern',
      { realExpirationDate: '20250915' },
      '20250915',
    ],
    ['a day after the real expiration', '20250916', {}, '20250915'],
    ['the day before the real expiration: settled in the morning', '20250914', {}, '20250914'],
    ['a zone nobody knows', '20250915 10:00:00 XYZZY', {}, '20250915'],
    ['a month', '202509', {}, '202509'],
    ['without a real expiration', '20250916', { realExpirationDate: '' }, '20250916'],
    ['a real expiration of another year', '20250916', { realExpirationDate: '20240915' }, '20250916'],
  ] as const)('%s', (_, text, more, day) => expect(expiryDay(details(text, more))).toBe(day));

  it('an option told a day late is what its local symbol says, and pick finds it', async () => {
    const option = { localSymbol: 'SPXW  250915C06000000', conId: 7, symbol: 'SPX', strike: 6000, right: 'C' };
    const day = expiryDay(details('20250916', { realExpirationDate: '' }, option));
    expect(day).toBe('20250915');
    const chain = [{ ...option, right: 'C' as const, lastTradeDateOrContractMonth: day! }];
    expect(pick(chain, { expiry: '20250915', strike: 6000, right: 'C' }).conId).toBe(7);
  });
});

describe('a stock held', () => {
  it('is sold with the contract of its position row, which names no exchange, at SMART', async () => {
    const { ib, gateway } = await session({
      on: {
        reqPositions: (_, peer) => {
          peer.write(
            textFrame([
              '61',
              '3',
              'DU9000001',
              '265598',
              'AAPL',
              'STK',
              '',
              '0.0',
              '',
              '',
              '',
              'USD',
              'AAPL',
              'NMS',
              '10',
              '187.5',
            ]),
          );
          peer.write(textFrame(['62', '1']));
        },
      },
    });
    const [held] = await ib.accounts.positions();
    const trade = ib.orders.place(held!.contract, { action: 'SELL', orderType: 'MKT', totalQuantity: '10' });
    expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId: 265598, exchange: 'SMART' });
    expect(trade.contract).toMatchObject({ symbol: 'AAPL', exchange: 'SMART' });
  });
});

describe('by its conId and exchange alone goes', () => {
  const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 97.5 } as const;
  const bond = { conId: 7, symbol: 'US-T', secType: 'BOND', exchange: 'SMART', currency: 'USD' };
  const future = {
    conId: 8,
    symbol: 'I',
    secType: 'FUT',
    exchange: 'ICEEU',
    lastTradeDateOrContractMonth: '20250915 10:00:00 GB',
  };
  const script: Script = {
    on: {
      reqContractDetails: ({ reqId }, peer) => {
        peer.send('bondContractDetails', { reqId, contract: { ...bond, lastTradeDateOrContractMonth: '20300915 10:00:00 EST' } });
        peer.send('contractDetailsEnd', { reqId });
      },
      reqScannerSubscription: ({ reqId }, peer) => peer.send('scannerData', { reqId, elements: [{ rank: 0, contract: future }] }),
      reqMatchingSymbols: ({ reqId }, peer) =>
        peer.send('symbolSamples', { reqId, contractDescriptions: [{ contract: { ...bond, symbol: 'T 4 1/2' } }] }),
    },
  };

  it.each<readonly [string, (ib: Ib) => Promise<object | undefined>]>([
    ['a bond of details', async (ib) => (await ib.contracts.details({ symbol: 'US-T', secType: 'BOND' }))[0]?.contract],
    [
      'a row of a scan',
      async (ib) => (await ib.scanner.run({ scanCode: 'X', instrument: 'FUT', locationCode: 'Y' }))[0]?.contract,
    ],
    ['what a search has found', async (ib) => (await ib.contracts.search('T 4')).contractDescriptions?.[0]?.contract],
  ])('%s, on both wires', async (_, find) => {
    for (const serverVersion of [176, 226]) {
      const { ib, gateway } = await session({ ...script, serverVersion });
      const { conId, exchange = 'SMART', ...rest } = (await find(ib)) as { conId: number; exchange?: string };
      ib.orders.place({ ...rest, conId, exchange: exchange || 'SMART' }, order);
      expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId, exchange: exchange || 'SMART' });
    }
  });

  it.each([
    ['another day', { lastTradeDateOrContractMonth: '20250919' }],
    ['another class', { tradingClass: 'I2' }],
    ['a multiplier with a comma', { multiplier: '2,500' }],
    ['another symbol', { symbol: 'EUR3' }],
  ])('what details told, though the row of the holding tells %s', async (_, otherwise) => {
    const { ib, gateway } = await session({
      on: {
        ...answering(euribor('20250915 10:00:00 GB')).on,
        reqPositions: (__, peer) => {
          const contract = { conId: 495512563, symbol: 'I', secType: 'FUT', multiplier: '2500', ...otherwise };
          peer.send('position', { account: 'DU9000001', contract, position: '1', avgCost: 1 });
          peer.send('positionEnd', {});
        },
      },
    });
    const contract = await ib.contracts.qualify({ symbol: 'I', secType: 'FUT', exchange: 'ICEEU' });
    const [held] = await ib.accounts.positions();
    for (const told of [contract, { ...held!.contract, exchange: 'ICEEU' }]) {
      ib.orders.place(told, { ...order, action: 'SELL' });
      await until(() => gateway.received.filter(({ kind }) => kind === 'placeOrder').length === (told === contract ? 1 : 2));
      expect(said((await sent(gateway, 'placeOrder')).contract)).toEqual({ conId: 495512563, exchange: 'ICEEU' });
    }
  });
});

describe('sentContract', () => {
  const told = createToldContracts();
  told.take({ conId: 1, symbol: 'ES', secType: 'FUT', exchange: 'CME', lastTradeDateOrContractMonth: '20251219' });

  it('keeps what is no name, and properties that nobody knows, which are refused later', () =>
    expect(sentContract({ conId: 1, exchange: 'CME', includeExpired: true, exchagne: 'X' } as never, told)).toEqual({
      conId: 1,
      exchange: 'CME',
      includeExpired: true,
      exchagne: 'X',
    }));

  it('leaves alone what a conId does not tell: combinations, continuous futures, contradictions', () => {
    for (const contract of [
      { conId: 1, secType: 'CONTFUT', symbol: 'ES', exchange: 'CME' },
      { conId: 28812380, secType: 'BAG', symbol: 'SPX', exchange: 'SMART' },
      { conId: 1, secType: 'FUT', symbol: 'NQ', exchange: 'CME' },
      { conId: 1, secType: 'FUT', lastTradeDateOrContractMonth: '20260320', exchange: 'CME' },
    ])
      expect(sentContract(contract, told)).toBe(contract);
  });
});

it('a future held is closed at the exchange that its details told, though its position row names none', () => {
  const told = createToldContracts();
  told.take({ conId: 1, symbol: 'ES', secType: 'FUT', exchange: 'CME' });
  told.take({ conId: 1, symbol: 'ES', secType: 'FUT', exchange: '' });
  expect(tradable<ToldContract>({ conId: 1, symbol: 'ES', secType: 'FUT' }, told).exchange).toBe('CME');
  expect(() => tradable({ conId: 2, symbol: 'NQ', secType: 'FUT' }, told)).toThrow(/contract.exchange/);
});
