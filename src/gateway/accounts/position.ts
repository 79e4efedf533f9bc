/** One holding: quantity, cost with commissions, realised result. Short holdings have negative quantity and cost. */
import type { Instrument } from '../world/instrument.js';
import { type Cash, cashNumber, divideRounded, lesser, type Quantity, quantityNumber } from './amount.js';

export interface Position {
  readonly instrument: Instrument;
  quantity: Quantity;
  /** What was paid for the quantity held, commissions included. */
  cost: Cash;
  /** What was paid for it without commissions; the settled basis of instruments that are settled by variation. */
  carry: Cash;
  /** Realised since the start of the day. */
  realized: Cash;
  /** Quantity and value at the start of the day, for the daily result. */
  startQuantity: Quantity;
  startValue: Cash;
  /** Money that went out (less what came in) today, commissions included. */
  dayOutflow: Cash;
}

export function createPosition(instrument: Instrument): Position {
  return { instrument, quantity: 0n, cost: 0n, carry: 0n, realized: 0n, startQuantity: 0n, startValue: 0n, dayOutflow: 0n };
}

/**
 * Books a trade. `signed` is the quantity with its direction, `value` its worth with the same sign, `commission` a cost.
 * Returns what was realised (with commissions of both ends); undefined when the trade only opened.
 */
export function trade(position: Position, signed: Quantity, value: Cash, commission: Cash): Cash | undefined {
  const outflow = value + commission;
  position.dayOutflow += outflow;
  const held = position.quantity;
  const opposite = held !== 0n && held > 0n !== signed > 0n;
  position.quantity = held + signed;
  if (!opposite) {
    position.cost += outflow;
    position.carry += value;
    return undefined;
  }
  const size = magnitude(signed);
  const closing = lesser(size, magnitude(held));
  const closingOutflow = closing === size ? outflow : divideRounded(outflow * closing, size);
  const closingValue = closing === size ? value : divideRounded(value * closing, size);
  const released = closing === magnitude(held) ? position.cost : divideRounded(position.cost * closing, magnitude(held));
  const releasedCarry = closing === magnitude(held) ? position.carry : divideRounded(position.carry * closing, magnitude(held));
  const realized = -closingOutflow - released;
  position.cost += outflow - closingOutflow - released;
  position.carry += value - closingValue - releasedCarry;
  position.realized += realized;
  return realized;
}

export function magnitude(quantity: bigint): bigint {
  return quantity < 0n ? -quantity : quantity;
}

/** Average cost per unit, multiplier and commissions included; 0 for an empty position. */
export function averageCost(position: Position): number {
  if (position.quantity === 0n) return 0;
  return Math.round((cashNumber(position.cost) / quantityNumber(position.quantity)) * 1e8) / 1e8;
}
