// The numbers of an account as the rules read them: cash per currency, what of it is settled, rates and totals.
import type { Situation } from '../../../rules/types.js';
import type { AccountNumbers } from '../../accounts/values.js';

/** Everything but positions and working orders. */
export type TradelessSituation = Omit<Situation, 'positions' | 'workingOrders'>;

/** What is known of an account beside its numbers. */
export interface About {
  readonly account: string;
  /** Kind by configuration. */
  readonly kind: string | undefined;
  readonly accountType: string | undefined;
  /** The login has more accounts. */
  readonly isOneOfSeveral: boolean;
  /** Told on this connection, and lately. */
  readonly isCurrent: boolean;
}

/** Age that no policy accepts. */
const NEVER_SECONDS = 1_000_000_000;

/** What the gateway has told of an account; undefined: nothing yet. */
export function situationOf(told: AccountNumbers | undefined, about: About): TradelessSituation {
  const totals = told?.totals;
  const total = (tag: string): string | undefined => totals?.get(tag)?.amount?.toFixed();
  const cash: Record<string, string> = {};
  const exchangeRates: Record<string, string> = {};
  for (const [currency, ledger] of told?.ledgers ?? []) {
    const amount = ledger.get('TotalCashBalance')?.amount ?? ledger.get('CashBalance')?.amount;
    if (amount !== undefined) cash[currency] = amount.toFixed();
    const rate = ledger.get('ExchangeRate')?.amount;
    if (rate !== undefined) exchangeRates[currency] = rate.toFixed();
  }
  const net = totals?.get('NetLiquidation');
  const settled = totals?.get('SettledCash');
  // Settled cash is told as one sum over all currencies: where it is all the cash there is, every currency is settled.
  const whole = totals?.get('TotalCashValue');
  const isAllSettled =
    settled?.amount !== undefined &&
    whole?.amount !== undefined &&
    settled.currency === whole.currency &&
    settled.amount.eq(whole.amount) &&
    Object.values(cash).every((amount) => !amount.startsWith('-'));
  const dayTrades = totals?.get('DayTradesRemaining')?.amount?.toNumber();
  return {
    scope: 'account',
    account: {
      account: about.account,
      configuredKind: about.kind,
      accountType: about.accountType,
      baseCurrency: net?.currency ?? '',
      netLiquidation: net?.amount?.toFixed(),
      availableFunds: total('AvailableFunds'),
      excessLiquidity: total('ExcessLiquidity'),
      ...(dayTrades !== undefined && { dayTradesRemaining: dayTrades }),
      snapshotAgeSeconds: about.isCurrent ? 0 : NEVER_SECONDS,
    },
    severalAccounts: about.isOneOfSeveral,
    cash,
    ...(settled?.amount !== undefined && {
      settledCash: { ...(isAllSettled && cash), [settled.currency]: settled.amount.toFixed() },
    }),
    exchangeRates,
  };
}
