// Changes that nobody answers, and orders that nobody ever speaks of: what the lists say of them.

import { describe, expect, it } from 'vitest';
import { NotChangedError } from '../../../../src/client/orders/order-errors.js';
import { TimeoutError } from '../../../../src/client/wire/errors.js';
import { type HandTimer, handTimer } from '../../../helpers/hand-timer.js';
import type { Peer, Script } from '../../../helpers/scripted-gateway.js';
import { AAPL, buy, type Desk, deskWith, placedBy, says, until } from '../trades/desk.js';

async function meet(on: Script['on'] = {}, serverVersion = 225): Promise<{ desk: Desk; timer: HandTimer }> {
  const timer = handTimer();
  return { desk: await deskWith({ serverVersion, on }, { timer, silence: 0, orders: { patience: { silence: 5_000 } } }), timer };
}

/** Takes the order, says nothing of its change, and lists it as `listed` says. */
const silentVenue = (listed: (peer: Peer) => void): NonNullable<Script['on']> => ({
  placeOrder: (_, peer) => {
    if (peer.received.filter(({ kind }) => kind === 'placeOrder').length === 1) says(peer).open('Submitted');
  },
  reqAllOpenOrders: (_, peer) => {
    listed(peer);
    peer.send('openOrderEnd', {});
  },
});

async function changed(on: NonNullable<Script['on']>, serverVersion = 225, timeout = 10_000) {
  const { desk, timer } = await meet(on, serverVersion);
  const trade = desk.ib.orders.place(AAPL, buy());
  await until(() => trade.state.at === 'working');
  const outcome = trade.modify({ lmtPrice: 180 }, { timeout }).catch((error: unknown) => error);
  await until(() => placedBy(desk.gateway).length === 2);
  await timer.advance(timeout / 2);
  if (timeout >= 6_000 && on.reqAllOpenOrders?.length !== 0) await until(() => desk.story.includes('reconciled change'));
  await timer.advance(timeout / 2);
  return { desk, trade, outcome: await outcome };
}

describe('a change that the venue refuses and tells nobody', () => {
  it.each([176, 226])(
    'ends under a code of its own when a list shows the old terms, which a next change starts from (%i)',
    async (sv) => {
      const { desk, trade, outcome } = await changed(
        silentVenue((peer) => says(peer).open('Submitted')),
        sv,
      );
      await using _ = desk;
      expect(outcome).toBeInstanceOf(NotChangedError);
      expect(outcome).toBeInstanceOf(TimeoutError);
      expect(outcome).toMatchObject({ code: 'NOT_CHANGED', asked: 'modify', reported: { lmtPrice: 187.5 } });
      expect([trade.state.at, trade.asked, trade.draft?.lmtPrice]).toEqual(['working', 'place', 187.5]);
    },
  );

  it('was made all the same where the list shows the new terms', async () => {
    const { desk, outcome } = await changed(silentVenue((peer) => says(peer).open('Submitted', { lmtPrice: 180 })));
    await using _ = desk;
    expect(outcome).toEqual({ at: 'modified' });
  });

  it.each<readonly [string, NonNullable<Script['on']>, number]>([
    ['the list does not name the order', silentVenue(() => {}), 10_000],
    ['no list is answered', { ...silentVenue(() => {}), reqAllOpenOrders: () => {} }, 10_000],
    ['the call is too short for a list to tell', silentVenue((peer) => says(peer).open('Submitted')), 5_000],
  ])('is a plain timeout where %s', async (_, on, timeout) => {
    const { desk, outcome } = await changed(on, 225, timeout);
    await using __ = desk;
    expect(outcome).toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('a new order that nobody ever speaks of on a living link', () => {
  /** Lists are asked for after 5, 20 and 65 s. `silent`: the kind of which no list is answered. */
  async function silence(asks: 2 | 3, silent?: 'reqAllOpenOrders' | 'reqExecutions' | 'reqCompletedOrders') {
    const { desk, timer } = await meet(silent === undefined ? {} : { [silent]: () => {} });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => placedBy(desk.gateway).length === 1);
    const placedAt = timer.now();
    for (const [asked, after] of [5_000, 20_000, 65_000].slice(0, asks).entries()) {
      await timer.advance(placedAt + after - timer.now());
      await until(() => desk.gateway.received.filter(({ kind }) => kind === (silent ?? 'reqAllOpenOrders')).length > asked);
      if (silent !== undefined) await timer.advance(200);
      await until(() => desk.story.filter((word) => word === 'reconciled silence').length > asked);
    }
    return { desk, trade };
  }

  it('is unclear while it may only be slow: orders for the close have been silent for half a minute', async () => {
    const { desk, trade } = await silence(2);
    await using _ = desk;
    expect([trade.state, trade.end]).toEqual([{ at: 'unclear', why: 'vanished' }, undefined]);
  });

  it('never arrived, when open orders, executions and completed orders asked for after a minute do not name it', async () => {
    const { desk, trade } = await silence(3);
    await using _ = desk;
    expect(await trade.done).toMatchObject({
      at: 'rejected',
      reason: { by: 'client', text: expect.stringContaining('arrived') },
    });
    const reports = desk.heard.flatMap((event) => (event.is === 'reconciled' ? [event.report] : []));
    expect(reports.map(({ neverArrived }) => neverArrived)).toEqual([[], [], [trade]]);
    expect(desk.ib.orders.book.live).toEqual([]);
  });

  it.each(['reqAllOpenOrders', 'reqExecutions', 'reqCompletedOrders'] as const)(
    'stays unclear without an answer to %s',
    async (kind) => {
      const { desk, trade } = await silence(3, kind);
      await using _ = desk;
      expect([trade.state.at === 'sent' || trade.state.at === 'unclear', trade.end]).toEqual([true, undefined]);
    },
  );
});
