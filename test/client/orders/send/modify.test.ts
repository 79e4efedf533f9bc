// Changes of working orders beside the usual: other types, orders of an earlier run, combinations, times in other zones.
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../../src/client/connect.js';
import { limit as sale } from '../../../../src/client/orders/builders/basic.js';
import { oca } from '../../../../src/client/orders/builders/group.js';
import { inFieldTypes, modification } from '../../../../src/client/orders/builders/modification.js';
import { draftOfReported } from '../../../../src/client/orders/builders/reported-draft.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import type { RequestOf } from '../../../../src/protocol/registry.js';
import { type Peer, type Script, type ScriptedGateway, scriptedGateway } from '../../../helpers/scripted-gateway.js';
import { until } from '../../../helpers/until.js';
import { AAPL, MSFT, scene } from '../../../witness/scene.js';

const open: { ib: Ib; gateway: ScriptedGateway }[] = [];
afterEach(async () => {
  for (const { ib, gateway } of open.splice(0)) {
    ib.close();
    await gateway.close();
  }
});

const aapl = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
const limit = { action: 'BUY', orderType: 'LMT', totalQuantity: '5', lmtPrice: 180 } as const;
type Placed = RequestOf<'placeOrder'>;

/** A gateway that takes every order and tells it back with `more`. */
async function session(script: Script = {}, more: (placed: Placed) => object = () => ({})) {
  const gateway = await scriptedGateway({
    serverVersion: 200,
    ...script,
    on: {
      placeOrder(placed, peer) {
        peer.send('openOrder', {
          orderId: placed.orderId,
          contract: placed.contract,
          order: { ...placed.order, clientId: 1, permId: String(1_000 + (placed.orderId ?? 0)) },
          orderState: { status: 'Submitted' },
          ...more(placed),
        } as never);
      },
      ...script.on,
    },
  });
  const ib = await connect({ port: gateway.port, clientId: 1, limits: 'none', orders: { accounts: 'none' } });
  open.push({ ib, gateway });
  const placed = (): readonly Placed[] => gateway.received.filter((one): one is Placed => one.kind === 'placeOrder');
  return { ib, gateway, placed };
}

describe('LMT to MKT', () => {
  it('is refused by default and names what is left', async () => {
    const { ib, placed } = await session();
    const trade = ib.orders.place(aapl, limit);
    await until(() => trade.state.at === 'working');
    await expect(trade.modify({ orderType: 'MKT' })).rejects.toThrow(/orderType cannot be changed/);
    expect(placed()).toHaveLength(1);
  });

  it('goes under the same id when it is asked for, without the price of the old type', async () => {
    const { ib, placed } = await session();
    const trade = ib.orders.place(aapl, limit);
    await until(() => trade.state.at === 'working');
    const outcome = ib.orders.modify(trade, { orderType: 'MKT' }, { evenIfUnusual: true, timeout: 500 });
    await until(() => placed().length === 2);
    expect(placed()[1]).toMatchObject({ orderId: trade.orderId, order: { orderType: 'MKT', tif: 'DAY', totalQuantity: '5' } });
    expect(placed()[1]?.order?.lmtPrice ?? 0).toBe(0);
    expect(await outcome).toEqual({ at: 'modified' });
  });
});

