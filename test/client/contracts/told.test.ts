// What goes back to the gateway for a contract that it has told of: nothing that can contradict it.
import { describe, expect, it } from 'vitest';
import { expiryDay } from '../../../src/client/contracts/expiry.js';
import { createToldContracts, sentContract, type ToldContract, tradable } from '../../../src/client/conversation/told.js';
import { pick } from '../../../src/client/orders/combos/legs.js';
import { textFrame } from '../../helpers/text-frame.js';
import { answering, euribor, said, sent, session } from './told-session.js';

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
    ib.history.bars(contract, { size: '1 day', duration: '1 D', show: 'TRADES' }).catch(() => {});
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
