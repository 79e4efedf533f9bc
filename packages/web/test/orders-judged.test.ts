import { memorySink, type OrderDraft, RuleError } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { readOrderAnswer } from '../src/orders/answer.js';
import { ticketOf } from '../src/orders/ticket.js';
import { AAPL, limit, opened } from './order-world.js';

const PLACE = 'POST /iserver/account/{accountId}/orders';
type World = Awaited<ReturnType<typeof opened>>;

/** A ledger as the world has it, but for this. */
function ledger({ web }: World, change: (rows: Record<string, Record<string, unknown>>) => void): void {
  const { handle } = web;
  Object.assign(web, {
    send: async ({ method, url, body }: { method: string; url: URL; body?: string }) => {
      const answer = handle(method, `${url.pathname}${url.search}`, body);
      if (answer === 'lost' || !url.pathname.endsWith('/ledger')) return answer;
      const rows = JSON.parse(answer.body);
      change(rows);
      return { ...answer, body: JSON.stringify(rows) };
    },
  });
}
const refusal = async (work: Promise<unknown>): Promise<readonly { code: string; message: string }[]> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RuleError) return error.findings;
  throw error ?? new Error('it was taken');
};

it('waits once for the list of executions, which may be asked once in five seconds, though nothing has traded', async () => {
  const made = await opened();
  await made.run(made.client.orders.judge(AAPL, limit('a')));
  const asked = made.web.seen.filter(({ name }) => name === 'GET /iserver/account/trades');
  expect(asked).toHaveLength(2); // by the session as it opened, and now
  await made.close();
});

describe('settled cash that nobody tells', () => {
  const untold = (rows: Record<string, Record<string, unknown>>): void => {
    for (const row of Object.values(rows)) delete row['settledcash'];
  };

  it('is not known, and not nothing: a purchase is refused because of that, and says so', async () => {
    const made = await opened();
    ledger(made, untold);
    const [first, ...others] = await refusal(made.run(made.client.orders.place(AAPL, limit('a'))));
    expect(first).toMatchObject({
      code: 'SNAPSHOT-STALE',
      message: expect.stringMatching(/of USD nobody has told how much is settled/),
    });
    expect([first, ...others].map((one) => one?.message).join(' ')).not.toMatch(/only 0/);
    expect(made.posts()).toEqual([]);
    await made.close();
  });

  it('keeps nobody from selling what is held', async () => {
    const made = await opened({}, { holdings: { AAPL: 5 } });
    ledger(made, untold);
    expect(await made.run(made.client.orders.place(AAPL, limit('a', { action: 'SELL', lmtPrice: 500 })))).toMatchObject({
      at: 'working',
    });
    await made.close();
  });

  it('does not matter where unsettled money may be spent, or may be borrowed', async () => {
    for (const more of [{ policy: { allowUnsettled: true } }, { kinds: { DU9000001: 'reg-t' } }]) {
      const made = await opened({ orders: more });
      ledger(made, untold);
      expect(await made.run(made.client.orders.place(AAPL, limit('a')))).toMatchObject({ at: 'working' });
      await made.close();
    }
  });

  it('does not hide that all of the cash would not do', async () => {
    const made = await opened({}, { cash: { USD: 100 } });
    ledger(made, untold);
    expect((await refusal(made.run(made.client.orders.place(AAPL, limit('a'))))).map(({ code }) => code)).toEqual(['CASH-DEBIT']);
    await made.close();
  });

  it('that is told as less is not spent', async () => {
    const made = await opened();
    ledger(made, (rows) => Object.assign(rows['USD'] ?? {}, { settledcash: 10 }));
    expect((await refusal(made.run(made.client.orders.place(AAPL, limit('a'))))).map(({ code }) => code)).toEqual([
      'CASH-UNSETTLED',
    ]);
    await made.close();
  });
});