describe('an order whose size the gateway has changed, as an OCA group does when another member fills', () => {
  const exit = { ...limit, action: 'SELL', totalQuantity: '10', ocaGroup: 'exits', ocaType: 2 } as const;
  const told = (gateway: ScriptedGateway, totalQuantity: string): void => {
    const order = { ...exit, totalQuantity, tif: 'DAY', clientId: 1, permId: '1001' };
    const state = { contract: aapl, order, orderState: { status: 'Submitted' } };
    gateway.peers.at(-1)?.send('openOrder', { orderId: 1, ...state } as never);
  };
  const exitOf = async (size: string) => {
    const made = await session();
    const trade = made.ib.orders.place(aapl, exit);
    await until(() => trade.state.at === 'working');
    told(made.gateway, size);
    await until(() => trade.total?.toFixed() === size);
    return { ...made, trade };
  };

  it.each(['6', '14'])('keeps that size when its price is changed: %s of 10', async (size) => {
    const { placed, trade } = await exitOf(size);
    expect(await trade.modify({ lmtPrice: 181 })).toEqual({ at: 'modified' });
    expect(placed()[1]).toMatchObject({ order: { lmtPrice: 181, totalQuantity: size } });
    expect(trade.draft).toMatchObject({ lmtPrice: 181, totalQuantity: size });
  });

  it('keeps it where it was changed while the change waited for its turn', async () => {
    using stage = await scene({ kind: 'reg-t', messagesPerSecond: 5 });
    const [trade] = stage.ib.orders.placeGroup(AAPL, oca([sale('SELL', '10', 110), sale('SELL', '10', 120)], 'exits'));
    await stage.pass(3_000);
    const [own] = [...stage.venue.orders.values()];
    stage.venue.acknowledge(own!);
    await stage.pass(500);
    for (let i = 0; i < 9; i++) stage.ib.orders.place(MSFT, sale('BUY', '1', 40 + i)).done.catch(() => {});
    trade?.modify({ lmtPrice: 111 }).catch(() => {});
    const { request, terms } = own!;
    Object.assign(own!, {
      request: { ...request, order: { ...request.order, totalQuantity: '6' } },
      terms: [{ ...terms[0]!, quantity: 6 }],
    });
    stage.venue.acknowledge(own!);
    await stage.pass(5_000);
    expect(own?.request.order).toMatchObject({ lmtPrice: 111, totalQuantity: '6' });
  });

  it.each([
    [{ orderType: 'LMT', lmtPrice: 180 }, { lmtPrice: 170 }],
    [{ orderType: 'STP', auxPrice: 180 }, { auxPrice: 170 }],
    [
      { orderType: 'STP LMT', auxPrice: 180, lmtPrice: 179 },
      { auxPrice: 170, lmtPrice: 169 },
    ],
    [{ orderType: 'TRAIL', auxPrice: 2, trailStopPrice: 180 }, { trailStopPrice: 187 }],
    [
      { orderType: 'TRAIL LIMIT', auxPrice: 2, trailStopPrice: 180, lmtPrice: 179 },
      { trailStopPrice: 187, lmtPrice: 186 },
    ],
  ] as const)('keeps a price that a hand at the terminal, or the market, has changed when its size is: %j', async (sent, by) => {
    const { gateway, placed, ib } = await session();
    const order = { ...exit, lmtPrice: undefined, ...sent } as OrderDraft;
    const trade = ib.orders.place(aapl, order);
    await until(() => trade.state.at === 'working');
    const told = { ...order, ...by, tif: 'DAY', clientId: 1, permId: '1001' };
    const state = { contract: aapl, order: told, orderState: { status: 'Submitted' } };
    gateway.peers.at(-1)?.send('openOrder', { orderId: 1, ...state } as never);
    await until(() => Object.entries(by).every(([field, price]) => trade.reported?.[field as 'lmtPrice'] === price));
    expect(await trade.modify({ totalQuantity: '5' })).toEqual({ at: 'modified' });
    expect(placed()[1]).toMatchObject({ order: { ...by, totalQuantity: '5' } });
  });

  it('takes the size that is asked for, and that of now is no change', async () => {
    const { placed, trade } = await exitOf('6');
    expect(await trade.modify({ totalQuantity: '6' })).toEqual({ at: 'same' });
    expect(await trade.modify({ totalQuantity: '10' })).toEqual({ at: 'modified' });
    expect(placed()).toHaveLength(2);
    expect(placed()[1]).toMatchObject({ order: { lmtPrice: 180, totalQuantity: '10' } });
  });
});

