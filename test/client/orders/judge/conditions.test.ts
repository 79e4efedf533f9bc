// Orders that wait for a price begin at that price, not at the one of today.

import { describe, expect, it } from 'vitest';
import { activateWhen, limit, market, maxNotional, type OrderDraft, percentChange, price, stop } from '../../../../src/index.js';
import { AAPL, CALL, line, MSFT, PUT, type SceneOptions, scene } from '../../../witness/scene.js';
import { situations } from '../../../witness/situation.js';

const RESTRICTED = ['ira-cash', 'ira-margin', 'cash'] as const;
const of = (conId: number) => ({ conId, exchange: 'SMART' });
const left = async (contract: object, order: OrderDraft, how: SceneOptions): Promise<[number, readonly string[]]> => {
  using stage = await scene(how);
  return [await stage.leaves(() => stage.ib.orders.place(contract as never, order)), stage.codes];
};
const holds = { 101: 10 };
const byAmount: OrderDraft = { action: 'SELL', orderType: 'MKT', totalQuantity: '0', cashQty: 900 };
const verticalOf = (order: OrderDraft): [object, OrderDraft] => [
  {
    ...{ symbol: 'AAPL', secType: 'BAG', currency: 'USD', exchange: 'SMART' },
    comboLegs: [
      { conId: line(204).conId, ratio: 1, action: 'BUY', exchange: 'SMART' },
      { conId: CALL.conId, ratio: 1, action: 'BUY', exchange: 'SMART' },
    ],
  },
  order,
];

/** 10,000 USD, AAPL at 100, its call at 3, its put of strike 9 at 2. */
describe('does not leave an account that may not borrow', () => {
  situations<[string, object, OrderDraft, string, SceneOptions]>(
    [
      [
        'at the market once it costs more than the cash',
        AAPL,
        activateWhen(market('BUY', '90'), price(of(101)).above(150)),
        'DEBIT',
        {},
      ],
      [
        'the same by percent of a close that nobody has told',
        AAPL,
        activateWhen(market('BUY', '80'), percentChange(of(101)).above(50)),
        'PRICE-UNKNOWN',
        {},
      ],
      [
        'one of two conditions',
        AAPL,
        activateWhen(
          market('BUY', '90'),
          price(of(101))
            .below(90)
            .or(price(of(101)).above(150)),
        ),
        'DEBIT',
        {},
      ],
      [
        'a stop that waits for a dearer price',
        AAPL,
        activateWhen(stop('BUY', '90', 102), price(of(101)).above(150)),
        'DEBIT',
        {},
      ],
      ['a call once its underlying has risen', CALL, activateWhen(market('BUY', '10'), price(of(101)).above(200)), 'DEBIT', {}],
      [
        'a put once its underlying has fallen',
        PUT,
        activateWhen(market('BUY', '10'), price(of(101)).below(5)),
        'DEBIT',
        { cash: { USD: 3_000 } },
      ],
      [
        'a sale by amount, once that is more than is held',
        AAPL,
        activateWhen(byAmount, price(of(101)).below(50)),
        'SHORT-STOCK',
        { holds },
      ],
      [
        'a combination once a leg costs more',
        ...verticalOf(activateWhen(market('BUY', '1'), price(of(CALL.conId)).above(90))),
        'PRICE-UNKNOWN',
        {},
      ],
    ],
    async (_, contract, order, code, how) => {
      for (const kind of RESTRICTED) {
        const prefix = kind === 'cash' ? 'CASH' : 'IRA';
        const codes = code === 'PRICE-UNKNOWN' ? [code] : [`${prefix}-${code}`];
        expect(await left(contract, order, { ...how, kind })).toEqual([0, codes]);
      }
    },
  );
});

describe('leaves', () => {
  situations<[string, object, OrderDraft, SceneOptions]>(
    [
      ['with the cash for the price that it waits for', AAPL, activateWhen(market('BUY', '60'), price(of(101)).above(150)), {}],
      ['a limit, whatever it waits for', AAPL, activateWhen(limit('BUY', '90', 100), price(of(101)).above(150)), {}],
      ['waiting for a lower price', AAPL, activateWhen(market('BUY', '90'), price(of(101)).below(90)), {}],
      ['waiting for another contract', AAPL, activateWhen(market('BUY', '90'), price(of(102)).above(80)), {}],
      [
        'cancelled above a price',
        AAPL,
        { ...activateWhen(market('BUY', '90'), price(of(101)).above(150)), conditionsCancelOrder: true },
        {},
      ],
      ['a sale of the holding once it has fallen', AAPL, activateWhen(market('SELL', '10'), price(of(101)).below(50)), { holds }],
      ['a call a little above the market', CALL, activateWhen(market('BUY', '10'), price(of(101)).above(101)), {}],
      [
        'a put that gains where the underlying falls, waiting for a rise',
        PUT,
        activateWhen(market('BUY', '10'), price(of(101)).above(150)),
        {},
      ],
    ],
    async (_, contract, order, how) => {
      for (const kind of RESTRICTED) expect(await left(contract, order, { ...how, kind })).toEqual([1, []]);
    },
  );
});

it('a cap counts the price that a market order waits for, and not that of another contract', async () => {
  const capped = (order: OrderDraft) => left(AAPL, order, { kind: 'reg-t', orders: { guards: [maxNotional(1_200, 'USD')] } });
  expect(await capped(activateWhen(market('BUY', '10'), price(of(101)).above(150)))).toEqual([0, ['MAX-NOTIONAL']]);
  expect(await capped(activateWhen(market('BUY', '10'), price(of(MSFT.conId)).above(150)))).toEqual([1, []]);
});
