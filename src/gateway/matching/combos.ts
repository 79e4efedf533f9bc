/** Combinations: priced from their legs, filled in whole combos with all legs at once. */
import { floorToStep, lesser, priceUnits, type Quantity } from '../accounts/amount.js';
import { bookOf, type EngineState } from './engine-state.js';
import { bearable, fill, starve } from './fill.js';
import { type Level, levelFor, take } from './instrument-book.js';
import { type ComboPart, type LiveOrder, workableOf } from './live-order.js';

const ONE = 100_000_000n;

interface ComboLevel {
  /** Net price of one combo. */
  readonly price: number;
  readonly lots: Quantity;
  readonly levels: readonly Level[];
}

/** The net price is that of one share where a leg has a multiplier: 100 shares and a call count as one of each. */
const unitOf = (parts: readonly ComboPart[]): number => Math.max(1, ...parts.map(({ instrument }) => instrument.multiplier));

/** Whether trading the combo in this direction buys the leg. */
function buysLeg(isBuy: boolean, part: ComboPart): boolean {
  return isBuy === part.ratio > 0;
}

/** What the legs offer together now; undefined while one of them offers nothing. */
function comboLevel(state: EngineState, order: LiveOrder): ComboLevel | undefined {
  const levels: Level[] = [];
  let lots: Quantity | undefined;
  let net = 0;
  const unit = unitOf(order.parts ?? []);
  for (const part of order.parts ?? []) {
    const book = bookOf(state, part.instrument);
    if (book.quote.halted || book.quote.session === 'closed') return undefined;
    const level = levelFor(state.setup.market, book, buysLeg(order.isBuy, part));
    if (!level) return undefined;
    levels.push(level);
    const ratio = BigInt(Math.abs(part.ratio));
    const here = floorToStep(level.available / ratio, ONE);
    lots = lots === undefined ? here : lesser(lots, here);
    net += (Number(priceUnits(level.price)) * part.ratio * part.instrument.multiplier) / unit;
  }
  return lots === undefined || lots <= 0n ? undefined : { price: Math.round(net) / 1e8, lots, levels };
}

/** Fills as many whole combos as the legs allow within the limit (undefined: at market). */
export function matchCombo(state: EngineState, order: LiveOrder, limit: number | undefined): void {
  for (let rounds = 0; rounds < 1_000; rounds++) {
    const open = floorToStep(workableOf(order), ONE);
    if (open <= 0n || order.final) return;
    const level = comboLevel(state, order);
    if (!level || (limit !== undefined && (order.isBuy ? level.price > limit : level.price < limit))) return;
    if ((order.order.allOrNone || order.order.tif === 'FOK') && level.lots < open) return;
    const terms = {
      price: level.price,
      liquidity: 2,
      exchange: order.contract.exchange ?? 'SMART',
      legPrices: level.levels.map(({ price }) => price),
    } as const;
    const lots = floorToStep(bearable(state, order, lesser(open, level.lots), terms), ONE);
    if (lots <= 0n) {
      starve(state, order);
      return;
    }
    for (const part of order.parts ?? []) {
      take(bookOf(state, part.instrument), buysLeg(order.isBuy, part), lots * BigInt(Math.abs(part.ratio)));
    }
    fill(state, order, lots, terms);
  }
}

/** Net price one combo would trade at now, for margins and previews; 0 while a leg has no quote. */
export function comboPrice(state: EngineState, order: Pick<LiveOrder, 'parts' | 'isBuy'>): number {
  let net = 0;
  const unit = unitOf(order.parts ?? []);
  for (const part of order.parts ?? []) {
    const { quote } = bookOf(state, part.instrument);
    net += (part.ratio * part.instrument.multiplier * (buysLeg(order.isBuy, part) ? quote.ask : quote.bid)) / unit;
  }
  return Math.round(net * 1e8) / 1e8;
}
