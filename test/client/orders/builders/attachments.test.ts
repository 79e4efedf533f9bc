import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/client/input/input-error.js';
import { cash } from '../../../../src/client/orders/builders/assemble.js';
import {
  adjustable,
  attached,
  COMBO_ROUTING,
  hedge,
  legPrices,
  routed,
  scale,
  withAttachedIds,
} from '../../../../src/client/orders/builders/attachments.js';
import { limit, market, stop } from '../../../../src/client/orders/builders/basic.js';
import { trail } from '../../../../src/client/orders/builders/trailing.js';

const order = limit('BUY', 100, 188.53);
const protection = stop('BUY', 100, 185.25);

describe('attachments', () => {
  it.each([
    [
      'STP',
      adjustable(protection, { triggerPrice: 192, to: 'STP', stopPrice: 191 }),
      { adjustedOrderType: 'STP', triggerPrice: 192, adjustedStopPrice: 191 },
    ],
    [
      'STP LMT',
      adjustable(protection, { triggerPrice: 192, to: 'STP LMT', stopPrice: 191, stopLimitPrice: '190.50' }),
      { adjustedOrderType: 'STP LMT', triggerPrice: 192, adjustedStopPrice: 191, adjustedStopLimitPrice: 190.5 },
    ],
    [
      'TRAIL',
      adjustable(protection, { triggerPrice: 195, to: 'TRAIL', stopPrice: 193, amount: 1.5 }),
      {
        adjustedOrderType: 'TRAIL',
        triggerPrice: 195,
        adjustedStopPrice: 193,
        adjustedTrailingAmount: 1.5,
        adjustableTrailingUnit: 0,
      },
    ],
    [
      'TRAIL LIMIT',
      adjustable(protection, { triggerPrice: 195, to: 'TRAIL LIMIT', stopPrice: 193, stopLimitPrice: 192, percent: 2 }),
      {
        adjustedOrderType: 'TRAIL LIMIT',
        triggerPrice: 195,
        adjustedStopPrice: 193,
        adjustedStopLimitPrice: 192,
        adjustedTrailingAmount: 2,
        adjustableTrailingUnit: 1,
      },
    ],
  ])('adjust a stop into %s', (_, built, added) => {
    expect(built).toStrictEqual({ ...protection, ...added });
  });

  it('scale an order with every field', () => {
    const built = scale(order, {
      initLevelSize: 20,
      subsLevelSize: 10,
      priceIncrement: 0.25,
      priceAdjustValue: 0.01,
      priceAdjustInterval: 60,
      profitOffset: 0.3,
      autoReset: true,
      initPosition: 10,
      initFillQty: 5,
      randomPercent: true,
      table: 'tbl',
      activeStartTime: Date.UTC(2026, 5, 1, 14, 30),
      activeStopTime: '20260601-20:00:00',
    });
    expect(built).toStrictEqual({
      ...order,
      scaleInitLevelSize: 20,
      scaleSubsLevelSize: 10,
      scalePriceIncrement: 0.25,
      scalePriceAdjustValue: 0.01,
      scalePriceAdjustInterval: 60,
      scaleProfitOffset: 0.3,
      scaleAutoReset: true,
      scaleInitPosition: 10,
      scaleInitFillQty: 5,
      scaleRandomPercent: true,
      scaleTable: 'tbl',
      activeStartTime: '20260601-14:30:00',
      activeStopTime: '20260601-20:00:00',
    });
  });

  it.each([
    [{ kind: 'delta' } as const, { hedgeType: 'D' }],
    [{ kind: 'beta', beta: '0.75', maxSize: 360 } as const, { hedgeType: 'B', hedgeParam: 'beta=0.75', hedgeMaxSize: 360 }],
    [{ kind: 'forex', autoPrice: false } as const, { hedgeType: 'F', dontUseAutoPriceForHedge: true }],
    [{ kind: 'pair', ratio: 2 } as const, { hedgeType: 'P', hedgeParam: 'ratio=2' }],
  ])('hedge with %j', (by, added) => {
    expect(hedge(market('SELL', 1), by)).toStrictEqual({ action: 'SELL', orderType: 'MKT', totalQuantity: '0', ...added });
  });

  it('attach presets for a stop and a profit taker', () => {
    expect(attached(order, { stopLoss: true, profitTaker: 'PRESET' })).toStrictEqual({
      ...order,
      slOrderType: 'PRESET',
      ptOrderType: 'PRESET',
    });
    expect(attached(order, { stopLoss: true })).toStrictEqual({ ...order, slOrderType: 'PRESET' });
  });

  it('give presets their ids, and nothing else', () => {
    let id = 1500;
    const next = () => ++id;
    const both = attached(order, { stopLoss: true, profitTaker: true });
    expect(withAttachedIds(both, next)).toStrictEqual({ ...both, slOrderId: 1501, ptOrderId: 1502 });
    expect(withAttachedIds({ ...both, slOrderId: 7 }, next)).toMatchObject({ slOrderId: 7, ptOrderId: 1503 });
    expect(withAttachedIds(order, next)).toStrictEqual(order);
  });

  it('route a combination with every parameter of the vocabulary', () => {
    expect(routed(order, { NonGuaranteed: true }).smartComboRoutingParams).toStrictEqual([{ tag: 'NonGuaranteed', value: '1' }]);
    const all = Object.fromEntries(COMBO_ROUTING.slice(1).map((tag, i) => [tag, i]));
    expect(routed(order, all).smartComboRoutingParams).toHaveLength(9);
  });

  it('price legs one by one, leaving one open', () => {
    expect(legPrices(order, ['1.25', undefined]).orderComboLegs).toStrictEqual([{ price: 1.25 }, {}]);
  });

  it.each<[string, () => unknown]>([
    [
      'an adjusted market order',
      () => Reflect.apply(adjustable, null, [market('BUY', 1), { triggerPrice: 1, to: 'STP', stopPrice: 1 }]),
    ],
    [
      'an adjusted trail without a distance',
      () => Reflect.apply(adjustable, null, [protection, { triggerPrice: 1, to: 'TRAIL', stopPrice: 1 }]),
    ],
    [
      'a scaled trail',
      () => Reflect.apply(scale, null, [trail('BUY', 1, { amount: 1 }), { initLevelSize: 1, priceIncrement: 1 }]),
    ],
    ['a scale without increment', () => scale(order, { initLevelSize: 1, priceIncrement: 0 })],
    ['a hedge sized by money', () => hedge(market('BUY', cash(5)), { kind: 'delta' })],
    ['an unknown hedge', () => Reflect.apply(hedge, null, [order, { kind: 'gamma' }])],
    ['nothing attached', () => attached(order, {})],
    ['an unknown routing parameter', () => Reflect.apply(routed, null, [order, { NonGuarantee: true }])],
  ])('refuse %s', (_, build) => {
    expect(build).toThrowError(InputError);
  });
});
