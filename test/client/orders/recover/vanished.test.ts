// An order that was at work and that no list names any more: doubted at first, over once whole lists have lacked it for long enough.
import { describe, expect, it } from 'vitest';
import { createAbsent } from '../../../../src/client/orders/recover/absent.js';
import { daysBack, reachesBack } from '../../../../src/client/orders/recover/days-back.js';
import type { Script } from '../../../helpers/scripted-gateway.js';
import { AAPL, buy, type DeskByHand, deskByHand, says } from '../trades/desk.js';

/** What lists name, as it changes. */
interface Lists {
  isListed: boolean;
}

async function working(more: Script = {}): Promise<{ hand: DeskByHand; lists: Lists; trade: ReturnType<typeof placedIn> }> {
  const lists: Lists = { isListed: true };
  const hand = await deskByHand({
    ...more,
    on: {
      placeOrder: (_, peer) => {
        says(peer).open('Submitted');
        says(peer).status('Submitted');
      },
      reqCurrentTimeInMillis: (_, peer) => peer.send('currentTimeInMillis', { timeInMillis: 1_788_357_600_000 }),
      reqAllOpenOrders: (_, peer) => {
        if (lists.isListed) says(peer).open('Submitted');
        peer.send('openOrderEnd', {});
      },
      ...more.on,
    },
  });
  const trade = placedIn(hand);
  await hand.pass(1_000);
  expect(trade.state.at).toBe('working');
  return { hand, lists, trade };
}

const placedIn = (hand: DeskByHand) => hand.desk.ib.orders.place(AAPL, buy());
const asked = (hand: DeskByHand): void => void hand.desk.ib.orders.book.reconcile().catch(() => {});

describe('an acknowledged order that no list names any more', () => {
  it('is doubted, asked about after a minute on the living link, and over then', async () => {
    const { hand, lists, trade } = await working();
    await using _ = hand;
    lists.isListed = false;
    asked(hand);
    await hand.pass(59_000);
    expect(trade.state).toEqual({ at: 'unclear', why: 'vanished' });
    await hand.pass(2_000);
    expect(trade.state.at).toBe('cancelled');
    await hand.pass(1_000);
    expect(trade.end).toMatchObject({ at: 'cancelled', reason: { by: 'unknown', text: expect.stringMatching(/no list/) } });
  });

  it('works on where a later list names it, and the doubt begins anew', async () => {
    const { hand, lists, trade } = await working();
    await using _ = hand;
    lists.isListed = false;
    asked(hand);
    await hand.pass(30_000);
    lists.isListed = true;
    asked(hand);
    await hand.pass(1_000);
    expect(trade.state.at).toBe('working');
    lists.isListed = false;
    asked(hand);
    await hand.pass(50_000);
    expect(trade.state.at).toBe('unclear');
  });

  it('ends with the code that it was answered with', async () => {
    const { hand, lists, trade } = await working();
    await using _ = hand;
    lists.isListed = false;
    says(hand.desk.peer).error(19_999, 'Something newer than this');
    await hand.pass(63_000);
    await hand.pass(62_000);
    expect(trade.end).toMatchObject({ at: 'cancelled', reason: { code: 19_999, by: 'gateway' } });
  });

  it('fills that a list brings count: what was filled is told with the end', async () => {
    const { hand, lists, trade } = await working({
      on: {
        reqExecutions: (request, peer) => {
          if (!lists.isListed) says(peer).exec('a.1.01', '40', 187.5, request.reqId);
          peer.send('execDetailsEnd', { reqId: request.reqId });
        },
      },
    });
    await using _ = hand;
    lists.isListed = false;
    asked(hand);
    await hand.pass(70_000);
    expect(trade.end?.at).toBe('cancelled');
    expect([trade.end?.filled.toFixed(), trade.end?.remaining?.toFixed()]).toEqual(['40', '60']);
  });
});

