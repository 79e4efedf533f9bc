// 201 is a refusal of an order, of a change or of a cancel: what it was of an order that works, its status or the lists say.

import { describe, expect, it } from 'vitest';
import type { Peer, Script } from '../../../helpers/scripted-gateway.js';
import { AAPL, buy, type Desk, deskWith, says, until } from './desk.js';

const REFUSED = 'Order rejected - reason:The order size is too large.';
type Say = (order: ReturnType<typeof says>, peer: Peer) => void;

async function afterWorking(serverVersion: number, then: Say, lists: 'named' | 'empty' | 'silent' = 'empty'): Promise<Desk> {
  const silent = { reqAllOpenOrders: () => {}, reqExecutions: () => {}, reqCompletedOrders: () => {} };
  const named = {
    reqAllOpenOrders: (_: unknown, peer: Peer) => {
      says(peer).open('Submitted');
      peer.send('openOrderEnd', {});
    },
  };
  // Lists that are answered are waited for, however slow the machine is.
  const options = lists === 'silent' ? {} : { orders: { reconcile: { openOrders: 10_000, executions: 10_000 } } };
  const script: Script = {
    serverVersion,
    on: {
      placeOrder(_, peer) {
        says(peer).open('Submitted');
        says(peer).status('Submitted');
        then(says(peer), peer);
      },
      ...(lists === 'named' ? named : {}),
      ...(lists === 'silent' ? silent : {}),
    },
  };
  return deskWith(script, options);
}

describe.each([176, 226])('201 on an order that works, at server version %i', (serverVersion) => {
  it('shows nothing as rejected while the lists are asked, and the order lives where they name it', async () => {
    await using desk = await afterWorking(serverVersion, (order) => order.error(201, REFUSED), 'named');
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => desk.story.includes('reconciled notice'));
    await until(() => trade.state.at === 'working');
    expect(desk.story).toContain('state unclear');
    expect(desk.story.filter((word) => /rejected|reopened/.test(word))).toEqual([]);
  });

  it.each<readonly [string, 'empty' | 'silent', Say]>([
    ['the lists do not name it', 'empty', (order) => order.error(201, REFUSED)],
    ['the lists are not answered', 'silent', (order) => order.error(201, REFUSED)],
    [
      'it is Inactive afterwards',
      'silent',
      (order) => {
        order.error(201, REFUSED);
        order.status('Inactive');
      },
    ],
    [
      'it is Cancelled afterwards',
      'empty',
      (order) => {
        order.error(201, REFUSED);
        order.status('Cancelled');
      },
    ],
    [
      'it was Cancelled just before',
      'empty',
      (order) => {
        order.status('Cancelled');
        order.error(201, REFUSED);
      },
    ],
    [
      'it is said twice',
      'empty',
      (order) => {
        order.error(201, REFUSED);
        order.error(201, REFUSED);
      },
    ],
    [
      'the connection is lost behind it',
      'empty',
      (order, peer) => {
        order.error(201, REFUSED);
        peer.cut();
      },
    ],
  ])('is a rejection where %s, told once', async (_, lists, then) => {
    await using desk = await afterWorking(serverVersion, then, lists);
    const end = await desk.ib.orders.place(AAPL, buy()).done;
    expect(end).toMatchObject({ at: 'rejected', reason: { code: 201, text: REFUSED } });
    expect(desk.story.filter((word) => word.startsWith('end') || word === 'reopened')).toEqual(['end rejected']);
  });

  it('changes nothing of what was executed', async () => {
    await using desk = await afterWorking(serverVersion, (order) => {
      order.exec('a.1.01', '40');
      order.charge('a.1.01', 1);
      order.error(201, REFUSED);
      order.status('Inactive', '40', '60');
    });
    const end = await desk.ib.orders.place(AAPL, buy()).done;
    expect([end.at, end.filled.toFixed(), end.isReported]).toEqual(['rejected', '40', true]);
  });
});

describe.each([176, 226])('a list of open orders that was asked for before the 201, at server version %i', (serverVersion) => {
  const lists = (second: 'named' | 'empty'): Script => {
    let asked = 0;
    return {
      serverVersion,
      on: {
        placeOrder: (_, peer) => says(peer).status('Submitted'),
        reqAllOpenOrders(_, peer) {
          asked++;
          if (asked === 1 || second === 'named') says(peer).open('Submitted');
          if (asked === 1) says(peer).error(201, REFUSED);
          peer.send('openOrderEnd', {});
        },
      },
    };
  };
  const patient = { orders: { reconcile: { openOrders: 10_000, executions: 10_000 } } };

  it('acquits nobody: the order is rejected where the list that is asked for behind it does not name it', async () => {
    await using desk = await deskWith(lists('empty'), patient);
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await desk.ib.orders.book.reconcile();
    expect(await trade.done).toMatchObject({ at: 'rejected', reason: { code: 201, text: REFUSED } });
    expect(desk.story.filter((word) => /state (unclear|working|rejected)/.test(word))).toEqual([
      'state working',
      'state unclear',
      'state rejected',
    ]);
  });

  it('nor is it needed: one behind it that names the order shows that a change was refused', async () => {
    await using desk = await deskWith(lists('named'), patient);
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await desk.ib.orders.book.reconcile();
    await until(() => trade.state.at === 'working');
    expect(desk.story.filter((word) => word.startsWith('reconciled')).length).toBe(2);
  });
});
