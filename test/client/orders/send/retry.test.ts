// A child whose parent the gateway did not know yet: sent once more, as things stand in the moment in which it would leave.

import { describe, expect, it } from 'vitest';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import type { Trade } from '../../../../src/client/orders/trade.js';
import { maxOpenOrders, maxOrdersPerMinute, noDuplicate, uniqueOrderRef } from '../../../../src/rules/guards/caps.js';
import type { Guard } from '../../../../src/rules/guards/guard.js';
import type { Script } from '../../../helpers/scripted-gateway.js';
import type { Peer } from '../../../witness/peer.js';
import { MSFT, scene } from '../../../witness/scene.js';
import { AAPL, buy, type DeskByHand, deskByHand, placedBy, says } from '../trades/desk.js';

const CHILD = 2;
const childSays = (hand: DeskByHand) => says(hand.desk.peer, { orderId: CHILD, permId: String(CHILD) });
const timesSent = (hand: DeskByHand): number => placedBy(hand.desk.gateway).filter(({ orderId }) => orderId === CHILD).length;

/** A bracket of which the first child came too soon. */
async function tooSoon(guards: readonly Guard[] = []): Promise<{ hand: DeskByHand; child: Trade }> {
  const script: Script = {
    on: {
      placeOrder: ({ orderId = 0 }, peer) => {
        const order = says(peer, { orderId, permId: String(orderId) });
        if (orderId === CHILD) order.error(10006, 'Missing parent order.');
        else order.status('PreSubmitted');
      },
    },
  };
  const hand = await deskByHand(script, { guards });
  const [, child] = hand.desk.ib.orders.placeGroup(AAPL, bracket(buy('1', 100), { takeProfit: 110, stopLoss: 90 }));
  await hand.pass(49);
  expect(timesSent(hand)).toBe(1);
  return { hand, child: child as Trade };
}

describe('a child that came before its parent', () => {
  it('is sent once more after 50 ms, and once only', async () => {
    const { hand } = await tooSoon();
    await using _ = hand;
    await hand.pass(1);
    expect(timesSent(hand)).toBe(2);
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(2);
  });

  it('is not sent again when it is being cancelled', async () => {
    const { hand, child } = await tooSoon();
    await using _ = hand;
    child.cancel().catch(() => {});
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(1);
  });

  it('is not sent again when it has ended', async () => {
    const { hand, child } = await tooSoon();
    await using _ = hand;
    childSays(hand).error(202, 'Order Canceled - reason:');
    await hand.pass(0);
    expect(child.state.at).toBe('cancelled');
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(1);
  });

  it('is not sent again when its parent has gone: it would sell what is not held', async () => {
    using stage = await scene({ kind: 'ira-cash' });
    const [, child] = stage.ib.orders.placeGroup(MSFT, bracket(buy('1', 50), { takeProfit: 55, stopLoss: 45 }));
    await stage.pass();
    expect(stage.venue.taken).toBe(3);
    const peer = stage.venue.peers.get(1) as Peer;
    stage.venue.say(peer, 'error', { reqId: CHILD as never, errorCode: 10006, errorString: 'Missing parent order.' });
    stage.venue.cancel('1/1');
    await stage.pass(1_000);
    expect(stage.venue.taken).toBe(3);
    const findings = expect.arrayContaining([expect.objectContaining({ code: 'IRA-SHORT-STOCK' })]);
    expect(child?.end).toMatchObject({ at: 'rejected', reason: { code: 10006, findings } });
  });
});

describe('a child that is sent once more passes the guards again', () => {
  const LIMITS = [noDuplicate(60_000), maxOrdersPerMinute(3), maxOpenOrders(3), uniqueOrderRef()];

  it('and is refused by one that has closed meanwhile: it ends, and nothing leaves', async () => {
    let isShut = false;
    const shut: Guard = () => (isShut ? [{ code: 'SHUT', severity: 'reject', message: 'nothing after noon' }] : []);
    const { hand, child } = await tooSoon([shut]);
    await using _ = hand;
    isShut = true;
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(1);
    expect(child.end).toMatchObject({ at: 'rejected', reason: { code: 10006, findings: [{ code: 'SHUT' }] } });
  });

  it('its first sending is held against it by no limit', async () => {
    const { hand, child } = await tooSoon(LIMITS);
    await using _ = hand;
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(2);
    expect(child.end?.reason?.findings).toBeUndefined(); // the gateway refuses it again
  });

  it('what others have sent since is', async () => {
    let most = 3;
    const changing: Guard = (orders, situation) => maxOrdersPerMinute(most)(orders, situation);
    const { hand } = await tooSoon([changing]);
    await using _ = hand;
    most = 2;
    await hand.pass(1_000);
    expect(timesSent(hand)).toBe(1);
  });
});
