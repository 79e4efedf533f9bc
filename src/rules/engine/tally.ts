// Running sums of one side of an enumeration: what is held and paid while orders are filled and unfilled.
import { CUBE_TO_AMOUNT, smaller } from '../decimal.js';
import { evaluate, type Terms, type Values } from './layout.js';
import type { Laid, Region } from './region.js';

/** Quantities and payments of one side (without or with the new orders) while a walk goes on. */
export class Tally {
  readonly quantities: bigint[];
  private readonly payments: bigint[];
  private readonly filled: Laid[] = [];
  private readonly region: Region;
  private readonly terms: Terms;

  constructor(region: Region, terms: Terms) {
    this.region = region;
    this.terms = terms;
    this.quantities = [...region.base];
    this.payments = region.layout.currencies.map(() => 0n);
  }

  add(laid: Laid | undefined, sign: 1n | -1n): void {
    if (laid === undefined) return;
    const { changes } = laid.effect;
    for (let at = 0; at < changes.length; at++) {
      const place = laid.places[at] ?? 0;
      this.quantities[place] = (this.quantities[place] ?? 0n) + sign * (changes[at]?.quantity ?? 0n);
    }
    this.payments[laid.currencyAt] = (this.payments[laid.currencyAt] ?? 0n) + sign * laid.effect.pays;
    if (laid.asked === undefined && laid.effect.premium === 0n) return;
    if (sign > 0n) this.filled.push(laid);
    else this.filled.pop();
  }

  values(): Values {
    const values = evaluate(this.region.layout, this.quantities, this.payments, this.terms);
    if (this.filled.length > 0) this.addConditional(values);
    return values;
  }

  /** What-if requirements of written futures options, and premium that the policy counts, both only as far as really written. */
  private addConditional(values: Values): void {
    const sold = new Map<number, { quantity: bigint; premium: bigint; currencyAt: number }>();
    for (const { asked, effect, places, currencyAt } of this.filled) {
      if (asked?.places.some((at) => (this.quantities[at] ?? 0n) < 0n)) {
        values.fops[asked.at] = (values.fops[asked.at] ?? 0n) + asked.amount;
        values.need[asked.at] = (values.need[asked.at] ?? 0n) + asked.amount;
      }
      const at = places[0] ?? 0;
      if (effect.premium === 0n) continue;
      const known = sold.get(at);
      const quantity = (known?.quantity ?? 0n) - (effect.changes[0]?.quantity ?? 0n);
      sold.set(at, {
        quantity,
        premium: known === undefined ? effect.premium : smaller(known.premium, effect.premium),
        currencyAt,
      });
    }
    for (const [at, { quantity, premium, currencyAt }] of sold) {
      const net = this.quantities[at] ?? 0n;
      if (net >= 0n) continue;
      const credit = smaller(quantity, -net) * (this.region.layout.contracts[at]?.multiplier ?? 0n) * premium * CUBE_TO_AMOUNT;
      values.need[currencyAt] = (values.need[currencyAt] ?? 0n) - credit;
    }
  }
}
