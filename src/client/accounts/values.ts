// The numbers of accounts: totals by tag, and the ledger of each currency.

import type Big from 'big.js';
import type { MessageOf } from '../../protocol/registry.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { accountSummaryStream, accountUpdatesMulti } from './conversations.js';
import { money } from './money.js';

/** One number of one account. */
export interface AccountValue {
  readonly account: string;
  readonly tag: string;
  /** The gateway's text. */
  readonly value: string;
  /** The same as a number; undefined when it is none. */
  readonly amount: Big | undefined;
  /** Empty for values that are no money. `BASE` is the total of all currencies in the base currency, no currency. */
  readonly currency: string;
}

/** The ledger of one currency by tag: CashBalance, StockMarketValue, UnrealizedPnL, ExchangeRate … */
export type Ledger = ReadonlyMap<string, AccountValue>;

export interface AccountNumbers {
  readonly account: string;
  /** Totals and margin: NetLiquidation, AvailableFunds, InitMarginReq … by tag. */
  readonly totals: ReadonlyMap<string, AccountValue>;
  /** By currency; `BASE` is not among them. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** All currencies together, in the base currency. */
  readonly base: Ledger;
  /** When the newest number came, epoch milliseconds of this machine; undefined before the first. */
  readonly asOf: number | undefined;
}

/** By account; it changes as messages come. */
export type ValuesView = ReadonlyMap<string, AccountNumbers>;

/** Tags of a ledger; in other rows of the same tag the currency only says what the amount is in. */
const ledgerTags: ReadonlySet<string> = new Set([
  'CashBalance',
  'TotalCashBalance',
  'CorporateBondValue',
  'Cryptocurrency',
  'Currency',
  'ExchangeRate',
  'Fund',
  'FundValue',
  'FutureOptionValue',
  'FuturesPNL',
  'FxCashBalance',
  'IssuerOptionValue',
  'MoneyMarketFundValue',
  'MutualFundValue',
  'NetDividend',
  'NetLiquidationByCurrency',
  'OptionMarketValue',
  'RealCurrency',
  'RealizedPnL',
  'SettledCashByDate',
  'StockMarketValue',
  'TBillValue',
  'TBondValue',
  'UnrealizedPnL',
  'WarrantValue',
]);

/** Set before the tags of a ledger by a setting of the terminal that is on for new users from 10.47 on (limits: `$LEDGER-`). */
const LEDGER = '$LEDGER-';

export const ALL_TAGS =
  'AccountType,NetLiquidation,TotalCashValue,SettledCash,AccruedCash,BuyingPower,EquityWithLoanValue,PreviousDayEquityWithLoanValue,' +
  'GrossPositionValue,RegTEquity,RegTMargin,SMA,InitMarginReq,MaintMarginReq,AvailableFunds,ExcessLiquidity,Cushion,' +
  'FullInitMarginReq,FullMaintMarginReq,FullAvailableFunds,FullExcessLiquidity,LookAheadNextChange,LookAheadInitMarginReq,' +
  'LookAheadMaintMarginReq,LookAheadAvailableFunds,LookAheadExcessLiquidity,HighestSeverity,DayTradesRemaining,Leverage,$LEDGER:ALL';

interface Numbers extends AccountNumbers {
  readonly totals: Map<string, AccountValue>;
  readonly ledgers: Map<string, Map<string, AccountValue>>;
  readonly base: Map<string, AccountValue>;
  asOf: number | undefined;
}

export interface ValueStore {
  readonly view: ValuesView;
  /** Answers the value as it was stored. */
  set(account: string, tag: string, value: string, currency: string, at: number): AccountValue;
  clear(): void;
}

export function createValues(): ValueStore {
  const accounts = new Map<string, Numbers>();
  return {
    view: accounts,
    clear: () => accounts.clear(),
    set(account, told, value, currency, at) {
      const isOfLedger = told.startsWith(LEDGER);
      const tag = isOfLedger ? told.slice(LEDGER.length) : told;
      let numbers = accounts.get(account);
      if (numbers === undefined) {
        numbers = { account, totals: new Map(), ledgers: new Map(), base: new Map(), asOf: undefined };
        accounts.set(account, numbers);
      }
      const row: AccountValue = { account, tag, value, amount: money(value), currency };
      numbers.asOf = at;
      if (currency === 'BASE') numbers.base.set(tag, row);
      else if (currency !== '' && (isOfLedger || ledgerTags.has(tag))) {
        const ledger = numbers.ledgers.get(currency) ?? new Map<string, AccountValue>();
        numbers.ledgers.set(currency, ledger);
        ledger.set(tag, row);
      } else numbers.totals.set(tag, row);
      return row;
    },
  };
}

/** All accounts of a group; one of the two summaries that a client may have. New numbers come every three minutes. */
export function openSummary(core: Core, group: string, tags: string, call?: Call): Subscription<AccountValue, ValuesView> {
  const store = createValues();
  return openStream(
    core,
    accountSummaryStream,
    { group, tags },
    {
      key: `${group} ${tags}`,
      view: store.view,
      take(message: MessageOf<'accountSummary'>, push: (value: AccountValue) => void) {
        const { account = '', tag = '', value = '', currency = '' } = message;
        push(store.set(account, tag, value, currency, core.lastHeard));
      },
    },
    call,
  );
}

/** One account or model, without a limit on how many accounts. */
export function openValues(
  core: Core,
  account: string,
  options: { readonly modelCode?: string; readonly ledgerAndNLV?: boolean },
  call?: Call,
): Subscription<AccountValue, ValuesView> {
  const { modelCode = '', ledgerAndNLV = false } = options;
  const store = createValues();
  return openStream(
    core,
    accountUpdatesMulti,
    { account, modelCode, ledgerAndNLV },
    {
      key: `${account} ${modelCode} ${ledgerAndNLV}`,
      view: store.view,
      take(message: MessageOf<'accountUpdateMulti'>, push: (value: AccountValue) => void) {
        const { key = '', value = '', currency = '' } = message;
        push(store.set(message.account ?? account, key, value, currency, core.lastHeard));
      },
    },
    call,
  );
}
