// What real gateways refuse and a lenient simulator would take: every refusal here has cost somebody an order.
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulateOptions, simulate } from '../../../src/gateway/index.js';
import type { RequestInput } from '../../../src/protocol/registry.js';
import { AAPL, closeAll, type WireClient, wireClient } from './wire-client.js';

type Order = NonNullable<RequestInput<'placeOrder'>['order']>;
type Contract = NonNullable<RequestInput<'placeOrder'>['contract']>;

const LIMIT: Order = { action: 'BUY', orderType: 'LMT', lmtPrice: 10, totalQuantity: '1', tif: 'DAY', transmit: true };

afterEach(closeAll);

async function open(options: SimulateOptions = {}) {
  const gateway = await simulate({ clock: 'virtual', pacing: 'off', ...options });
  const client = await wireClient(gateway.port);
  return { gateway, client, [Symbol.asyncDispose]: () => gateway.close() };
}

/** Code and text of the answer to an order; 'taken' when it was none. */
async function answer(client: WireClient, orderId: number, order: Order, contract: Contract = AAPL): Promise<string> {
  client.send('placeOrder', { orderId, contract, order });
  const first = await Promise.race([
    client.wait('error', ({ reqId }) => reqId === orderId),
    client.wait('openOrder', (message) => message.orderId === orderId),
  ]);
  return first.kind === 'error' ? `${first.errorCode} ${first.errorString}` : 'taken';
}

describe('a gateway of 225 refuses an order without a time in force', () => {
  it.each([
    ['an order', {}],
    ['a what-if', { whatIf: true }],
    ['a staged order', { transmit: false }],
  ])('%s: 10052, and nothing else is said', async (_name, extra) => {
    await using desk = await open();
    const { tif: _tif, ...unsaid } = LIMIT;
    expect(await answer(desk.client, 1, { ...unsaid, ...extra })).toBe('10052 Invalid time in force:Empty');
    await desk.client.fence();
    expect(desk.client.of('openOrder')).toEqual([]);
    expect(desk.gateway.orders).toEqual([]);
  });

  it('a change without one is refused, and the order keeps its terms', async () => {
    await using desk = await open();
    expect(await answer(desk.client, 1, LIMIT)).toBe('taken');
    desk.client.send('placeOrder', { orderId: 1, contract: AAPL, order: { ...LIMIT, tif: undefined, lmtPrice: 11 } });
    expect((await desk.client.wait('error', ({ reqId }) => reqId === 1)).errorCode).toBe(10052);
    expect(desk.gateway.orders[0]?.order.lmtPrice).toBe(10);
  });

  it('an older gateway takes DAY for it, and so does one whose preset says so', async () => {
    for (const options of [{ serverVersion: 224 }, { orders: { presetTif: true } }] as const) {
      await using desk = await open(options);
      expect(await answer(desk.client, 1, { ...LIMIT, tif: undefined })).toMatch(/^(taken|10349)/);
      expect(desk.gateway.orders).toHaveLength(1);
    }
  });
});

describe('conditions that are measured overnight (226)', () => {
  const at = [{ conditionType: 3, isMore: true, time: '20260903-14:00:00', isConjunctionConnection: true }];
  const held: Order = { ...LIMIT, conditions: at, conditionsIncludeOvernight: true };
  const VOD: Contract = { symbol: 'VOD', secType: 'STK', exchange: 'SMART', currency: 'GBP' };

  it('are taken where the contract trades overnight, and told back in the open order', async () => {
    await using desk = await open();
    expect(await answer(desk.client, 1, held)).toBe('taken');
    expect(desk.client.of('openOrder')[0]?.order?.conditionsIncludeOvernight).toBe(true);
  });

  it('are refused with 10371 on a contract without that session, and by a login without the right', async () => {
    for (const [options, contract] of [
      [{}, VOD],
      [{ orders: { overnightConditions: false } }, AAPL],
    ] as const) {
      await using desk = await open(options);
      expect(await answer(desk.client, 1, held, contract)).toBe(
        '10371 Conditions include overnight is not supported for this instrument or is not enabled for this account.',
      );
      expect(desk.gateway.orders).toEqual([]);
    }
  });

  it('are not asked about in a change', async () => {
    await using desk = await open({ orders: { overnightConditions: false } });
    expect(await answer(desk.client, 1, { ...held, conditionsIncludeOvernight: false })).toBe('taken');
    desk.client.clear();
    expect(await answer(desk.client, 1, held)).toBe('taken');
    expect(desk.gateway.orders[0]?.order.conditionsIncludeOvernight).toBe(true);
  });
});

