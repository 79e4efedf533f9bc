import { bracket, type OrderDraft, RuleError } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { AAPL, limit, opened } from './order-world.js';

const CHANGE = 'POST /iserver/account/{accountId}/order/{orderId}';
const CANCEL = 'DELETE /iserver/account/{accountId}/order/{orderId}';

async function working(...more: Parameters<typeof opened>) {
  const world = await opened(...more);
  const result = await world.run(world.client.orders.place(AAPL, limit('one')));
  if (result.at !== 'working') throw new Error(`it did not work: ${JSON.stringify(result)}`);
  const changes = () => world.web.seen.filter(({ name }) => name === CHANGE);
  const modify = (more: Partial<OrderDraft>) => world.run(world.client.orders.modify(result.orderId, AAPL, limit('one', more)));
  return { ...world, orderId: result.orderId, changes, modify };
}

describe('a change', () => {
  it('is sent once with all the fields, and the order has its new terms', async () => {
    const { modify, changes, placed, orderId, close } = await working();
    expect(await modify({ lmtPrice: 301.5, totalQuantity: '3' as never })).toMatchObject({ at: 'working', orderId });
    expect(changes().map(({ body }) => body)).toEqual([
      { acctId: 'DU9000001', conid: 265598, cOID: 'one', orderType: 'LMT', side: 'BUY', tif: 'DAY', quantity: 3, price: 301.5 },
    ]);
    expect(placed('one')).toMatchObject([{ order: { lmtPrice: 301.5, totalQuantity: '3' } }]);
    await close();
  });

  it('is judged in place of what it changes, not beside it', async () => {
    const { modify, placed, close } = await working({}, { cash: { USD: 400 } });
    expect(await modify({ lmtPrice: 310 })).toMatchObject({ at: 'working' }); // 300 + 310 would be too much
    await expect(modify({ totalQuantity: '2' as never, lmtPrice: 310 })).rejects.toThrow(RuleError);
    expect(placed('one')).toMatchObject([{ order: { lmtPrice: 310, totalQuantity: '1' } }]);
    await close();
  });

  it('whose question is declined leaves the order as it was', async () => {
    const { modify, web, placed, close } = await working();
    web.faults.questions = ['o163'];
    expect(await modify({ lmtPrice: 301 })).toMatchObject({ at: 'declined', messageIds: ['o163'] });
    expect(placed('one')).toMatchObject([{ status: 'Submitted', order: { lmtPrice: 300 } }]);
    expect(web.door.session.pending).toBeUndefined();
    await close();
  });

  it('whose question is accepted goes through', async () => {
    const { modify, web, placed, close } = await working({ orders: { questions: { byId: { o163: 'accept' } } } });
    web.faults.questions = ['o163'];
    expect(await modify({ lmtPrice: 301 })).toMatchObject({ at: 'working' });
    expect(placed('one')).toMatchObject([{ order: { lmtPrice: 301 } }]);
    await close();
  });

  it.each(['placeBusyThenLive', 'placeAnswerLost'] as const)(
    'of which nobody said anything (%s) is seen in the list',
    async (fault) => {
      const { modify, web, changes, placed, close } = await working();
      web.faults[fault] = 1;
      expect(await modify({ lmtPrice: 301 })).toMatchObject({ at: 'working' });
      expect([changes().length, placed('one')[0]?.order.lmtPrice]).toEqual([1, 301]);
      await close();
    },
  );

  it('that never arrived is unknown while the list shows the old terms, and the dearer of both counts', async () => {
    const { modify, web, changes, client, run, close } = await working({}, { cash: { USD: 1_000 } });
    web.faults.requestLost.push(CHANGE);
    expect(await modify({ totalQuantity: '2' as never })).toMatchObject({
      at: 'unknown',
      why: expect.stringMatching(/as it was/),
    });
    expect(changes()).toHaveLength(1);
    const another = () => run(client.orders.place(AAPL, limit('two', { totalQuantity: '2' as never })));
    await expect(another()).rejects.toThrow(RuleError); // 600 may be taken
    client.orders.dismiss('one');
    expect(await another()).toMatchObject({ at: 'working' }); // 300 are
    await close();
  });

  it('of what is no order, of another action or with another reference leaves nothing', async () => {
    const { client, run, changes, orderId, close } = await working();
    const modify = (id: string, order: OrderDraft) => run(client.orders.modify(id, AAPL, order));
    await expect(modify('77', limit('one'))).rejects.toThrow(/orderId: no order of the day is 77/);
    await expect(modify(orderId, limit('one', { action: 'SELL' }))).rejects.toThrow(/order.action.*keeps it.*BUY/);
    await expect(modify(orderId, limit('two'))).rejects.toThrow(/order.orderRef.*keeps it/);
    expect(changes()).toEqual([]);
    await close();
  });

  it('of an order that has ended is refused', async () => {
    const { modify, client, run, orderId, close } = await working();
    await run(client.orders.cancel(orderId));
    expect(await modify({ lmtPrice: 301 })).toMatchObject({ at: 'rejected' });
    await close();
  });
});

