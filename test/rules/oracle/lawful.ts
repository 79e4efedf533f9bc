// Says whether a state of the small world is lawful, by trying every way to give cover. Shares nothing with the rules.
import { type Thing, thing, type World } from './model.js';

/** So many equal options. */
interface Stack {
  readonly thing: Thing;
  readonly count: number;
}

const MAY_BE_SHORT = new Set(['OPT', 'FUT', 'CASH']);

/** Every way to take `total` items out of stacks, or fewer when there are not so many. */
function* choices(stacks: readonly Stack[], total: number): Generator<readonly number[]> {
  const [first, ...rest] = stacks;
  if (first === undefined) {
    yield [];
    return;
  }
  const behind = rest.reduce((sum, one) => sum + one.count, 0);
  for (let taken = Math.max(0, Math.min(first.count, total - behind)); taken <= Math.min(first.count, total); taken++) {
    for (const others of choices(rest, total - taken)) yield [taken, ...others];
  }
}

function payoff(one: Thing, price: number): number {
  const strike = one.strike ?? 0;
  return one.right === 'C' ? Math.max(0, price - strike) : Math.max(0, strike - price);
}

function lossOfExpiry(shorts: readonly Stack[], longs: readonly Stack[]): number {
  const prices = [0, ...[...shorts, ...longs].map((one) => one.thing.strike ?? 0)];
  const value = (stacks: readonly Stack[], price: number): number =>
    stacks.reduce((sum, one) => sum + one.count * payoff(one.thing, price), 0);
  return Math.max(0, ...prices.map((price) => value(shorts, price) - value(longs, price))) * (shorts[0]?.thing.multiplier ?? 1);
}

const callsIn = (stacks: readonly Stack[]): number =>
  stacks.reduce((sum, one) => sum + (one.thing.right === 'C' ? one.count : 0), 0);

interface Need {
  readonly loss: number;
  readonly naked: number;
}
const WORST: Need = { loss: Number.POSITIVE_INFINITY, naked: Number.POSITIVE_INFINITY };
const better = (a: Need, b: Need): Need => (a.naked < b.naked || (a.naked === b.naked && a.loss < b.loss) ? a : b);

/** Fewest naked calls, and then the smallest sum of losses, over all ways to give longs to expiries not later than their own. */
function bestAssignment(shorts: readonly Stack[], longs: readonly Stack[], expiries: readonly number[]): Need {
  const [expiry, ...later] = expiries;
  if (expiry === undefined) return { loss: 0, naked: 0 };
  const mine = shorts.filter((one) => one.thing.expiry === expiry);
  const usable = longs.filter((one) => (one.thing.expiry ?? 0) >= expiry);
  const most = usable.reduce((sum, one) => sum + one.count, 0);
  let best = WORST;
  for (let total = later.length === 0 ? most : 0; total <= most; total++) {
    for (const taken of choices(usable, total)) {
      const cover = usable.map((one, at) => ({ thing: one.thing, count: taken[at] ?? 0 }));
      const left = longs.map((one) => ({ thing: one.thing, count: one.count - (taken[usable.indexOf(one)] ?? 0) }));
      const rest = bestAssignment(shorts, left, later);
      const naked = Math.max(0, callsIn(mine) - callsIn(cover));
      best = better({ loss: lossOfExpiry(mine, cover) + rest.loss, naked: naked + rest.naked }, best);
    }
  }
  return best;
}

/** What the options of one underlying need at best: loss in cents and calls without cover. */
function optionsOf(symbol: string, held: ReadonlyMap<string, number>, cashType: boolean): Need {
  const shorts: Stack[] = [];
  const longs: Stack[] = [];
  for (const [name, count] of held) {
    const one = thing(name);
    if (one.secType !== 'OPT' || one.symbol !== symbol || count === 0) continue;
    if (count < 0) shorts.push({ thing: one, count: -count });
    else if (!cashType || one.european === true) longs.push({ thing: one, count });
  }
  if (shorts.length === 0) return { loss: 0, naked: 0 };
  const expiries = [...new Set(shorts.map((one) => one.thing.expiry ?? 0))].sort();
  const calls = shorts.filter((one) => one.thing.right === 'C');
  const lots = Math.min(callsIn(calls), Math.floor(Math.max(0, held.get(symbol) ?? 0) / (shorts[0]?.thing.multiplier ?? 1)));
  let best = WORST;
  for (const covered of choices(calls, lots)) {
    const open = shorts.map((one) => ({ thing: one.thing, count: one.count - (covered[calls.indexOf(one)] ?? 0) }));
    best = better(bestAssignment(open, longs, expiries), best);
  }
  return best;
}

/** What is wrong with a state, in plain words; undefined when it is lawful. */
export function unlawful(world: World, futuresFactor = 2): string | undefined {
  const cashType = world.kind !== 'ira-margin';
  for (const [name, held] of world.held) {
    if (held < 0 && !MAY_BE_SHORT.has(thing(name).secType)) return `short ${-held} ${name}`;
  }
  const need = { USD: 0, EUR: 0 };
  const factor = world.kind === 'cash' ? 1 : futuresFactor;
  for (const symbol of ['AAA', 'IDX']) {
    const { loss, naked } = optionsOf(symbol, world.held, cashType);
    if (naked > 0) return `${naked} naked calls on ${symbol}`;
    need.USD += loss;
  }
  for (const [name, held] of world.held) {
    const { margin, currency } = thing(name);
    if (margin !== undefined) need[currency] += Math.abs(held) * margin * factor;
  }
  for (const currency of ['USD', 'EUR'] as const) {
    const cash = world.cash[currency];
    if (cash < 0) return `debit of ${-cash} cents ${currency}`;
    if (need[currency] > cash) return `needs ${need[currency]} cents ${currency}, has ${cash}`;
  }
  return undefined;
}

/** The three measures of trouble, for states that were unlawful to begin with. */
export function troubleOf(world: World): { short: number; naked: number; deficit: { USD: number; EUR: number } } {
  const cashType = world.kind !== 'ira-margin';
  let short = 0;
  for (const [name, held] of world.held) if (held < 0 && !MAY_BE_SHORT.has(thing(name).secType)) short -= held;
  const found = ['AAA', 'IDX'].map((symbol) => optionsOf(symbol, world.held, cashType));
  const loss = found.reduce((sum, one) => sum + (Number.isFinite(one.loss) ? one.loss : 0), 0);
  const deficit = { USD: Math.max(0, loss - world.cash.USD), EUR: Math.max(0, -world.cash.EUR) };
  return { short, naked: found.reduce((sum, one) => sum + one.naked, 0), deficit };
}