describe('what the broker keeps for minutes', () => {
  const market = (orderRef: string, more: Partial<OrderDraft>): OrderDraft =>
    ({ action: 'SELL', orderType: 'MKT', totalQuantity: '5', tif: 'DAY', orderRef, ...more }) as OrderDraft;

  it.each([false, true])('shares that were sold are not sold again (the fresh list is away: %s)', async (isAway) => {
    const { client, run, web, gateway, placed, close } = await opened({}, { holdings: { AAPL: 5 } });
    Object.assign(web.faults, { stalePortfolio: true, freshPositionsAway: isAway });
    await run(client.accounts.positions()); // from here on it is kept
    expect(await run(client.orders.place(AAPL, market('first', {})))).toMatchObject({ at: 'working' });
    await gateway.advance(2_000);
    expect(placed('first')).toMatchObject([{ status: 'Filled' }]);
    expect((await refusal(run(client.orders.place(AAPL, market('again', {}))))).map(({ code }) => code)).toContain(
      'CASH-SHORT-STOCK',
    );
    expect(placed('again')).toEqual([]);
    await close();
  });

  it('money that was spent is not spent again', async () => {
    const { client, run, web, gateway, placed, close } = await opened({}, { cash: { USD: 1_000 } });
    web.faults.stalePortfolio = true;
    await run(client.accounts.cash('DU9000001'));
    const buy = limit('first', { lmtPrice: 340, totalQuantity: '2' as never });
    expect(await run(client.orders.place(AAPL, buy))).toMatchObject({ at: 'working' });
    await gateway.advance(2_000);
    expect(placed('first')).toMatchObject([{ status: 'Filled' }]);
    const again = { ...buy, orderRef: 'again' };
    expect((await refusal(run(client.orders.place(AAPL, again)))).map(({ code }) => code)).toContain('CASH-DEBIT');
    await close();
  });
});

describe('an account that may borrow', () => {
  it('is judged by its funds, and by what the broker says of margin that is not estimated here', async () => {
    const { client, run, web, posts, close } = await opened(
      { orders: { kinds: { DU9000001: 'portfolio-margin' } } },
      { kind: 'individual-margin', cash: { USD: 110_000 } },
    );
    const place = (ref: string) => run(client.orders.place(AAPL, limit(ref, { totalQuantity: '500' as never })));
    expect(await place('a')).toMatchObject({ at: 'working' });
    expect(web.seen.filter(({ path }) => path.endsWith('/whatif'))).toHaveLength(1);
    for (const ref of ['b', 'c', 'd', 'e', 'f']) if ((await place(ref).catch(() => undefined)) === undefined) break;
    expect((await refusal(place('g'))).map(({ code }) => code)).toEqual(['MARGIN-FUNDS']);
    expect(posts().length).toBeGreaterThan(1); // what works before counts with what the broker said of it
    await close();
  });
});

