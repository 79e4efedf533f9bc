// Prices and sizes of the market: bounds of a cost, ticks, lots, fractions.
import { absolute, floorTo, ONE, readDecimal, readPositive, writeDecimal } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import { heldOf } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
import { amountFor } from '../facts/effect.js';
import { netSign, signFault } from '../facts/net-price.js';
import { openingMargin } from '../facts/opening-margin.js';
import { orderTypes } from '../facts/order-types.js';
import { isEngineKind, type Snapshot } from '../facts/snapshot.js';
import { nameOf } from '../naming.js';
import { each, eachOf, NOTHING, row, type Said } from './row.js';
import { sharedCodes } from './shared-codes.js';

/** Whether nothing bounds the cost of an order. */
function isUnbounded(ask: Ask, snapshot: Snapshot): boolean {
  if (amountFor(ask.order) !== undefined && ask.order.action === 'SELL' && ask.size === undefined) return true;
  return isEngineKind(snapshot)
    ? ask.effects.some((effect) => !effect.isBounded) || isUnseen(ask, snapshot)
    : openingMargin(ask, snapshot).unknown === 'price';
}

const boundless = each((ask, { snapshot }) => (isUnbounded(ask, snapshot) ? { order: nameOf(ask.contract) } : undefined));

/** A stop to buy that the market may have passed already: where no price was ever seen, nothing bounds what it fills at. */
function isUnseen({ order, contract }: Ask, { situation: { scope } }: Snapshot): boolean {
  if (scope !== 'account' || order.action !== 'BUY' || contract.secType === 'BAG') return false;
  const isStop = orderTypes.get(order.orderType)?.bound === 'stop' || order.orderType.startsWith('TRAIL');
  return isStop && order.reference === undefined && order.seen === undefined;
}

/** Tick at a price: of the highest band that starts at or below it, else the contract's own. */
function tickAt(contract: Contract, price: bigint): bigint | undefined {
  const { priceBands, minTick } = contract.facts;
  let tick = readPositive(minTick);
  let edge: bigint | undefined;
  const size = price < 0n ? -price : price;
  for (const band of Array.isArray(priceBands) ? priceBands : []) {
    const low = readDecimal(band?.lowEdge);
    const increment = readPositive(band?.increment);
    if (low === undefined || increment === undefined || low > size || (edge !== undefined && low < edge)) continue;
    edge = low;
    tick = increment;
  }
  return tick;
}

const TRIGGERED = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);

/** The book speaks of limits; of what is about to leave the stops are looked at too, where the bands of its route are known. */
function tickedPrices({ order, contract }: Ask, { situation: { scope } }: Snapshot): readonly (string | undefined)[] {
  // The smallest step of all venues proves little about the route of an order.
  if (scope === undefined || (contract.facts.priceBands?.length ?? 0) === 0) return scope === 'order' ? [] : [order.lmtPrice];
  return [order.lmtPrice, order.trailStopPrice, TRIGGERED.has(order.orderType) ? order.auxPrice : undefined];
}

const WHOLE = new Set(['STK', 'OPT', 'FUT', 'FOP', 'WAR', 'BAG']);