describe('another date under the same id', () => {
  const dated = { ...limit, tif: 'GTD', goodTillDate: '20991231-21:00:00' } as const;
  /** Gateways tell dates on the clock of the exchange. */
  const told = { ...dated, totalQuantity: '5', goodTillDate: '20991231 16:00:00 US/Eastern', clientId: 1, permId: '1001' };
  const answers = (goodTillDate: string, code: number | undefined): Script => ({
    on: {
      placeOrder(placed, peer: Peer) {
        const isChange = placed.order?.goodTillDate !== dated.goodTillDate;
        const order = isChange ? { ...told, goodTillDate } : told;
        const state = { contract: aapl, order, orderState: { status: 'Submitted' } };
        peer.send('openOrder', { orderId: placed.orderId, ...state } as never);
        if (isChange && code !== undefined)
          peer.send('error', { reqId: placed.orderId, errorCode: code, errorString: 'Invalid Good Till Date order' } as never);
      },
    },
  });
  const change = async (script: Script) => {
    const { ib } = await session(script);
    const trade = ib.orders.place(aapl, dated);
    await until(() => trade.state.at === 'working');
    const how = { evenIfUnusual: true, timeout: 2_000 } as const;
    const outcome = await ib.orders.modify(trade, { goodTillDate: '20991231-21:30:00' }, how);
    return [outcome.at, trade.draft?.goodTillDate];
  };

  it('is taken when the gateway tells the same moment on the clock of the exchange', async () => {
    expect(await change(answers('20991231 16:30:00 US/Eastern', undefined))).toEqual(['modified', '20991231-21:30:00']);
  });

  it('that is refused leaves the date that is told', async () => {
    expect(await change(answers('20991231 16:00:00 US/Eastern', 334))).toEqual(['refused', '20991231-21:00:00']);
  });
});

describe('a stop of an earlier run under this client id', () => {
  /** As gateways tell it: with fields of their own that must not go back. */
  const told = {
    ...{ action: 'SELL', orderType: 'STP', totalQuantity: '5', auxPrice: 170, tif: 'GTC', account: 'DU9000001', clientId: 1 },
    ...{
      permId: '77',
      lmtPrice: 0,
      volatilityType: 0,
      trailStopPrice: 171,
      adjustedOrderType: 'None',
      displaySize: 2_147_483_647,
    },
  };
  const script: Script = {
    on: {
      reqAllOpenOrders: (_, peer: Peer) => {
        peer.send('openOrder', { orderId: 9, contract: aapl, order: told, orderState: { status: 'PreSubmitted' } });
        peer.send('openOrderEnd', {});
      },
    },
  };

  it('is not changed by default, and the refusal names the way that helps', async () => {
    const { ib, placed } = await session(script);
    const [stop] = await ib.orders.open({ which: 'all' });
    await expect(stop!.modify({ auxPrice: 175 })).rejects.toThrow(/evenIfUnusual/);
    expect(placed()).toHaveLength(0);
  });

  it('is moved from the terms that its type owns', async () => {
    const { ib, placed } = await session(script);
    const [stop] = await ib.orders.open({ which: 'all' });
    const outcome = await ib.orders.modify(stop!, { auxPrice: 175 }, { evenIfUnusual: true });
    expect(outcome).toEqual({ at: 'modified' });
    const [change] = placed();
    expect(change).toMatchObject({
      orderId: 9,
      contract: { conId: 265598, exchange: 'SMART' },
      order: { action: 'SELL', orderType: 'STP', totalQuantity: '5', auxPrice: 175, tif: 'GTC', account: 'DU9000001' },
    });
    const { order } = change!;
    for (const field of ['volatilityType', 'trailStopPrice', 'adjustedOrderType', 'displaySize'] as const)
      expect(order?.[field] ?? undefined, field).toSatisfy((value) => value === undefined || value === '' || value === 0);
  });

  it.each([
    ['a hedge', { hedgeType: 'D' }],
    ['a stop that adjusts', { adjustedOrderType: 'TRAIL', adjustedStopPrice: 180 }],
    ['a type nobody knows', { orderType: 'XYZ' }],
    ['no stop price', { auxPrice: 1.7976931348623157e308 }],
    ['no size', { totalQuantity: '0' }],
  ])('its terms are not certain with %s', (_, more) => expect(draftOfReported({ ...told, ...more } as never)).toBeUndefined());

  it.each<readonly [string, object]>([
    ['an iceberg', { displaySize: 50 }],
    ['what must not take liquidity', { postOnly: true }],
    ['a least size', { minQty: 2 }],
    ['hours', { outsideRth: true, includeOvernight: true }],
    ['a group that blocks', { ocaGroup: 'exits', ocaType: 1 }],
    ['how an advisor splits it', { faGroup: 'All', faMethod: 'PctChange', faPercentage: '50' }],
  ])('%s stays', (_, more) => expect(draftOfReported({ ...told, ...more } as never)).toMatchObject(more));

  it('a type of no group, which gateways tell of every order, goes', () =>
    expect(draftOfReported({ ...told, ocaType: 3 } as never)).not.toHaveProperty('ocaType'));

  it('a trail by percent keeps its percent and its stop, not the unset amount', () =>
    expect(
      draftOfReported({ ...told, orderType: 'TRAIL', auxPrice: 1.7976931348623157e308, trailingPercent: 2 } as never),
    ).toMatchObject({ orderType: 'TRAIL', trailingPercent: 2, trailStopPrice: 171 }));
});