describe('a cancel', () => {
  it('whose answer is lost is seen in the list, and is sent once', async () => {
    const { client, run, web, orderId, close } = await working();
    web.faults.answerLost.push(CANCEL);
    expect(await run(client.orders.cancel(orderId))).toEqual({ at: 'cancelled' });
    expect(web.seen.filter(({ name }) => name === CANCEL)).toHaveLength(1);
    await close();
  });

  it('that never arrived is unknown, and the order works on', async () => {
    const { client, run, web, placed, orderId, close } = await working();
    web.faults.requestLost.push(CANCEL);
    expect(await run(client.orders.cancel(orderId))).toMatchObject({ at: 'unknown', why: expect.stringMatching(/hang up/) });
    expect(placed('one')).toMatchObject([{ status: 'Submitted' }]);
    await close();
  });

  it('goes out while an order is still looked for', async () => {
    const { client, run, timer, web, placed, orderId, close } = await working();
    web.faults.requestLost.push('POST /iserver/account/{accountId}/orders');
    const lost = client.orders.place(AAPL, limit('lost'));
    await timer.advance(12_000);
    expect(await run(client.orders.cancel(orderId))).toEqual({ at: 'cancelled' });
    expect(placed('one')).toMatchObject([{ status: 'Cancelled' }]);
    expect(await run(lost)).toMatchObject({ at: 'unknown' });
    await close();
  });
});

describe('a bracket', () => {
  const exit = (orderRef: string, more: Partial<OrderDraft>): OrderDraft =>
    ({ action: 'SELL', totalQuantity: '1', tif: 'DAY', orderRef, ...more }) as OrderDraft;
  const three = [
    limit('entry'),
    exit('target', { orderType: 'LMT', lmtPrice: 400 }),
    exit('stop', { orderType: 'STP', auxPrice: 250 }),
  ];

  it('leaves in one call, its children under the reference of their parent', async () => {
    const { client, run, placed, posts, close } = await opened();
    expect(await run(client.orders.placeGroup(AAPL, three))).toMatchObject([
      { at: 'working', orderRef: 'entry' },
      { at: 'working', orderRef: 'target' },
      { at: 'working', orderRef: 'stop' },
    ]);
    expect(posts()[0]?.body).toMatchObject({
      orders: [{ cOID: 'entry' }, { parentId: 'entry' }, { parentId: 'entry', auxPrice: 250 }],
    });
    const parent = placed('entry')[0]?.orderId;
    expect([placed('target')[0]?.order.parentId, placed('stop')[0]?.order.parentId]).toEqual([parent, parent]);
    await close();
  });

  it('of the builder is taken as it is: members without a reference get one of their parent', async () => {
    const { client, run, gateway, posts, close } = await opened();
    const made = bracket(limit('b1'), { takeProfit: 400, stopLoss: 250 });
    expect(await run(client.orders.placeGroup(AAPL, made))).toMatchObject([
      { at: 'working', orderRef: 'b1' },
      { at: 'working', orderRef: 'b1.takeProfit' },
      { at: 'working', orderRef: 'b1.stopLoss' },
    ]);
    expect(posts()[0]?.body).toMatchObject({ orders: [{}, { isSingleGroup: true }, { isSingleGroup: true }] });
    expect(gateway.orders.map(({ order }) => order.ocaType)).toEqual([undefined, 2, 2]);
    await close();
  });

  it('whose exits could both fill is refused where nothing may be sold short: they are not tied', async () => {
    const { client, run, posts, close } = await opened({ orders: { policy: { ocaNeverBlocks: true } } });
    await expect(run(client.orders.placeGroup(AAPL, three))).rejects.toThrow(/SHORT-STOCK/);
    expect(posts()).toEqual([]);
    await close();
  });

  it.each([false, true])(
    'whose children are refused: the parent works, whether legs name their references (%s)',
    async (isBare) => {
      const { client, run, web, close } = await opened();
      Object.assign(web.faults, { refuseChildren: true, legsWithoutReference: isBare });
      expect(await run(client.orders.placeGroup(AAPL, three))).toMatchObject([
        { at: 'working', orderRef: 'entry' },
        { at: 'rejected', orderRef: 'target', text: expect.stringMatching(/minimum variation/) },
        { at: 'rejected', orderRef: 'stop' },
      ]);
      await close();
    },
  );

  it('of which a bare error is told: the parent that lives is found all the same', async () => {
    const { client, run, web, placed, close } = await opened();
    Object.assign(web.faults, { refuseChildren: true, bareErrorForChild: true });
    expect(await run(client.orders.placeGroup(AAPL, three))).toMatchObject([
      { at: 'working', orderRef: 'entry' },
      { at: 'rejected', orderRef: 'target' },
      { at: 'rejected', orderRef: 'stop' },
    ]);
    expect(placed('entry')).toHaveLength(1);
    await close();
  });

  it('whose children name another parent, or are held back, leaves nothing', async () => {
    const { client, run, posts, close } = await opened();
    const group = (more: Partial<OrderDraft>) =>
      run(client.orders.placeGroup(AAPL, [limit('entry'), exit('x', { orderType: 'MKT', ...more })]));
    await expect(group({ parentId: 5 })).rejects.toThrow(/placeGroup takes both/);
    await expect(group({ transmit: false })).rejects.toThrow(/holds nothing back/);
    await expect(group({ orderRef: 'entry' })).rejects.toThrow(/used before/);
    await expect(group({ account: 'DU9000002' })).rejects.toThrow(/order.account/);
    expect(posts()).toEqual([]);
    await close();
  });
});
