/** What happens to the orders comes back from the call: no clock, no listener and no market that calls back is needed for it. */
import { describe, expect, it } from 'vitest';
import { createAccountBook } from '../../../src/gateway/accounts/account-book.js';
import { virtualClock } from '../../../src/gateway/clock.js';
import { act, wake } from '../../../src/gateway/matching/act.js';
import { cancel } from '../../../src/gateway/matching/cancel.js';
import { createState, type EngineState } from '../../../src/gateway/matching/engine-state.js';
import { onMove } from '../../../src/gateway/matching/moves.js';
import type { OrderEvent } from '../../../src/gateway/matching/order-events.js';
import { place } from '../../../src/gateway/matching/place.js';
import { accepted } from '../../../src/gateway/matching/sim-order.js';
import { brief, buy, limit, MARGIN_ACCOUNT, openDesk, pricesOn } from './desk.js';
import { HandMarket } from './hand-market.js';
import { AAPL, OPEN_TIME } from './instruments.js';

const contract = { conId: AAPL.conId, exchange: 'SMART' };

function alone(): { readonly state: EngineState; readonly market: HandMarket; readonly clock: ReturnType<typeof virtualClock> } {
  const clock = virtualClock(OPEN_TIME);
  const market = new HandMarket(clock, [AAPL]);
  market.move(AAPL, { bid: 249.99, ask: 250.01, last: 250, bidSize: 500, askSize: 500 });
  const accounts = createAccountBook([MARGIN_ACCOUNT], pricesOn(market));
  return { state: createState({ market, accounts, resolve: () => AAPL }), market, clock };
}

describe('an act', () => {
  it('answers with all that is said of it, and keeps nothing of it', () => {
    const { state } = alone();
    const said = act(state, (to) => place(to, 1, 1, contract, accepted(buy(1))));
    expect(brief(said)).toEqual([
      'openOrder 1 PreSubmitted',
      'orderStatus 1 PreSubmitted 0/1',
      'execDetails 1 BOT 1 @ 250.01',
      'openOrder 1 Filled',
      'orderStatus 1 Filled 1/0',
      'commissionReport 1.000003',
    ]);
    expect(act(state, () => undefined)).toEqual([]);
  });

  it('has nothing happen by itself: repeats wait in the agenda, moves are wishes', () => {
    const { state, market, clock } = alone();
    act(state, (to) => place(to, 1, 1, contract, accepted(buy(10, limit(249)))));
    expect([clock.pending, market.watched.get(AAPL.conId)]).toEqual([0, undefined]);
    expect([...state.rewatched].map(({ instrument, isWatched }) => [instrument.symbol, isWatched])).toEqual([['AAPL', true]]);
    expect(state.agenda.due).toBe(OPEN_TIME + 500);
    clock.advance(500);
    const repeated = act(state, (to) => wake(to, clock.now()));
    expect(brief(repeated)).toEqual(['openOrder 1 Submitted', 'orderStatus 1 Submitted 0/10']);
    market.move(AAPL, { bid: 248.9, ask: 248.95 });
    const filled = act(state, (to) => onMove(to, market.quote(AAPL.conId), AAPL));
    expect(brief(filled)).toContain('orderStatus 1 Filled 10/0');
    expect(state.agenda.due).toBeUndefined();
  });

  it('is the same for the same state and the same calls', () => {
    const calls = (): readonly OrderEvent[] => {
      const { state } = alone();
      return [
        ...act(state, (to) => place(to, 1, 1, contract, accepted(buy(10, limit(249))))),
        ...act(state, (to) => place(to, 1, 2, contract, accepted(buy(3)))),
        ...act(state, (to) => cancel(to, 1, 1)),
      ];
    };
    expect(calls()).toEqual(calls());
  });
});

describe('the engine around it', () => {
  it('answers with what its listeners are told, for each call', () => {
    const { engine } = openDesk();
    const told: OrderEvent[] = [];
    engine.onEvent((event) => told.push(event));
    const same = (said: readonly OrderEvent[]): void => {
      expect(said.length).toBeGreaterThan(0);
      expect(told.splice(0)).toEqual(said);
    };
    same(engine.place(1, 1, contract, buy(10, limit(249))));
    same(engine.place(1, 2, contract, buy(1)));
    same(engine.place(1, 1, contract, buy(10, limit(248))));
    same(engine.cancel(1, 1));
    same(engine.cancel(1, 99));
    same(engine.place(1, 3, contract, buy(10, limit(249))));
    same(engine.globalCancel(1));
  });

  it('tells what a listener causes after what it was told of', () => {
    const { engine } = openDesk({ options: { echo: 'plain', acknowledge: 'direct', cancelling: 'direct' } });
    const told: OrderEvent[] = [];
    let answered: readonly OrderEvent[] = [];
    engine.onEvent((event) => {
      told.push(event);
      if (event.kind === 'openOrder' && event.orderId === 1 && answered.length === 0)
        answered = engine.place(1, 2, contract, buy(1, limit(10)));
    });
    engine.place(1, 1, contract, buy(1, limit(10)));
    expect(brief(answered)).toEqual(['openOrder 2 Submitted', 'orderStatus 2 Submitted 0/1']);
    expect(brief(told)).toEqual([
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/1',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
    ]);
  });

  it('wakes orders at the instants they wait for, the next one only', () => {
    const desk = openDesk({ options: { acknowledge: 'direct' } });
    desk.place(1, AAPL, buy(1, limit(10)));
    desk.place(2, AAPL, buy(1, limit(10)));
    expect(desk.clock.pending).toBe(1);
    desk.take();
    desk.clock.advance(500);
    expect(brief(desk.take())).toEqual([
      'openOrder 1 Submitted',
      'orderStatus 1 Submitted 0/1',
      'openOrder 2 Submitted',
      'orderStatus 2 Submitted 0/1',
    ]);
    desk.clock.advance(10_000);
    expect(desk.take()).toHaveLength(4);
    expect(desk.clock.pending).toBe(1); // their day ends
  });
});
