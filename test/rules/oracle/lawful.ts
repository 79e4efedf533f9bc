// Says whether a state of the small world is lawful, by trying every way to give cover. Shares nothing with the rules.
import { type Thing, thing, type World } from './model.js';

interface Short {
  readonly thing: Thing;
}

const MAY_BE_SHORT = new Set(['OPT', 'FUT', 'CASH']);

/** Every way to choose `count` of the items. */
function* subsets<T>(items: readonly T[], count: number): Generator<readonly T[]> {
  if (count === 0) yield [];
  else
    for (let at = 0; at + count <= items.length; at++) {
      const item = items[at];
      if (item !== undefined) for (const rest of subsets(items.slice(at + 1), count - 1)) yield [item, ...rest];
    }
}

const units = (name: string, count: number): Short[] => Array.from({ length: Math.abs(count) }, () => ({ thing: thing(name) }));

function payoff(one: Thing, price: number): number {
  const strike = one.strike ?? 0;
  return one.right === 'C' ? Math.max(0, price - strike) : Math.max(0, strike - price);
}

function lossOfExpiry(shorts: readonly Short[], longs: readonly Short[]): number {
  const prices = [0, ...[...shorts, ...longs].map((one) => one.thing.strike ?? 0)];
  const losses = prices.map(
    (price) =>
      shorts.reduce((sum, one) => sum + payoff(one.thing, price), 0) -
      longs.reduce((sum, one) => sum + payoff(one.thing, price), 0),
  );
  return Math.max(0, ...losses) * (shorts[0]?.thing.multiplier ?? 1);
}

/** Smallest sum of losses over all assignments of longs to expiries; undefined when a call stays uncovered in each. */
function bestAssignment(
  shorts: readonly Short[],
  longs: readonly Short[],
  expiries: readonly number[],
): { loss: number; naked: number } {
  let best = { loss: Number.POSITIVE_INFINITY, naked: Number.POSITIVE_INFINITY };
  const assigned = new Map<number, Short[]>(expiries.map((expiry) => [expiry, []]));
  const place = (at: number): void => {
    const long = longs[at];
    if (long === undefined) {
      let loss = 0;
      let naked = 0;
      for (const expiry of expiries) {
        const mine = shorts.filter((one) => one.thing.expiry === expiry);
        if (mine.length === 0) continue;
        const cover = assigned.get(expiry) ?? [];
        const calls = (list: readonly Short[]): number => list.filter((one) => one.thing.right === 'C').length;
        naked += Math.max(0, calls(mine) - calls(cover));
        loss += lossOfExpiry(mine, cover);
      }
      if (naked < best.naked || (naked === best.naked && loss < best.loss)) best = { loss, naked };
      return;
    }
    for (const expiry of expiries) {
      if (expiry > (long.thing.expiry ?? 0)) continue;
      assigned.get(expiry)?.push(long);
      place(at + 1);
      assigned.get(expiry)?.pop();
    }
  };
  place(0);
  return best;
}

/** What the options of one underlying need at best: loss in cents and calls without cover. */
function optionsOf(symbol: string, held: ReadonlyMap<string, number>, cashType: boolean): { loss: number; naked: number } {
  const shorts: Short[] = [];
  const longs: Short[] = [];
  for (const [name, count] of held) {
    const one = thing(name);
    if (one.secType !== 'OPT' || one.symbol !== symbol || count === 0) continue;
    if (count < 0) shorts.push(...units(name, count));
    else if (!cashType || one.european === true) longs.push(...units(name, count));
  }
  if (shorts.length === 0) return { loss: 0, naked: 0 };
  const expiries = [...new Set(shorts.map((one) => one.thing.expiry ?? 0))];
  const calls = shorts.filter((one) => one.thing.right === 'C');
  const multiplier = shorts[0]?.thing.multiplier ?? 1;
  const lots = Math.min(calls.length, Math.floor(Math.max(0, held.get(symbol) ?? 0) / multiplier));
  let best = { loss: Number.POSITIVE_INFINITY, naked: Number.POSITIVE_INFINITY };
  const usable = longs.filter((long) => expiries.some((expiry) => expiry <= (long.thing.expiry ?? 0)));
  for (const covered of subsets(calls, lots)) {
    const found = bestAssignment(
      shorts.filter((one) => !covered.includes(one)),
      usable,
      expiries,
    );
    if (found.naked < best.naked || (found.naked === best.naked && found.loss < best.loss)) best = found;
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