export const priceRows = {
  // A purchase whose cost has no bound, the order's own or one that is already working.
  'PRICE-UNKNOWN': row({
    ...sharedCodes['PRICE-UNKNOWN'],
    judge: (context) => {
      const { snapshot, asks } = context;
      const unbounded = boundless(context);
      if (!isEngineKind(snapshot) || unbounded.length > 0) return unbounded;
      const { unknown } = snapshot.reserves();
      if (unknown.size === 0) return NOTHING;
      const { needsMore } = context.worst();
      const own = new Set(asks.map((ask) => ask.id));
      const found: Said[] = [];
      for (const [currency, list] of unknown) {
        if (!needsMore.has(currency)) continue;
        for (const { what, id } of list) if (what === 'price' && !own.has(id)) found.push({ facts: { order: id, cancel: id } });
      }
      return found;
    },
  }),
  'EXCHANGE-RATE-UNKNOWN': row({
    about: 'a cost in another currency whose rate is not told',
    kinds: 'reg-t, portfolio-margin',
    message: 'The cost in base currency cannot be told: no exchange rate for {currency}.',
    remedy: 'Supply the exchange rate of {currency}.',
    judge: each((ask, { snapshot }) =>
      openingMargin(ask, snapshot).unknown === 'rate' ? { currency: ask.contract.currency } : undefined,
    ),
  }),
  // A limit is a multiple of the tick that holds in its price band.
  'PRICE-TICK': row({
    about: 'a limit between two ticks',
    message: '{price} is between ticks of {tick}.',
    remedy: 'Use {lower} or {upper}.',
    grade: 'C',
    source: 'broker error 110',
    reads: 'order',
    judge: eachOf((ask, { snapshot }) => {
      let found: Said[] | undefined;
      for (const text of tickedPrices(ask, snapshot)) {
        const price = readDecimal(text);
        const tick = price === undefined ? undefined : tickAt(ask.contract, price);
        if (price === undefined || tick === undefined || price % tick === 0n) continue;
        const rest = price % tick;
        const lower = price - (rest < 0n ? rest + tick : rest);
        const facts = { price: writeDecimal(price), tick: writeDecimal(tick) };
        found ??= [];
        found.push({ facts: { ...facts, lower: writeDecimal(lower), upper: writeDecimal(lower + tick) }, ask });
      }
      return found ?? NOTHING;
    }),
  }),
  // A net price of the wrong sign: a debit spread sold for less than nothing, a credit spread bought at a price.
  'COMBO-SIGN': row({
    about: 'a net price whose sign does not fit the legs',
    severity: 'warn',
    message: [
      'The net price of {order} gives {given} away: its legs are worth nothing or more the other way round.',
      'The net price of {order} can never be met: its legs are never worth {asked} the other way round.',
    ],
    remedy: ['Turn the sign of the net price.', 'Mark the order as deliberate if it is meant.'],
    reads: 'order',
    when: ['combination'],
    judge: ({ asks, snapshot: { situation } }) =>
      asks.flatMap((ask): readonly Said[] => {
        const { order, contract } = ask;
        const price = readDecimal(order.lmtPrice);
        if (contract.secType !== 'BAG' || price === undefined || order.deliberate === true) return [];
        const fault = signFault(netSign(contract), order.action, price);
        if (fault === undefined) return [];
        const amount = writeDecimal(absolute(price));
        const facts = {
          order: nameOf(contract),
          given: fault === 'gives' ? amount : undefined,
          asked: fault === 'never' ? amount : undefined,
        };
        // The book knows no mistakes of the hand; the order path does.
        return [{ facts, ask, severity: fault === 'gives' && situation.scope !== undefined ? 'reject' : undefined }];
      }),
  }),
  'LOT-SIZE': row({
    ...sharedCodes['LOT-SIZE'],
    reads: 'order',
    judge: eachOf((ask, { snapshot }) => {
      const { order, contract } = ask;
      const size = readPositive(order.totalQuantity);
      if (size === undefined || order.act === 'modify') return NOTHING;
      const lot = readPositive(contract.facts.sizeIncrement);
      const minSize = readPositive(contract.facts.minSize);
      const isOdd = lot !== undefined && size % lot !== 0n;
      const isSmall = minSize !== undefined && size < minSize;
      if (!isOdd && !isSmall) return NOTHING;
      const isFullExit = contract.secType === 'STK' && order.action === 'SELL' && size === heldOf(ask.key, snapshot);
      const floor = lot === undefined ? 0n : floorTo(size, lot);
      const ceil = lot === undefined ? (minSize ?? size) : floor + lot;
      const hasFloor = isOdd && floor > 0n && floor >= (minSize ?? 0n);
      const facts = {
        quantity: writeDecimal(size),
        lot: isOdd && lot !== undefined ? writeDecimal(lot) : undefined,
        minSize: isSmall && minSize !== undefined ? writeDecimal(minSize) : undefined,
        floor: hasFloor ? writeDecimal(floor) : undefined,
        ceil: isOdd ? writeDecimal(ceil) : undefined,
        wholeHolding: isFullExit ? writeDecimal(size) : undefined,
        ceilOnly: hasFloor ? undefined : writeDecimal(minSize !== undefined && minSize > ceil ? minSize : ceil),
      };
      return [{ facts, ask, severity: isFullExit ? 'warn' : undefined }];
    }),
  }),
  'FRACTIONAL-API': row({
    about: 'a fraction where this interface takes whole units',
    message: 'A fraction ({quantity}) is refused on this interface (error 10243).',
    remedy: "Round down to {floor}, or use the broker's own application.",
    grade: 'B',
    source: 'broker error 10243',
    judge: each((ask, { snapshot }) => {
      const size = readPositive(ask.order.totalQuantity);
      if (snapshot.policy.fractional || size === undefined || !WHOLE.has(ask.contract.secType) || size % ONE === 0n)
        return undefined;
      return { quantity: writeDecimal(size), floor: writeDecimal(floorTo(size, ONE)) };
    }),
  }),
} as const;