describe('an order of unknown outcome', () => {
  it('counts against the account until a list shows it or its owner says that there is none', async () => {
    const { client, run, web, placed, close } = await opened({}, { cash: { USD: 1_000 } });
    web.faults.requestLost.push(PLACE);
    const two = (orderRef: string) => limit(orderRef, { totalQuantity: '2' as never });
    expect(await run(client.orders.place(AAPL, two('lost')))).toMatchObject({ at: 'unknown' });
    expect((await refusal(run(client.orders.place(AAPL, two('next'))))).map(({ code }) => code)).toContain('CASH-DEBIT');
    client.orders.dismiss('lost');
    expect(await run(client.orders.place(AAPL, two('next')))).toMatchObject({ at: 'working' });
    expect([placed('lost').length, placed('next').length]).toEqual([0, 1]);
    await close();
  });

  it('a reference that another program has used is refused before anything leaves', async () => {
    const sink = memorySink();
    const { gateway, client, run, posts, close } = await opened({ orders: { journal: sink } });
    gateway.engine.place(
      5,
      1,
      { conId: AAPL.conId, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
      {
        action: 'BUY',
        totalQuantity: '2',
        orderType: 'LMT',
        lmtPrice: 99,
        tif: 'GTC',
        account: 'DU9000001',
        orderRef: 'theirs',
        transmit: true,
      },
    );
    await expect(run(client.orders.place(AAPL, limit('theirs')))).rejects.toThrow(/used before/);
    expect([posts(), sink.lines]).toEqual([[], []]);
    await close();
  });

  it('a session that is not ready in time: nothing has left, and the reference is free', async () => {
    const { client, run, web, timer, posts, close } = await opened();
    web.compete(true);
    await timer.advance(120_000);
    await expect(run(client.orders.place(AAPL, limit('wait'), { timeout: 5_000 }))).rejects.toThrow(/brokerage session/);
    web.compete(false);
    client.reopen();
    expect(await run(client.orders.place(AAPL, limit('wait')))).toMatchObject({ at: 'working' });
    expect(posts()).toHaveLength(1);
    await close();
  });
});

describe('a journal', () => {
  it('that cannot be written keeps the order at home', async () => {
    const sink = {
      ...memorySink(),
      write: () => {
        throw new Error('the disk is full');
      },
    };
    const { client, run, posts, close } = await opened({ orders: { journal: sink } });
    await expect(run(client.orders.place(AAPL, limit('full')))).rejects.toMatchObject({ code: 'JOURNAL' });
    expect(posts()).toEqual([]);
    await close();
  });

  it('that breaks after the order has left does not hide what became of it; the next order stays', async () => {
    const kept = memorySink();
    let room = 1;
    const sink = {
      ...kept,
      write(line: string) {
        room -= 1;
        if (room < 0) throw new Error('the disk is full');
        return kept.write(line);
      },
    };
    const { client, run, posts, close } = await opened({ orders: { journal: sink } });
    expect(await run(client.orders.place(AAPL, limit('last')))).toMatchObject({ at: 'working' });
    await expect(run(client.orders.place(AAPL, limit('more')))).rejects.toMatchObject({ code: 'JOURNAL' });
    expect(posts()).toHaveLength(1);
    await close();
  });
});

describe('a ticket', () => {
  const ticket = (more: object) => () => ticketOf(265598, { ...limit('t'), ...more } as OrderDraft, 'DU9000001');

  it.each([
    [{ lmtprice: 3 }, /order.lmtprice: no such field, did you mean lmtPrice/],
    [{ goodTillDate: '20260101' }, /order.goodTillDate: the Web API has no such field/],
    [{ transmit: false }, /order.transmit/],
    [{ orderType: 'TRAIL LIMIT' }, /order.orderType: the Web API takes LMT/],
    [{ lmtPrice: undefined }, /order.lmtPrice: a LMT order needs it/],
    [{ orderType: 'STP' }, /order.auxPrice: a STP order needs it/],
    [{ orderType: 'TRAIL', auxPrice: 1, trailingPercent: 2 }, /and not both/],
    [{ totalQuantity: '0' }, /order.totalQuantity: above 0/],
    [{ totalQuantity: 'many' }, /order.totalQuantity: is no decimal number/],
    [{ cashQty: 100 }, /money or a count, not both/],
    [{ tif: 'GTD' }, /order.tif/],
    [{ orderRef: 'with blank' }, /order.orderRef/],
  ])('%j is refused by name', (more, words) => expect(ticket(more)).toThrow(words));

  it('writes numbers digit by digit, and money without a count', () => {
    expect(ticket({ totalQuantity: '0.5', lmtPrice: 300.01 })()).toMatchObject({ quantity: 0.5, price: 300.01 });
    expect(ticket({ totalQuantity: '12345678901234567.5' })()).toMatchObject({ quantity: '12345678901234567.5' });
    const byMoney = ticket({ totalQuantity: '0', cashQty: 500, orderType: 'MKT', lmtPrice: undefined })();
    expect(byMoney).toMatchObject({ cashQty: 500 });
    expect('quantity' in byMoney).toBe(false);
  });
});

describe('an answer to an order', () => {
  const read = (value: unknown) => readOrderAnswer({ at: 'answer', value, troubles: [], unknown: [] });

  it.each([
    [[{ order_status: 'Submitted' }], { at: 'legs', legs: [{ at: 'unclear' }] }],
    [[{ order_id: 'abc', order_status: 'Submitted' }], { at: 'legs', legs: [{ at: 'unclear' }] }],
    [[{ order_id: '0', order_status: 'Submitted' }], { at: 'legs', legs: [{ at: 'rejected' }] }],
    [[{ order_id: '5', order_status: 'submitted' }], { at: 'legs', legs: [{ at: 'unclear' }] }],
    [{ error: 'too far', order_id: '7' }, { at: 'unknown' }],
    [
      { orderId: '7', reqId: '9', text: 'algo?', options: ['Yes', 'No'], messageId: 'p12' },
      { at: 'prompt', messageId: 'p12' },
    ],
    [[], { at: 'unknown' }],
    [undefined, { at: 'unknown' }],
    [[{ id: 'q', message: ['sure?'] }], { at: 'question', questions: [{ messageIds: [] }] }],
  ])('%j', (value, meaning) => expect(read(value)).toMatchObject(meaning));
});