describe('a contract that contradicts its conId is refused with 478', () => {
  const CALL = { localSymbol: 'AAPL  260918C00250000', secType: 'OPT', exchange: 'SMART', currency: 'USD' } as const;

  // `asked`: what market data answers, which looks at the form of a date first.
  it.each<[string, Contract, string, asked?: number]>([
    ['another symbol', { symbol: 'MSFT' }, 'symbol MSFT'],
    ['another kind', { secType: 'CFD' }, 'security type CFD'],
    ['another currency', { currency: 'EUR' }, 'currency EUR'],
    ['the day before', { lastTradeDateOrContractMonth: '20260917' }, 'expiry 20260917'],
    [
      'a day with its hour and zone',
      { lastTradeDateOrContractMonth: '20260918 15:30:00 US/Central' },
      'expiry 20260918 15:30',
      10372,
    ],
    ['another strike', { strike: 255 }, 'strike 255'],
    ['a put for a call', { right: 'PUT' }, 'right P'],
    ['another multiplier', { multiplier: '10' }, 'multiplier 10'],
    ['another class', { tradingClass: 'AAPL1' }, 'trading class AAPL1'],
  ])('%s', async (_name, fields, text, asked = 478) => {
    await using desk = await open();
    desk.client.send('reqContractDetails', { reqId: 7, contract: CALL });
    const conId = (await desk.client.wait('contractDetails')).contract?.conId ?? 0;
    const contract = { conId, exchange: 'SMART', ...fields };
    expect(await answer(desk.client, 1, LIMIT, contract)).toContain(`478 Parameters in request conflicts`);
    expect(desk.client.of('error').at(-1)?.errorString).toContain(`requested ${text}`);
    desk.client.send('reqMktData', { reqId: 9, contract });
    expect((await desk.client.wait('error', ({ reqId }) => reqId === 9)).errorCode).toBe(asked);
  });

  it('conId and exchange alone, the month, or the very same words pass', async () => {
    await using desk = await open();
    desk.client.send('reqContractDetails', { reqId: 7, contract: CALL });
    const { contract } = await desk.client.wait('contractDetails');
    const conId = contract?.conId ?? 0;
    const alike: readonly Contract[] = [
      { conId, exchange: 'SMART' },
      { conId, exchange: 'SMART', lastTradeDateOrContractMonth: '202609', right: 'CALL', strike: 250 },
      { ...contract },
    ];
    for (const [n, one] of alike.entries()) expect(await answer(desk.client, n + 1, LIMIT, one)).toBe('taken');
  });
});

describe('an order that says too little or too much is refused', () => {
  it('without an exchange: 321, also where the conId is given', async () => {
    await using desk = await open();
    for (const [n, contract] of [{ conId: 265598 }, { symbol: 'AAPL', secType: 'STK', currency: 'USD' }].entries())
      expect(await answer(desk.client, n + 1, LIMIT, contract)).toMatch(/^321 .*Missing order exchange/);
  });

  it('an account beside a group: 201 Invalid account number', async () => {
    await using desk = await open({ accounts: 'advisor' });
    const order = { ...LIMIT, totalQuantity: '30', faGroup: 'AllClients', faMethod: 'Equal' };
    expect(await answer(desk.client, 1, { ...order, account: 'DU9000002' })).toBe(
      '201 Order rejected - reason:Invalid account number',
    );
    expect(await answer(desk.client, 2, order)).toBe('taken');
  });

  it('crypto: money beside a size 10293, a sale in money 434, a market purchase by size 10289', async () => {
    await using desk = await open();
    const btc: Contract = { symbol: 'BTC', secType: 'CRYPTO', exchange: 'PAXOS', currency: 'USD' };
    const order = { ...LIMIT, orderType: 'MKT', lmtPrice: undefined, tif: 'IOC' };
    expect(await answer(desk.client, 1, { ...order, cashQty: 100 }, btc)).toMatch(/^10293 /);
    expect(await answer(desk.client, 2, { ...order, action: 'SELL', totalQuantity: '0', cashQty: 100 }, btc)).toMatch(/^434 /);
    expect(await answer(desk.client, 3, { ...order, totalQuantity: '0', cashQty: 100 }, btc)).toBe('taken');
    expect(await answer(desk.client, 4, { ...order, totalQuantity: '0.01' }, btc)).toMatch(/^10289 /);
    expect(await answer(desk.client, 5, { ...order, action: 'SELL', totalQuantity: '0.00001' }, btc)).toBe('taken');
  });
});

