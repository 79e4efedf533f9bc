// The numbers of an account as the rules read them: cash per currency, what of it is settled, rates and totals.

import Big from 'big.js';
import type { Situation } from '../../../rules/types.js';
import type { AccountNumbers, AccountValue } from '../../accounts/values.js';

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

/** The least that a number may be which was rounded to a whole one; what is not below 0 is not read as a debit. */
function leastOf(amount: Big): Big {
  const least = amount.minus('0.5');
  return amount.gte(0) && least.lt(0) ? new Big(0) : least;
}

/** What the gateway has told of an account; undefined: nothing yet. */
export function situationOf(told: AccountNumbers | undefined, about: About): TradelessSituation {
  const totals = told?.totals;
  const net = totals?.get('NetLiquidation');
  // A terminal that is set to round account values tells whole numbers, which it never does else.
  const isRounded = net !== undefined && !net.value.includes('.');
  const least = (value: AccountValue | undefined): Big | undefined =>
    isRounded && value?.amount !== undefined ? leastOf(value.amount) : value?.amount;
  const total = (tag: string): string | undefined => least(totals?.get(tag))?.toFixed();
  const cash: Record<string, string> = {};
  const exchangeRates: Record<string, string> = {};
  for (const [currency, ledger] of told?.ledgers ?? []) {
    const amount = least(ledger.get('TotalCashBalance')) ?? least(ledger.get('CashBalance'));
    if (amount !== undefined) cash[currency] = amount.toFixed();
    const rate = ledger.get('ExchangeRate')?.amount;
    if (rate !== undefined) exchangeRates[currency] = rate.toFixed();
  }
  const settled = totals?.get('SettledCash');
  const settledAmount = least(settled);
  // Settled cash is told as one sum over all currencies: where it is all the cash there is, every currency is settled. Rounded
  // sums that are equal prove it of one currency alone.
  const whole = totals?.get('TotalCashValue');
  const isAllSettled =
    settled?.amount !== undefined &&
    whole?.amount !== undefined &&
    settled.currency === whole.currency &&
    settled.amount.eq(whole.amount) &&
    Object.values(cash).every((amount) => !amount.startsWith('-')) &&
    !(isRounded && Object.keys(cash).length > 1);
  const dayTrades = totals?.get('DayTradesRemaining')?.amount?.toNumber();
  return {
    scope: 'account',
    account: {
      account: about.account,
      configuredKind: about.kind,
      accountType: about.accountType,
      baseCurrency: net?.currency ?? '',
      netLiquidation: total('NetLiquidation'),
      availableFunds: total('AvailableFunds'),
      excessLiquidity: total('ExcessLiquidity'),
      ...(dayTrades !== undefined && { dayTradesRemaining: dayTrades }),
      snapshotAgeSeconds: about.isCurrent ? 0 : NEVER_SECONDS,
    },
    severalAccounts: about.isOneOfSeveral,
    cash,
    ...(settled !== undefined &&
      settledAmount !== undefined && {
        settledCash: { ...(isAllSettled && cash), [settled.currency]: settledAmount.toFixed() },
      }),
    exchangeRates,
  };
}
