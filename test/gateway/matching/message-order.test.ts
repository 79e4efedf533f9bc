/** What is said of an order, and in which order: one list, a situation after the other. `…` stands between what comes of two acts. */
import { describe, expect, it } from 'vitest';
import type { SimContract } from '../../../src/gateway/matching/sim-order.js';
import { brief, buy, type Desk, type DeskSetup, limit, openDesk, sell } from './desk.js';
import { AAPL, CALL_250, CALL_260, MSFT } from './instruments.js';

interface Situation {
  readonly on?: DeskSetup;
  /** What was there before: nothing that is said of it counts. */
  readonly given?: (desk: Desk) => void;
  readonly acts: readonly ((desk: Desk) => void)[];
  readonly says: readonly string[];
}

const DIRECT: DeskSetup = { options: { acknowledge: 'direct', cancelling: 'direct' } };
const AFTER_CLOSE: DeskSetup = { at: Date.UTC(2026, 3, 15, 21) };
const SPREAD: SimContract = {
  secType: 'BAG',
  symbol: 'AAPL',
  currency: 'USD',
  exchange: 'SMART',
  comboLegs: [
    { conId: CALL_250.conId, ratio: 1, action: 'BUY', exchange: 'SMART' },
    { conId: CALL_260.conId, ratio: 1, action: 'SELL', exchange: 'SMART' },
  ],
};

const bracket = (desk: Desk): void => {
  desk.place(1, AAPL, buy(1, limit(250.01, { transmit: false })));
  desk.place(2, AAPL, sell(1, limit(260, { parentId: 1, transmit: false })));
  desk.place(3, AAPL, sell(1, { orderType: 'STP', auxPrice: 240, parentId: 1, transmit: true }));
};
const rests = (desk: Desk): void => void desk.place(1, AAPL, buy(10, limit(240)));

