// A confirmation is bound to what is done, to the order it is done to, and to its content; a group has one.
import { describe, expect, it } from 'vitest';
import { limit } from '../../../../src/client/orders/builders/basic.js';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { confirmations } from '../../../../src/client/orders/confirmations.js';
import { CALL, AAPL as LINE, MSFT, type Scene, scene } from '../../../witness/scene.js';
import { AAPL, ACCOUNT, buy, deskWith, placedBy, says, until } from '../trades/desk.js';

const working = {
  placeOrder: (request: { orderId: number | undefined }, peer: Parameters<typeof says>[0]) => {
    const order = says(peer, { orderId: request.orderId ?? 0, permId: String(9000 + (request.orderId ?? 0)) });
    order.status('Submitted');
  },
};
let count = 0;
const desk = () => confirmations({ now: () => Date.now(), random: () => `token ${++count}` });
const order = { ...buy('10'), account: ACCOUNT };

describe('tokens', () => {
  it('of a change place nothing, and change no other order', async () => {
    const confirm = desk();
    await using session = await deskWith({ on: working }, { orders: { confirm } });
    const { orders } = session.ib;
    const tokens = [1, 2, 3].map(() => confirm.request({ contract: AAPL, order }).token);
    const trade = orders.place(AAPL, order, { token: tokens[0] as string });
    const other = orders.place(AAPL, order, { token: tokens[1] as string });
    await until(() => trade.state.at === 'working' && other.state.at === 'working');
    const { token } = confirm.request({
      act: 'modify',
      orderId: trade.orderId,
      contract: AAPL,
      order: { ...order, totalQuantity: '50' },
    });
    expect(() => orders.place(AAPL, { ...order, totalQuantity: '50' }, { token })).toThrow(/CONFIRMATION-OTHER/);
    await expect(other.modify({ totalQuantity: '50' }, { token })).rejects.toThrow(/CONFIRMATION-OTHER/);
    await expect(trade.modify({ totalQuantity: '50' }, { token: tokens[2] })).rejects.toThrow(/CONFIRMATION-OTHER/);
    const change = trade.modify({ totalQuantity: '50' }, { token, timeout: 50 }).catch(() => {});
    await until(() => placedBy(session.gateway).length === 3);
    await change;
  });

  it('of a group confirm all its members, once; of one member none', async () => {
    const confirm = desk();
    await using session = await deskWith({ on: working }, { orders: { confirm } });
    const { orders } = session.ib;
    const group = bracket(order, { takeProfit: 210, stopLoss: 90 });
    const drafts = group.members.map((member) => ({ contract: AAPL, order: { ...member.order, account: ACCOUNT } }));
    const [first] = drafts;
    if (first === undefined) throw new Error('no members');
    const single = confirm.request(first).token;
    expect(() => orders.placeGroup(AAPL, group, { token: single })).toThrow(/CONFIRMATION-OTHER/);
    const { token } = confirm.request({ ...first, group: drafts });
    expect(() => orders.place(AAPL, order, { token })).toThrow(/CONFIRMATION-OTHER/);
    orders.placeGroup(AAPL, group, { token });
    await until(() => placedBy(session.gateway).length === 3);
    expect(() => orders.placeGroup(AAPL, group, { token })).toThrow(/CONFIRMATION-UNKNOWN/);
  });

  it('of an exercise lapse nothing', async () => {
    const confirm = desk();
    await using session = await deskWith({ on: working }, { orders: { confirm } });
    const option = { ...AAPL, conId: 7, secType: 'OPT' };
    const asked = { action: 'BUY', orderType: 'MKT', totalQuantity: '1', account: ACCOUNT };
    const { token } = confirm.request({ act: 'exercise', contract: option, order: asked });
    expect(() => session.ib.orders.exercise(option, { action: 'lapse', quantity: 1 }, { token })).toThrow(/CONFIRMATION-OTHER/);
    session.ib.orders.exercise(option, { action: 'exercise', quantity: 1 }, { token });
  });

  const stage = async (
    act: (stage: Scene, tokenFor: (attempt: object) => string) => unknown,
  ): Promise<[number, readonly string[]]> => {
    const confirm = desk();
    using made = await scene({ kind: 'reg-t', orders: { confirm } });
    return [await made.leaves(() => act(made, (attempt) => confirm.request(attempt as never).token)), made.codes];
  };
  const draft = buy('10');
  it('of a draft that names no account hold for the only one of the login, alone and in a group', async () => {
    expect(
      await stage(({ ib }, tokenFor) => ib.orders.place(LINE, draft, { token: tokenFor({ contract: LINE, order: draft }) })),
    ).toEqual([1, []]);
    const group = bracket(draft, { takeProfit: 210, stopLoss: 90 });
    const members = group.members.map((member) => ({ contract: LINE, order: member.order }));
    expect(
      await stage(({ ib }, tokenFor) =>
        ib.orders.placeGroup(LINE, group, { token: tokenFor({ ...members[0], group: members }) }),
      ),
    ).toEqual([3, []]);
    expect(
      await stage(({ ib }, tokenFor) =>
        ib.orders.place(LINE, draft, { token: tokenFor({ contract: LINE, order: { ...draft, account: 'DU9000002' } }) }),
      ),
    ).toEqual([0, ['CONFIRMATION-OTHER']]);
  });

  it('of a change are read by the conId, which the gateway tells with more than was said', async () => {
    const changed = (contract: object) =>
      stage(async ({ ib, venue, pass }, tokenFor) => {
        const trade = ib.orders.place(LINE, draft, { token: tokenFor({ contract: LINE, order: draft }) });
        await pass(250);
        for (const order of venue.orders.values()) venue.acknowledge(order);
        await pass(250);
        const order = { ...draft, totalQuantity: '5' };
        await trade.modify(
          { totalQuantity: '5' },
          { token: tokenFor({ act: 'modify', orderId: trade.orderId, contract, order }) },
        );
      });
    expect(await changed({ conId: LINE.conId, exchange: 'SMART' })).toEqual([2, expect.anything()]);
    expect(await changed(MSFT)).toEqual([1, ['CONFIRMATION-OTHER']]);
  });

  const group = bracket(draft, { takeProfit: 210, stopLoss: 90 });
  const members = group.members.map(({ order, parent }) => ({ contract: LINE, order, parent }));
  it('of a bracket hold in an account that may not go short, where its exits leave blocking each other', async () => {
    const confirm = desk();
    using made = await scene({ cash: { USD: 100_000 }, orders: { confirm } });
    const entry = limit('BUY', '10', 95);
    const exits = bracket(entry, { takeProfit: 110, stopLoss: 90 });
    const all = exits.members.map(({ order }) => ({ contract: LINE, order }));
    const { token } = confirm.request({ ...all[0]!, group: all });
    expect([await made.leaves(() => made.ib.orders.placeGroup(LINE, exits, { token })), made.codes]).toEqual([3, []]);
  });

  it('of a bracket whose links were said let no exits leave by themselves', async () => {
    const loose = { members: group.members.map(({ order }) => ({ role: 'member' as const, order })) };
    const ask = (placed: typeof group) =>
      stage(({ ib }, tokenFor) => ib.orders.placeGroup(LINE, placed, { token: tokenFor({ ...members[0], group: members }) }));
    expect(await ask(loose)).toEqual([0, expect.arrayContaining(['CONFIRMATION-OTHER'])]);
    expect(await ask(group)).toEqual([3, []]);
  });

  it('of an exercise hold for none against the natural action', async () => {
    const confirm = desk();
    using made = await scene({ kind: 'reg-t', holds: { 201: 5 }, orders: { confirm } });
    const asked = { action: 'BUY', orderType: 'MKT', totalQuantity: '1' };
    const exercise = (token: string) =>
      made.leaves(() => made.ib.orders.exercise(CALL, { action: 'exercise', quantity: 1, override: true }, { token }));
    await exercise(confirm.request({ act: 'exercise', contract: CALL, order: asked }).token);
    expect([made.venue.instructions, made.codes]).toEqual([0, ['CONFIRMATION-OTHER']]);
    await exercise(confirm.request({ act: 'exercise', contract: CALL, order: { ...asked, override: true } }).token);
    expect(made.venue.instructions).toBe(1);
  });

  it.each([{ outsideRth: false }, { ocaGroup: '' }, { conditions: [] }, { cashQty: 0 }, { parentId: 0 }])(
    'read unsaid and %j as one',
    async (said) => {
      const ask = (one: object, other: object) =>
        stage(({ ib }, tokenFor) =>
          ib.orders.place(LINE, { ...draft, ...one }, { token: tokenFor({ contract: LINE, order: { ...draft, ...other } }) }),
        );
      expect([await ask(said, {}), await ask({}, said)]).toEqual([
        [1, []],
        [1, []],
      ]);
    },
  );
});
