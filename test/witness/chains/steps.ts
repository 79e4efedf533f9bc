// The steps of which chains are made: each is one thing that a person, the market or the broker does.

import type { OrderDraft, OrderGroup, PlaceOptions, TradableContract, Trade } from '../../../src/index.js';
import { bag, buy, limit, sell } from '../../../src/index.js';
import { ACCOUNT, DAY, OTHER, type Play } from './play.js';

export type Step = (play: Play) => unknown;

function refuse(play: Play, error: unknown): void {
  const { findings } = error as { findings?: readonly { code: string; severity: string; message: string }[] };
  const said = findings?.filter(({ severity }) => severity === 'reject').map(({ code, message }) => `${code}: ${message}`);
  play.refused.push(...(said ?? [error instanceof Error ? `${error.name}: ${error.message}` : String(error)]));
}

/** Margin that is not reckoned here is asked for first, as the refusal says. */
async function asked(play: Play, contract: TradableContract, order: OrderDraft, options: PlaceOptions): Promise<PlaceOptions> {
  const needs = play.ib.orders.check(contract, order, options).some(({ code }) => code === 'MARGIN-NEEDS-WHATIF');
  return needs ? { ...options, preview: await play.until(play.ib.orders.preview(contract, order, options)) } : options;
}

/** Waits until the broker has taken it or it has ended; one that is refused is noted. */
async function taken(play: Play, trade: Trade): Promise<void> {
  await play.until(Promise.race([trade.accepted.catch(() => {}), trade.done]));
  const { end } = trade;
  if (end?.at !== 'rejected') return;
  if (end.reason?.findings !== undefined) refuse(play, end.reason);
  else play.refused.push(`${end.reason?.code}: ${end.reason?.text}`);
}

type Written = OrderDraft | ((play: Play) => OrderDraft);

/** Places an order under a name. */
export const place =
  (name: string, what: string | Combination, order: Written, options: PlaceOptions = {}): Step =>
  async (play) => {
    const contract = typeof what === 'string' ? await play.contract(what) : await what(play);
    const draft = typeof order === 'function' ? order(play) : order;
    try {
      const own = { account: ACCOUNT, ...options };
      const trade = play.ib.orders.place(contract, draft, await asked(play, contract, draft, own));
      play.trades.set(name, trade);
      await taken(play, trade);
    } catch (error) {
      refuse(play, error);
    }
  };

/** Places a group; its members are called `name 0`, `name 1` and so on. */
export const group =
  (name: string, what: string, members: OrderGroup, options: PlaceOptions = {}): Step =>
  async (play) => {
    const contract = await play.contract(what);
    const own = { account: ACCOUNT, ...options };
    const [parent] = members.members;
    try {
      const call = parent?.role === 'parent' ? await asked(play, contract, parent.order, own) : own;
      const trades = play.ib.orders.placeGroup(contract, members, call);
      for (const [i, trade] of trades.entries()) play.trades.set(`${name} ${i}`, trade);
      for (const trade of trades) await taken(play, trade);
    } catch (error) {
      refuse(play, error);
    }
  };

/** Holds an order in TWS. */
export const stages =
  (name: string, what: string, order: OrderDraft): Step =>
  async (play) => {
    const contract = await play.contract(what);
    play.trades.set(name, play.ib.orders.place(contract, order, { account: ACCOUNT, transmit: false }));
    await play.pass(2_000);
  };

type Combination = (play: Play) => Promise<TradableContract>;
/** A combination of signed legs: `[['AAPL C105', -1], ['AAPL C110', 1]]`. */
export const legs =
  (...of: readonly (readonly [string, number])[]): Combination =>
  async (play) => {
    const signed = [];
    for (const [what, ratio] of of) {
      const contract = (await play.contract(what)) as never;
      signed.push(ratio > 0 ? buy(contract, ratio) : sell(contract, -ratio));
    }
    return bag(signed) as TradableContract;
  };

const round = (price: number, step: number): number => Math.round(Math.round(price / step) * step * 1e6) / 1e6;
const stepOf = (what: string): number =>
  what === 'EUR.USD' ? 0.00005 : what === 'MES' ? 0.25 : what === 'BTC' ? 0.25 : what.startsWith('SPX ') ? 0.1 : 0.01;

/** A limit that the market fills at once: a little beyond the other side. */
const through = (play: Play, what: string, action: 'BUY' | 'SELL', size: number | string): OrderDraft => {
  const { conId = 0 } = play.contracts.get(what) ?? {};
  const { bid, ask } = play.gateway.market.quote(conId);
  const price = action === 'BUY' ? ask * 1.02 : bid * 0.98;
  return limit(action, size, Math.max(stepOf(what), round(price, stepOf(what))));
};