// biome-ignore format: one act, one line of what is said, a line
const situations: Readonly<Record<string, Situation>> = {
  'a market order fills': {
    acts: [(desk) => desk.place(1, AAPL, buy(1))],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'execDetails 1 BOT 1 @ 250.01',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
    ],
  },
  'a sale fills: the pair once more, with the commission': {
    on: DIRECT,
    given: (desk) => void desk.place(1, AAPL, buy(1)),
    acts: [(desk) => desk.place(2, AAPL, sell(1))],
    says: [
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
      'execDetails 2 SLD 1 @ 249.99',
      'openOrder 2 Filled',
      'orderStatus 2 Filled 1/0',
      'openOrder 2 Filled commission',
      'orderStatus 2 Filled 1/0',
      'commissionReport 1.005348',
    ],
  },
  'a part fills': {
    acts: [(desk) => desk.place(1, AAPL, buy(800, limit(250.01)))],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/800',
      'execDetails 1 BOT 500 @ 250.01',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 500/300',
      'openOrder 1 Submitted commission',
      'orderStatus 1 Submitted 500/300',
      'commissionReport 2.5015',
    ],
  },
  'an order rests, and is repeated within seconds': {
    acts: [rests, (desk) => desk.clock.advance(5_000)],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/10',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/10',
      '…',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/10',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/10',
    ],
  },
  'a change is taken': {
    given: rests,
    acts: [(desk) => desk.place(1, AAPL, buy(10, limit(241)))],
    says: ['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/10'],
  },
  'a change is refused: the order as it is comes first': {
    given: rests,
    acts: [(desk) => desk.place(1, AAPL, buy(10, { orderType: 'MOC' }))],
    says: ['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/10', 'error 1 329'],
  },
  'a cancel': {
    given: rests,
    acts: [(desk) => desk.cancel(1)],
    says: ['orderStatus 1 PendingCancel 0/10', 'orderStatus 1 Cancelled 0/10', 'error 1 202'],
  },
  'a cancel at a newer gateway': {
    on: DIRECT,
    given: rests,
    acts: [(desk) => desk.cancel(1)],
    says: ['orderStatus 1 Cancelled 0/10', 'error 1 202'],
  },
  'a cancel of all': {
    given: (desk) => [1, 2].forEach((id) => void desk.place(id, AAPL, buy(1, limit(240)))),
    acts: [(desk) => desk.engine.globalCancel(1)],
    says: [
      'orderStatus 1 PendingCancel 0/1',
      'orderStatus 1 Cancelled 0/1',
      'error 1 202',
      'orderStatus 2 PendingCancel 0/1',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
    ],
  },
  'a cancel of what has filled, and of what never was': {
    given: (desk) => void desk.place(1, AAPL, buy(1)),
    acts: [(desk) => desk.cancel(1), (desk) => desk.cancel(9)],
    says: ['error 1 10148', '…', 'error 9 10147'],
  },
  'an order that is not transmitted, and its cancel': {
    acts: [(desk) => desk.place(1, AAPL, buy(1, { transmit: false })), (desk) => desk.cancel(1)],
    says: ['…', 'error 1 202', 'error 1 161'],
  },
  'IOC that finds nothing: no 202': {
    acts: [(desk) => desk.place(1, AAPL, buy(1, limit(200, { tif: 'IOC' })))],
    says: ['openOrder 1 PreSubmitted', 'orderStatus 1 PendingCancel 0/1', 'orderStatus 1 Cancelled 0/1'],
  },
  'FOK that cannot fill whole': {
    acts: [(desk) => desk.place(1, AAPL, buy(1, limit(200, { tif: 'FOK' })))],
    says: ['openOrder 1 PreSubmitted', 'orderStatus 1 Inactive 0/1'],
  },
  'an account cannot pay': {
    on: { accounts: [{ account: 'DU9000001', kind: 'cash', baseCurrency: 'USD', cash: {} }] },
    acts: [(desk) => desk.place(1, AAPL, buy(1))],
    says: ['error 1 201', 'openOrder 1 Inactive', 'orderStatus 1 Inactive 0/1'],
  },
  'an order that cannot be': {
    acts: [(desk) => desk.place(1, AAPL, buy(1, { orderType: 'FEELINGS' }))],
    says: ['error 1 321'],
  },
  'a what-if': {
    acts: [(desk) => desk.place(1, AAPL, buy(1, { whatIf: true, transmit: true }))],
    says: ['openOrder 1 PreSubmitted commission'],
  },
  'outside the hours: the warning before an order with an odd id, behind one with an even': {
    on: AFTER_CLOSE,
    acts: [(desk) => desk.place(1, AAPL, buy(1, limit(240))), (desk) => desk.place(2, AAPL, buy(1, limit(240)))],
    says: [
      'error 1 399',
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      '…',
      'openOrder 2 PreSubmitted',
      'orderStatus 2 PreSubmitted 0/1',
      'error 2 399',
    ],
  },
  'a stop, and its trigger': {
    acts: [
      (desk) => desk.place(1, AAPL, buy(1, { orderType: 'STP', auxPrice: 255 })),
      (desk) => desk.market.move(AAPL, { bid: 255, ask: 255.02, last: 255.01 }),
    ],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1 trigger',
      '…',
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/1',
      'execDetails 1 BOT 1 @ 255.02',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
    ],
  },
  'a trail, and its trigger': {
    given: (desk) => void desk.place(1, AAPL, buy(1)),
    acts: [
      (desk) => desk.place(2, AAPL, sell(1, { orderType: 'TRAIL', trailingPercent: 1 })),
      (desk) => desk.market.move(AAPL, { bid: 247.4, ask: 247.42, last: 247.41 }),
    ],
    says: [
      'openOrder 2 PreSubmitted',
      'orderStatus 2 PreSubmitted 0/1 trigger',
      '…',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
      'execDetails 2 SLD 1 @ 247.4',
      'openOrder 2 Filled',
      'orderStatus 2 Filled 1/0',
      'openOrder 2 Filled commission',
      'orderStatus 2 Filled 1/0',
      'commissionReport 1.005294',
    ],
  },
  'a condition, and the price that meets it': {
    acts: [
      (desk) => desk.place(1, AAPL, buy(1, { conditions: [{ conditionType: 1, conId: MSFT.conId, isMore: true, price: 410 }] })),
      (desk) => desk.market.move(MSFT, { bid: 410, ask: 410.1, last: 410.05 }),
    ],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      '…',
      'execDetails 1 BOT 1 @ 250.01',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
    ],
  },
  'a bracket whose entry fills, and its target': {
    acts: [bracket, (desk) => desk.market.move(AAPL, { bid: 260.5, ask: 260.52, last: 260.5 })],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'openOrder 2 PreSubmitted',
      'orderStatus 2 PreSubmitted 0/1 child',
      'openOrder 3 PreSubmitted',
      'orderStatus 3 PreSubmitted 0/1 child,trigger',
      'execDetails 1 BOT 1 @ 250.01',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
      '…',
      'execDetails 2 SLD 1 @ 260.5',
      'openOrder 2 Filled',
      'orderStatus 2 Filled 1/0',
      'openOrder 2 Filled commission',
      'orderStatus 2 Filled 1/0',
      'commissionReport 1.005564',
      'orderStatus 3 Cancelled 0/0',
      'error 3 202',
    ],
  },
  'one cancels the other': {
    given(desk) {
      desk.place(1, AAPL, buy(1, limit(240, { ocaGroup: 'g', ocaType: 1 })));
      desk.place(2, MSFT, buy(1, limit(400, { ocaGroup: 'g', ocaType: 1 })));
    },
    acts: [(desk) => desk.market.move(AAPL, { bid: 239.9, ask: 239.95, last: 239.9 })],
    says: [
      'execDetails 1 BOT 1 @ 239.95',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
      'orderStatus 2 Cancelled 0/1',
      'error 2 202',
    ],
  },
  'a spread fills: the whole first, then its legs, commissions of the legs': {
    acts: [(desk) => desk.place(1, SPREAD, buy(1, limit(5)))],
    says: [
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'execDetails 1 BOT 1 @ 4.1',
      'execDetails 1 BOT 1 @ 10.1',
      'execDetails 1 SLD 1 @ 6',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1',
      'commissionReport 1',
    ],
  },
  'an execution is corrected': {
    given: (desk) => void desk.place(1, AAPL, buy(1)),
    acts: [
      (desk) => {
        const [execution] = desk.engine.executions(1, 1, {}, 'US/Eastern');
        desk.engine.correctExecution(execution?.kind === 'execDetails' ? execution.execution.execId : '', 250.02);
      },
    ],
    says: ['execDetails 1 BOT 1 @ 250.02', 'commissionReport 1.000003'],
  },
  'an order by hand, and its binding': {
    acts: [
      (desk) => desk.engine.placeManual({ conId: AAPL.conId, exchange: 'SMART' }, buy(1, limit(10))),
      (desk) => desk.engine.bindManualOrders(),
    ],
    says: [
      'openOrder 0 PreSubmitted',
      'orderStatus 0 PreSubmitted 0/1',
      'openOrder 0 Submitted',
      'orderStatus 0 Submitted 0/1',
      '…',
      'orderBound -2',
      'openOrder -2 Submitted',
      'orderStatus -2 Submitted 0/1',
    ],
  },
};

describe('what is said, in its order, when', () => {
  it.each(Object.entries(situations))('%s', (_, { on, given, acts, says }) => {
    const desk = openDesk(on);
    given?.(desk);
    const said: string[] = [];
    for (const [at, act] of acts.entries()) {
      const before = desk.events.length;
      act(desk);
      said.push(...(at > 0 ? ['…'] : []), ...brief(desk.events.slice(before)));
    }
    expect(said).toEqual(says);
  });
});
