// Everything about all accounts, kept up to date in one place.

import type Big from 'big.js';
import { type Keyed, KeyedMap } from '../../input/keyed.js';
import { callUser } from '../conversation/heed.js';
import type { StreamState } from '../conversation/source.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { legible } from '../input/legible.js';
import { openPnl, type Pnl } from './pnl.js';
import type { AccountPosition } from './position-row.js';
import { MOST_ACCOUNTS_AT_ONCE, openAllPositions, openPositionsOf } from './positions.js';
import { type AccountNumbers, ALL_TAGS, openSummary, openValues } from './values.js';

/** One account of `accounts.live`, kept up to date. What has not been told yet is undefined. */
export interface LiveAccount {
  readonly account: string;
  /** AccountType as the gateway gives it; undefined before it has come. */
  readonly accountType: string | undefined;
  readonly positions: readonly AccountPosition[];
  readonly numbers: AccountNumbers | undefined;
  readonly pnl: Pnl | undefined;
}

/** Sums over accounts. Amounts of different base currencies are never added: `undefined` then. */
export interface LiveTotals {
  readonly baseCurrency: string | undefined;
  readonly netLiquidation: Big | undefined;
  readonly dailyPnL: Big | undefined;
  /** Quantity by conId over all accounts. */
  readonly positions: Keyed<number, Big>;
}

/** A part of the live picture; each has a stream and a state of its own. */
export type LivePart = 'positions' | 'numbers' | 'pnl';

/**
 * All accounts together: positions, numbers, profit and loss, and their totals by currency. Close it, or leave its `await
 * using`.
 */
export interface LiveAccounts extends AsyncDisposable {
  readonly accounts: Keyed<string, LiveAccount>;
  readonly totals: LiveTotals;
  /** How fresh each part is: the worst state of its streams. */
  readonly states: Readonly<Record<LivePart, StreamState>>;
  /** Resolves when positions and numbers are complete for the first time. @throws what ended one of the streams. */
  complete(): Promise<void>;
  /** Calls the listener when something of a part has changed. Returns what takes it out again. */
  on(listener: (part: LivePart, account: string) => void): () => void;
  /** Ends all of its streams. Nothing is told after it. */
  close(): void;
}

/** Up to 50 accounts share three streams; above that each account has its own. */
export function openLiveAccounts(core: Core, ids: readonly string[], call: Call = {}): LiveAccounts {
  const isMany = core.accounts.length > MOST_ACCOUNTS_AT_ONCE;
  const positions = isMany ? ids.map((id) => openPositionsOf(core, id, '', call)) : [openAllPositions(core, call)];
  const numbers = isMany ? ids.map((id) => openValues(core, id, {}, call)) : [openSummary(core, 'All', ALL_TAGS, call)];
  const pnls = new Map(ids.map((id) => [id, openPnl(core, id, '', call)]));
  const listeners = new Set<(part: LivePart, account: string) => void>();
  const tell = (part: LivePart, account: string): void => {
    for (const listener of listeners) {
      callUser(
        () => listener(part, account),
        (error) => core.thrown(error),
      );
    }
  };
  for (const stream of positions) stream.on(({ account }) => tell('positions', account));
  for (const stream of numbers) stream.on(({ account }) => tell('numbers', account));
  for (const [account, stream] of pnls) stream.on(() => tell('pnl', account));
  const close = (): void => {
    for (const stream of [...positions, ...numbers, ...pnls.values()]) stream.close();
    listeners.clear();
  };
  const numbersOf = (account: string): AccountNumbers | undefined =>
    numbers.map((stream) => stream.view.get(account)).find((found) => found !== undefined);
  const live: LiveAccounts = legible({
    get accounts() {
      const held = positions.flatMap((stream) => [...stream.view.values()]);
      return new KeyedMap(
        ids.map((account): [string, LiveAccount] => {
          const mine = numbersOf(account);
          const one: LiveAccount = {
            account,
            accountType: mine?.totals.get('AccountType')?.value,
            positions: held.filter((position) => position.account === account),
            numbers: mine,
            pnl: pnls.get(account)?.latest,
          };
          return [account, one];
        }),
      );
    },
    get totals() {
      return totalsOf([...live.accounts.values()]);
    },
    get states() {
      return { positions: worst(positions), numbers: worst(numbers), pnl: worst([...pnls.values()]) };
    },
    async complete() {
      await Promise.all([...positions, ...numbers].map((stream) => stream.complete()));
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
    [Symbol.asyncDispose]() {
      close();
      return Promise.resolve();
    },
  });
  return live;
}

const order: readonly StreamState['at'][] = ['closed', 'stale', 'opening', 'live'];

function worst(streams: readonly Pick<Subscription<unknown, unknown>, 'state'>[]): StreamState {
  const states = streams.map(({ state }) => state).sort((a, b) => order.indexOf(a.at) - order.indexOf(b.at));
  return states[0] ?? { at: 'opening' };
}

function totalsOf(accounts: readonly LiveAccount[]): LiveTotals {
  const worths = accounts.map(({ numbers }) => numbers?.totals.get('NetLiquidation'));
  const currencies = new Set(worths.map((worth) => worth?.currency));
  const [baseCurrency] = currencies;
  const isOne = currencies.size === 1 && baseCurrency !== undefined;
  const positions = new KeyedMap<number, Big>();
  for (const { contract, position } of accounts.flatMap((account) => account.positions)) {
    const conId = contract.conId ?? 0;
    positions.set(conId, positions.get(conId)?.plus(position) ?? position);
  }
  return {
    baseCurrency: isOne ? baseCurrency : undefined,
    netLiquidation: isOne ? sum(worths.map((worth) => worth?.amount)) : undefined,
    dailyPnL: isOne ? sum(accounts.map(({ pnl }) => pnl?.dailyPnL)) : undefined,
    positions,
  };
}

/** Undefined when one of them is not known: a sum of some would look like the sum of all. */
function sum(amounts: readonly (Big | undefined)[]): Big | undefined {
  let total: Big | undefined;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    total = total?.plus(amount) ?? amount;
  }
  return total;
}