describe('a combination', () => {
  it('is changed under the contract as the gateway told it, its class and the order of its legs', async () => {
    const leg = (conId: number, action: string) => ({ conId, ratio: 1, action, exchange: 'SMART' });
    const bag = { symbol: 'SPX', secType: 'BAG', exchange: 'SMART', currency: 'USD', tradingClass: 'SPXW' } as const;
    const asTold = { ...bag, conId: 28812380, tradingClass: 'COMB', comboLegs: [leg(11, 'SELL'), leg(12, 'BUY')] };
    const { ib, placed } = await session({}, () => ({ contract: { ...asTold, comboLegsDescrip: '11|-1,12|1' } }));
    const trade = ib.orders.place({ ...bag, comboLegs: [leg(12, 'BUY'), leg(11, 'SELL')] }, {
      ...limit,
      lmtPrice: -1,
    } as OrderDraft);
    await until(() => trade.state.at === 'working');
    await trade.modify({ lmtPrice: -1.1 });
    expect(placed()[1]?.contract).toMatchObject({
      conId: 28812380,
      tradingClass: 'COMB',
      comboLegs: [leg(11, 'SELL'), leg(12, 'BUY')],
    });
  });
});

describe('prices of legs', () => {
  it.each([176, 226])('stay with their legs, though the gateway tells the legs in another order (%i)', async (serverVersion) => {
    const leg = (conId: number, action: string) => ({ conId, ratio: 1, action, exchange: 'SMART' });
    const bag = { symbol: 'SPX', secType: 'BAG', exchange: 'SMART', currency: 'USD' } as const;
    const turned = (contract: Placed['contract']) => ({ ...contract, comboLegs: [...(contract?.comboLegs ?? [])].reverse() });
    const { ib, placed } = await session({ serverVersion }, ({ contract }) => ({ contract: turned(contract) }));
    const trade = ib.orders.place({ ...bag, comboLegs: [leg(12, 'BUY'), leg(11, 'SELL')] }, {
      ...{ action: 'BUY', orderType: 'LMT', totalQuantity: '1', orderComboLegs: [{ price: 2.5 }, { price: 1.5 }] },
      smartComboRoutingParams: [{ tag: 'NonGuaranteed', value: '1' }],
    } as OrderDraft);
    await until(() => trade.state.at === 'working');
    await trade.modify({ totalQuantity: '2' });
    const legs = placed()[1]?.contract?.comboLegs?.map(({ conId, perLegPrice }) => [conId, perLegPrice]);
    expect(legs).toEqual([
      [11, 1.5],
      [12, 2.5],
    ]);
  });
});

describe('what is no change', () => {
  const order = { ...limit, tif: 'GTD', goodTillDate: '20261130 16:00:00 US/Eastern' } as const;

  it.each([
    ['the same instant in another zone', { goodTillDate: '20261130 22:00:00 CET' }],
    ['the same instant in UTC', { goodTillDate: '20261130-21:00:00' }],
    ['a number as text', inFieldTypes({ lmtPrice: '180.0' as never })],
    ['a size as number', inFieldTypes({ totalQuantity: 5 as never })],
    ['a size with zeros', { totalQuantity: '5.00' }],
  ])('%s', (_, more) => expect(modification(order, { ...order, ...more }).at).toBe('same'));

  it.each([
    ['another instant', { goodTillDate: '20261130 16:00:00 CET' }],
    ['a clock of no zone', { goodTillDate: '20261130 16:00:00' }],
  ])('%s is one', (_, more) => {
    expect(modification(order, { ...order, ...more }).at).toBe('refused');
    expect(modification(order, { ...order, ...more }, 0, true).at).toBe('allowed');
  });

  it('another side is none that any gateway takes', () =>
    expect(modification(order, { ...order, action: 'SELL' }, 0, true).at).toBe('refused'));
});