describe('an account that may not borrow', () => {
  const cash = (usd: number): SimulateOptions => ({ accounts: [{ kind: 'cash', cash: { USD: usd } }] });

  it.each<[string, (ask: number) => Partial<Order>]>([
    ['a limit with a discretionary amount', (ask) => ({ lmtPrice: round(ask * 0.99), discretionaryAmt: round(ask * 0.1) })],
    ['a trailing stop that starts far above', (ask) => ({ orderType: 'TRAIL', auxPrice: 1, trailStopPrice: round(ask * 1.2) })],
    [
      'a stop that turns into a dearer one',
      (ask) => ({
        orderType: 'STP',
        auxPrice: round(ask * 1.01),
        triggerPrice: round(ask * 0.9),
        adjustedOrderType: 'STP',
        adjustedStopPrice: round(ask * 1.2),
      }),
    ],
  ])('%s is refused before it trades when its worst price is more than the cash', async (_name, terms) => {
    const ask = await askOf();
    await using desk = await open(cash(ask * 100 * 1.03));
    const order = { ...LIMIT, lmtPrice: undefined, totalQuantity: '100', ...terms(ask) };
    expect(await answer(desk.client, 1, order)).toMatch(/^201 .*Available settled cash/);
    expect(desk.gateway.positions()).toEqual([]);
  });

  it('a market order deeper than the best price is reckoned with the rows behind it', async () => {
    const ask = await askOf();
    await using desk = await open(cash(ask * 20_000 + 150)); // enough at the best price, commission included
    const order = { ...LIMIT, orderType: 'MKT', lmtPrice: undefined, totalQuantity: '20000' };
    expect(await answer(desk.client, 1, order)).toMatch(/^201 /);
    expect(desk.gateway.positions()).toEqual([]);
  });

  it('a whole order fills in whole shares, also where a jump of the price leaves cash for a part only', async () => {
    const ask = await askOf();
    await using desk = await open(cash(ask * 40 * 1.05));
    const stop = round(ask * 1.02);
    const order = { ...LIMIT, orderType: 'STP', auxPrice: stop, lmtPrice: undefined, totalQuantity: '40' };
    expect(await answer(desk.client, 1, order)).toBe('taken');
    desk.gateway.market.set(265598, round(ask * 1.313));
    await desk.gateway.advance(5_000);
    const held = Number(desk.gateway.positions()[0]?.position);
    expect(held).toBeGreaterThan(0);
    expect(held % 1).toBe(0);
  });

  async function askOf(): Promise<number> {
    const gateway = await simulate({ clock: 'virtual' });
    const { ask } = gateway.market.quote(265598);
    await gateway.close();
    return ask;
  }
  function round(price: number): number {
    return Math.round(price * 100) / 100;
  }
});

it('an account of a kind that does not exist is refused with the kinds that do', async () => {
  const kind = 'margin' as never;
  await expect(simulate({ accounts: [{ kind }] })).rejects.toThrow(/must be one of .*cash.*ira-margin.*got "margin"/);
  await expect(simulate({ accounts: [kind] })).rejects.toThrow(RangeError);
});