const trading =
  (action: 'BUY' | 'SELL') =>
  (what: string, size: number | string, options: PlaceOptions = {}): Step =>
  async (play) => {
    await play.contract(what);
    const before = play.refused.length;
    await place('last', what, () => through(play, what, action, size), options)(play);
    if (play.refused.length === before) await filled('last')(play);
  };

/** Buys or sells at once, at a limit that the market fills. */
export const buys = trading('BUY');
export const sells = trading('SELL');

/** A combination at the worst price its legs have now. */
export const trades =
  (what: Combination, action: 'BUY' | 'SELL', size: number, lmtPrice: number): Step =>
  async (play) => {
    const before = play.refused.length;
    await place('combination', what, limit(action, size, lmtPrice))(play);
    if (play.refused.length === before) await filled('combination')(play);
  };

/** Lets the market fill what was named; unfilled is a fault of the chain. */
export const filled =
  (...names: readonly string[]): Step =>
  async (play) => {
    for (const name of names) {
      const trade = play.trade(name);
      const end = await play.until(trade.done).catch((error: unknown) => {
        throw new Error(
          `${name} of ${trade.contract?.localSymbol} does not fill at ${trade.draft?.lmtPrice}: ${trade.state.at}`,
          { cause: error },
        );
      });
      if (end.at !== 'filled') throw new Error(`${name} is ${end.at}: ${JSON.stringify(trade.notices)}`);
    }
    await play.pass(500);
  };

export const gone =
  (...names: readonly string[]): Step =>
  async (play) => {
    for (const name of names) {
      const { at } = await play.until(play.trade(name).done);
      if (at !== 'cancelled') throw new Error(`${name} is ${at}`);
    }
  };

export const change =
  (name: string, changes: Partial<OrderDraft>, call: { readonly evenIfUnusual?: boolean } = {}): Step =>
  async (play) => {
    try {
      await play.until(play.ib.orders.modify(play.trade(name), changes, call));
    } catch (error) {
      refuse(play, error);
    }
  };

export const cancel =
  (...names: readonly string[]): Step =>
  async (play) => {
    for (const name of names)
      await play.until(play.ib.orders.cancel(play.trade(name))).catch((error: unknown) => refuse(play, error));
  };

/** Moves a market, and lets everybody hear of it. */
export const moves =
  (which: string, price: number): Step =>
  async (play) => {
    play.gateway.market.set(which, price);
    await play.pass(2_000);
  };

export const waits =
  (ms: number): Step =>
  (play) =>
    play.pass(ms);

/** The broker tells the numbers of the account once more: what was executed stands in them. */
export const numbers: Step = waits(181_000);

/** Ten in the morning, so many business days later; the gateway is away in between, as it is at night. */
export const days =
  (count = 1): Step =>
  async (play) => {
    const from = play.clock.now();
    let until = play.opening + Math.floor((from - play.opening) / DAY) * DAY;
    for (let left = count; left > 0; ) {
      until += DAY;
      const weekday = new Date(until).getUTCDay();
      if (weekday !== 0 && weekday !== 6) left--;
    }
    play.gateway.faults.restart({ downFor: until - from - 120_000 });
    await play.pass(until - from);
  };

/** What the account holds now. */
export const holds =
  (what: string, size: number | string, account = ACCOUNT): Step =>
  async (play) => {
    const { conId = 0 } = await play.contract(what);
    const held = play.held(conId, account);
    if (Number(held) !== Number(size)) throw new Error(`holds ${held} of ${what}, not ${size}`);
  };

/** Shorts of an option are assigned: it is gone, and the shares come or go at its strike. */
export const assigned =
  (what: string, count: number): Step =>
  async (play) => {
    const { conId = 0, strike = 0, right } = await play.contract(what);
    const { conId: shares = 0 } = await play.contract(what.split(' ')[0] ?? '');
    play.book(conId, count, 0);
    play.book(shares, (right === 'P' ? 100 : -100) * count, strike);
    await days()(play);
  };

/** The option has expired worthless: it is gone without a word. */
export const expired =
  (what: string, size: number): Step =>
  async (play) => {
    const { conId = 0 } = await play.contract(what);
    play.book(conId, -size, 0);
    await days()(play);
  };

export const exercises =
  (what: string, quantity: number, action: 'exercise' | 'lapse' = 'exercise'): Step =>
  async (play) => {
    const contract = await play.contract(what);
    try {
      const trade = play.ib.orders.exercise(contract, { action, quantity }, { account: ACCOUNT });
      play.trades.set('exercise', trade);
      await taken(play, trade);
    } catch (error) {
      refuse(play, error);
    }
    await days()(play);
  };

export const cuts: Step = async (play) => {
  play.gateway.faults.cut();
  await play.pass(10_000);
};

export { ACCOUNT, OTHER };