describe('what lists that lack an order come to', () => {
  const S = 1_000;
  const WHOLE = { areWhole: true, reachBack: true };
  const orderOf = (record: object = {}, more: object = {}) => ({ isPlaced: true, notices: [], record, ...more }) as never;
  const vanished = orderOf({ doubt: 'vanished' });

  it('on the living link they decide after a minute, after a lost connection after five: numbers of accounts take four', () => {
    for (const [doubt, wait] of [
      [undefined, 60 * S],
      ['disconnected', 300 * S],
    ] as const) {
      const absent = createAbsent();
      const trade: { record: { doubt: string | undefined } } = orderOf({ doubt });
      expect(absent.missed(trade as never, 0, WHOLE)).toEqual({ reason: undefined, lookAt: wait });
      trade.record.doubt = 'vanished';
      expect(absent.missed(trade as never, wait - 1, WHOLE).reason).toBeUndefined();
      expect(absent.missed(trade as never, wait, WHOLE).reason).toMatchObject({ by: 'unknown' });
    }
  });

  it('the orders of others wait as long: their executions come by no link', () => {
    const absent = createAbsent();
    const foreign = orderOf({ doubt: undefined }, { isPlaced: false });
    expect(absent.missed(foreign, 0, WHOLE).lookAt).toBe(300 * S);
  });

  it('lists that did not come whole decide nothing, and are asked for again', () => {
    const absent = createAbsent();
    expect(absent.missed(vanished, 0, { ...WHOLE, areWhole: false })).toEqual({ reason: undefined, lookAt: 60 * S });
    expect(absent.missed(vanished, 900 * S, WHOLE).reason).toBeUndefined();
    expect(absent.missed(vanished, 950 * S, { ...WHOLE, areWhole: false }).reason).toBeUndefined();
    expect(absent.missed(vanished, 960 * S, WHOLE).reason).toMatchObject({ by: 'unknown' });
  });

  it('nothing is over where executions of the time in between cannot be asked for, nor an instruction', () => {
    const absent = createAbsent();
    const short = { areWhole: true, reachBack: false };
    expect(absent.missed(vanished, 0, short)).toEqual({ reason: undefined, lookAt: undefined });
    expect(absent.missed(vanished, 900 * S, WHOLE).reason).toBeUndefined();
    const instruction = orderOf({ doubt: 'vanished' }, { draft: { act: 'exercise' } });
    absent.missed(instruction, 0, WHOLE);
    expect(absent.missed(instruction, 900 * S, WHOLE).reason).toBeUndefined();
  });

  it('an end that was asked for here is the user’s', () => {
    const absent = createAbsent();
    const trade = orderOf({ doubt: 'vanished', isCancelAsked: true });
    absent.missed(trade, 0, WHOLE);
    expect(absent.missed(trade, 60 * S, WHOLE).reason).toMatchObject({ by: 'user' });
  });

  it.each<[number, number, number, boolean]>([
    [176, 0, 1, true],
    [176, 0, 25, false],
    [176, -30, 1, false],
    [176, -90, 1, true],
    [226, -30, 25, true],
    [226, 0, 24 * 8, false],
  ])('at server version %i, %i minutes from UTC, executions reach back from %i h after midnight: %s', (...row) => {
    const [serverVersion, hostOffset, hours, reaches] = row;
    const core = { serverVersion, hostOffset, timer: { now: () => hours * 3_600 * S } };
    expect(reachesBack(core as never, 0)).toBe(reaches);
  });

  it.each<[number, number, object]>([
    [176, 0, {}],
    [226, 0, { lastNDays: 2 }],
    [226, 10, { lastNDays: 2 }],
    [226, 25 * 60, { lastNDays: 3 }],
    [226, 9 * 1_440, { lastNDays: 7 }],
  ])(
    'at server version %i, %i minutes after the last whole answer, executions are asked for by %j',
    (version, minutes, filter) => {
      const core = { serverVersion: version, hostOffset: 0, timer: { now: () => minutes * 60 * S } };
      expect(daysBack(core as never, 0)).toEqual(filter);
    },
  );
});
