// What must add up over the wire, whatever orders come.

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import type { MessageOf } from '../../../src/protocol/registry.js';
import { AAPL, closeAll, MSFT, type WireClient, wireClient } from './wire-client.js';

afterEach(closeAll);

const IBM = { symbol: 'IBM', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const CONTRACTS = [AAPL, MSFT, IBM] as const;
const TYPES = ['MKT', 'LMT', 'STP', 'STP LMT', 'TRAIL', 'MIT', 'LIT', 'REL', 'MIDPRICE'] as const;

interface Wish {
  readonly which: number;
  readonly isBuy: boolean;
  readonly type: number;
  readonly quantity: number;
  /** Price away from the last, in tenths of a percent. */
  readonly away: number;
  readonly tif: string;
  readonly cancels: boolean;
  readonly whatIf: boolean;
  readonly wait: number;
}

const wishes = fc.array(
  fc.record({
    which: fc.nat(2),
    isBuy: fc.boolean(),
    type: fc.nat(TYPES.length - 1),
    quantity: fc.integer({ min: 1, max: 2_500 }),
    away: fc.integer({ min: -15, max: 15 }),
    tif: fc.constantFrom('DAY', 'GTC', 'IOC', 'FOK'),
    cancels: fc.boolean(),
    whatIf: fc.boolean(),
    wait: fc.constantFrom(0, 0, 300, 5_000),
  }),
  { minLength: 15, maxLength: 40 },
);

async function settle(client: WireClient): Promise<void> {
  const before = client.of('currentTime').length;
  client.send('reqCurrentTime', {});
  await client.wait('currentTime', () => client.of('currentTime').length > before);
}

function placed(gateway: SimulatedGateway, wish: Wish) {
  const contract = CONTRACTS[wish.which] ?? AAPL;
  const conId = { AAPL: 265598, MSFT: 272093, IBM: 8314 }[contract.symbol] ?? 0;
  const { last } = gateway.market.quote(conId);
  const price = Math.round(last * (1 + wish.away / 1000) * 100) / 100;
  const orderType = TYPES[wish.type] ?? 'MKT';
  const isStop = orderType === 'STP' || orderType === 'MIT' || orderType === 'STP LMT' || orderType === 'LIT';
  return {
    contract,
    order: {
      action: wish.isBuy ? 'BUY' : 'SELL',
      orderType,
      totalQuantity: String(wish.quantity),
      lmtPrice: orderType === 'LMT' || orderType === 'STP LMT' || orderType === 'LIT' ? price : undefined,
      auxPrice: isStop ? price : undefined,
      trailingPercent: orderType === 'TRAIL' ? 0.2 : undefined,
      tif: wish.tif,
      transmit: true,
      whatIf: wish.whatIf && wish.wait === 300,
    },
  };
}

/** Executions that stand: a correction has the same id but for its last part, and replaces. */
function standing(client: WireClient): MessageOf<'execDetails'>[] {
  const byId = new Map(client.of('execDetails').map((message) => [message.execution?.execId?.replace(/\.\d+$/, ''), message]));
  return [...byId.values()];
}

async function cashOf(client: WireClient, reqId: number): Promise<number> {
  client.send('reqAccountSummary', { reqId, group: 'All', tags: 'TotalCashValue' });
  const row = await client.wait('accountSummary', (message) => message.reqId === reqId);
  client.send('cancelAccountSummary', { reqId });
  return Number(row.value);
}

async function positionsOf(client: WireClient): Promise<Map<string, number>> {
  const before = client.of('positionEnd').length;
  const from = client.of('position').length;
  client.send('reqPositions', {});
  await client.wait('positionEnd', () => client.of('positionEnd').length > before);
  client.send('cancelPositions', {});
  return new Map(
    client
      .of('position')
      .slice(from)
      .map(({ contract, position }) => [contract?.symbol ?? '', Number(position)]),
  );
}

async function flow(list: readonly Wish[], seed: number): Promise<void> {
  await using gateway = await simulate({
    seed,
    clock: 'virtual',
    pacing: 'off',
    accounts: [{ kind: 'individual-margin', cash: { USD: 50_000_000 } }],
  });
  const client = await wireClient(gateway.port);
  const cashBefore = await cashOf(client, 900);
  const limits = new Map<number, { readonly isBuy: boolean; readonly limit: number | undefined; readonly total: number }>();
  for (const [i, wish] of list.entries()) {
    const { contract, order } = placed(gateway, wish);
    limits.set(i + 1, { isBuy: wish.isBuy, limit: order.lmtPrice, total: wish.quantity });
    client.send('placeOrder', { orderId: i + 1, contract, order });
    if (wish.cancels && i > 3) client.send('cancelOrder', { orderId: i - 2 });
    await settle(client);
    if (order.whatIf) {
      expect(client.of('orderStatus').filter(({ orderId }) => orderId === i + 1)).toEqual([]);
      expect(client.of('execDetails').filter(({ execution }) => execution?.orderId === i + 1)).toEqual([]);
    }
    if (wish.wait > 0) await gateway.advance(wish.wait);
  }
  client.send('reqGlobalCancel', { orderCancel: {} });
  await settle(client);

  const fills = standing(client);
  const held = new Map<string, number>();
  const byOrder = new Map<number, number>();
  let paid = 0;
  for (const { contract, execution } of fills) {
    const signed = Number(execution?.shares) * (execution?.side === 'BOT' ? 1 : -1);
    const symbol = contract?.symbol ?? '';
    held.set(symbol, (held.get(symbol) ?? 0) + signed);
    paid += signed * (execution?.price ?? 0);
    const orderId = execution?.orderId ?? 0;
    byOrder.set(orderId, (byOrder.get(orderId) ?? 0) + Math.abs(signed));
    const bound = limits.get(orderId);
    if (bound?.limit !== undefined && bound.isBuy) expect(execution?.price).toBeLessThanOrEqual(bound.limit);
    if (bound?.limit !== undefined && !bound.isBuy) expect(execution?.price).toBeGreaterThanOrEqual(bound.limit);
  }
  for (const [orderId, filled] of byOrder) {
    expect(filled).toBeLessThanOrEqual(limits.get(orderId)?.total ?? 0);
    const last = client
      .of('orderStatus')
      .filter((message) => message.orderId === orderId)
      .at(-1);
    expect(Number(last?.filled)).toBe(filled);
  }
  const commissions = new Map(
    client.of('commissionAndFeesReport').map(({ execId, commissionAndFees = 0 }) => [execId, commissionAndFees]),
  );
  expect(commissions.size).toBe(fills.length);
  const fees = [...commissions.values()].reduce((sum, fee) => sum + fee, 0);
  expect(await cashOf(client, 901)).toBeCloseTo(cashBefore - paid - fees, 1);
  const positions = await positionsOf(client);
  for (const [symbol, quantity] of held) expect(positions.get(symbol) ?? 0).toBe(quantity);
}

describe('properties', () => {
  it('quantities, cash and commissions add up, limits hold, a what-if changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, fc.integer({ min: 1, max: 1_000 }), (list, seed) => flow(list, seed)),
      { numRuns: 12, seed: 20260902 },
    );
  }, 40_000);

  it('of a group that cancels the rest one order fills and the others are cancelled, however far the price runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 1, max: 90 }),
        async (cents, run) => {
          await using gateway = await simulate({ clock: 'virtual', pacing: 'off' });
          const client = await wireClient(gateway.port);
          const { bid } = gateway.market.quote(265598);
          for (const [i, below] of cents.entries()) {
            const lmtPrice = Math.round((bid - below / 100) * 100) / 100;
            const order = {
              action: 'BUY',
              orderType: 'LMT',
              lmtPrice,
              totalQuantity: '100',
              ocaGroup: 'g',
              ocaType: 1,
              tif: 'DAY',
              transmit: true,
            };
            client.send('placeOrder', { orderId: i + 1, contract: AAPL, order });
          }
          await settle(client);
          gateway.market.set(265598, Math.round((bid - run / 100) * 100) / 100);
          await gateway.advance(60_000);
          await settle(client);
          const filled = new Set(client.of('execDetails').map(({ execution }) => execution?.orderId));
          expect(filled.size).toBeLessThanOrEqual(1);
          if (filled.size === 0) return;
          for (const orderId of cents.keys()) {
            if (filled.has(orderId + 1)) continue;
            expect(
              client
                .of('orderStatus')
                .filter((message) => message.orderId === orderId + 1)
                .at(-1)?.status,
            ).toBe('Cancelled');
          }
        },
      ),
      { numRuns: 12, seed: 20260902 },
    );
  }, 40_000);
});
