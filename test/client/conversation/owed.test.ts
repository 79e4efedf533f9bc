// An answer without an id that is on its way when whoever asked has gone: its rest is no answer to the next who asks.

import { describe, expect, it } from 'vitest';
import { createAccounts } from '../../../src/client/accounts/facade.js';
import { askList } from '../../../src/client/conversation/ask.js';
import { allOpenOrders, openOrders } from '../../../src/client/orders/conversations.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const ACCOUNT = 'DU9000001';
const holding = (conId: number) => ({
  account: ACCOUNT,
  contract: { conId, symbol: `S${conId}`, secType: 'STK' },
  position: '10',
});
const asked = (paper: PaperSession, kind: string) => paper.sent.filter((one) => one.kind === kind);

describe('positions() that is given up in the middle of its answer, and is asked for again', () => {
  async function givenUp() {
    const paper = await paperSession();
    const accounts = createAccounts(paper.session);
    const abort = new AbortController();
    const first = accounts.positions({ signal: abort.signal });
    await settle();
    paper.say('position', holding(1));
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    const second = accounts.positions();
    await settle();
    return { paper, second };
  }

  it('has every holding, and not only those behind the place where it was given up', async () => {
    const { paper, second } = await givenUp();
    let isOver = false;
    void second.then(() => {
      isOver = true;
    });
    paper.say('position', holding(2));
    paper.say('positionEnd', {});
    await settle();
    expect(isOver).toBe(false);
    for (const conId of [1, 2]) paper.say('position', holding(conId));
    paper.say('positionEnd', {});
    expect((await second).map(({ contract }) => contract.conId).sort()).toEqual([1, 2]);
    paper.session.close();
    expect(paper.timer.pending).toBe(0);
  });

  it('ends too where the gateway dropped the first answer: it is asked for once more', async () => {
    const { paper, second } = await givenUp();
    for (let asks = 2; asks <= 3; asks++) {
      expect(asked(paper, 'reqPositions')).toHaveLength(asks);
      for (const conId of [1, 2]) paper.say('position', holding(conId));
      paper.say('positionEnd', {});
    }
    expect(await second).toHaveLength(2);
  });

  it('is asked for once where the end of the first came while nobody waited', async () => {
    const paper = await paperSession();
    const accounts = createAccounts(paper.session);
    const abort = new AbortController();
    const first = accounts.positions({ signal: abort.signal });
    await settle();
    abort.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    paper.say('positionEnd', {});
    const second = accounts.positions();
    await settle();
    paper.say('position', holding(3));
    paper.say('positionEnd', {});
    expect(await second).toHaveLength(1);
    expect(asked(paper, 'reqPositions')).toHaveLength(2);
  });

  it('is asked for once after a minute, and on another connection', async () => {
    const { paper, second } = await givenUp();
    await paper.timer.advance(31_000);
    await expect(second).rejects.toMatchObject({ code: 'TIMEOUT' });
    paper.cut();
    await paper.timer.advance(1_000);
    const third = createAccounts(paper.session).positions();
    await settle();
    paper.say('positionEnd', {});
    await expect(third).resolves.toEqual([]);
  });
});

describe.each([
  ['of this client', openOrders],
  ['of all clients', allOpenOrders],
])('a list of open orders %s', (_, spec) => {
  it('that ran out of time in the middle is no part of the next', async () => {
    const paper = await paperSession();
    const order = (orderId: number) => ({ orderId, contract: { conId: 1 }, order: {}, orderState: {} });
    const first = askList(paper.session, spec, {}, { timeout: 1_000 });
    await settle();
    paper.say('openOrder', order(1));
    const late = expect(first).rejects.toMatchObject({ code: 'TIMEOUT', seen: 1 });
    await paper.timer.advance(1_000);
    await late;
    const second = askList(paper.session, spec, {});
    await settle();
    paper.say('openOrder', order(2));
    paper.say('openOrderEnd', {});
    paper.say('openOrder', order(1));
    paper.say('openOrder', order(2));
    paper.say('openOrderEnd', {});
    expect((await second).map((row) => row.orderId)).toEqual([1, 2]);
    expect(asked(paper, spec.open)).toHaveLength(3);
    paper.session.close();
    expect(paper.timer.pending).toBe(0);
  });
});

describe('account updates', () => {
  const row = (accountName: string, conId: number) => ({
    accountName,
    contract: { conId, symbol: `S${conId}`, secType: 'STK' },
    position: '10',
  });

  it("of one account do not end with the end of another's that had the slot before", async () => {
    const paper = await paperSession();
    const accounts = createAccounts(paper.session);
    const before = accounts.portfolio('DU9000002');
    await settle();
    paper.say('updatePortfolio', row('DU9000002', 1));
    before.close();
    const mine = accounts.portfolio(ACCOUNT);
    await settle();
    let isWhole = false;
    const whole = mine.complete().then(() => {
      isWhole = true;
    });
    paper.say('updatePortfolio', row('DU9000002', 2));
    paper.say('accountDownloadEnd', { accountName: 'DU9000002' });
    await settle();
    expect([isWhole, mine.view.rows.size, mine.state.at]).toEqual([false, 0, 'opening']);
    paper.say('updatePortfolio', row(ACCOUNT, 3));
    paper.say('accountDownloadEnd', { accountName: ACCOUNT });
    await whole;
    expect([...mine.view.rows.values()].map(({ contract }) => contract.conId)).toEqual([3]);
    expect(asked(paper, 'reqAccountUpdates').map(({ message }) => message['subscribe'])).toEqual([true, false, true]);
  });

  it('of an account that were left in the middle are whole when they are opened again', async () => {
    const paper = await paperSession();
    const accounts = createAccounts(paper.session);
    const before = accounts.portfolio(ACCOUNT);
    await settle();
    paper.say('updatePortfolio', row(ACCOUNT, 1));
    before.close();
    const mine = accounts.portfolio(ACCOUNT);
    await settle();
    const whole = mine.complete();
    paper.say('accountDownloadEnd', { accountName: ACCOUNT });
    for (const conId of [1, 2]) paper.say('updatePortfolio', row(ACCOUNT, conId));
    paper.say('accountDownloadEnd', { accountName: ACCOUNT });
    await whole;
    expect(mine.view.rows.size).toBe(2);
  });
});
