// What guards see: the account as the rules see it, with what this session has sent and has at work.
import type { Situation } from '../../../rules/types.js';
import type { Lookback } from './sent-orders.js';

/** What the order path knows beside the account. */
export interface Beside {
  readonly account: string;
  /** Accounts of the login. */
  readonly login: readonly string[];
  readonly stopped: string | undefined;
}

/**
 * Every property its own and listed, so that a copy has them all; what was sent and what works is made when it is read. What the
 * program says of orders (`accounts.more`) counts besides. Written out: own getters behind a spread take 30 µs.
 */
export function seenBy(own: Situation, past: Lookback | undefined, { account, login, stopped }: Beside): Situation {
  return {
    account: named(own, account),
    severalAccounts: own.severalAccounts,
    cash: own.cash,
    settledCash: own.settledCash,
    get positions() {
      return own.positions;
    },
    get workingOrders() {
      return own.workingOrders;
    },
    exchangeRates: own.exchangeRates,
    asOf: own.asOf,
    linkedLossSales: own.linkedLossSales,
    corporateActions: own.corporateActions,
    scope: own.scope,
    picture: own.picture,
    stopped,
    login,
    get sent() {
      return past === undefined ? own.sent : both(past.sent, own.sent);
    },
    sentWithin(ms: number) {
      const more = own.sentWithin?.(ms) ?? own.sent;
      return past === undefined ? more : both(past.sentWithin(ms), more);
    },
    get openOrders() {
      return past === undefined ? own.openOrders : both(past.openOrders, own.openOrders);
    },
  } satisfies { readonly [K in keyof Required<Situation>]: Situation[K] };
}

/** The account's facts with its name, which those of a watched account have. */
function named({ account: facts }: Situation, account: string): Situation['account'] {
  return facts.account === account ? facts : Object.assign({}, facts, { account });
}

function both<T>(known: readonly T[] | undefined, more: readonly T[] | undefined): readonly T[] | undefined {
  return known === undefined || more === undefined ? known : [...known, ...more];
}
