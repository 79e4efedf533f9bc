// The numbers of accounts: totals by tag, and the ledger of each currency.

import type Big from 'big.js';
import { type Keyed, KeyedMap } from '../../input/keyed.js';
import type { MessageOf } from '../../protocol/registry.js';
import { openStream } from '../conversation/stream.js';
import type { Asking } from '../conversation/stream-terms.js';
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
export type Ledger = Keyed<string, AccountValue>;

/** Every number of one account: totals, a ledger for each currency, and the base currency's. */
export interface AccountNumbers {
  readonly account: string;
  /** Totals and margin: NetLiquidation, AvailableFunds, InitMarginReq … by tag. */
  readonly totals: Keyed<string, AccountValue>;
  /** By currency; `BASE` is not among them. */
  readonly ledgers: Keyed<string, Ledger>;
  /** All currencies together, in the base currency. */
  readonly base: Ledger;
  /** When the newest number came, epoch milliseconds of this machine; undefined before the first. */
  readonly asOf: number | undefined;
}

/** By account; it changes as messages come. */
export type ValuesView = Keyed<string, AccountNumbers>;

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

/** Of the account and of every ledger: without the prefix, rows of both have one name, and one of the ledgers one currency too. */
const SHARED = 'AccruedCash';

/** Set before the tags of a ledger by a setting of the terminal that is on for new users from 10.47 on (limits: `$LEDGER-`). */
const LEDGER = '$LEDGER-';

export const ALL_TAGS =
  'AccountType,NetLiquidation,TotalCashValue,SettledCash,AccruedCash,BuyingPower,EquityWithLoanValue,PreviousDayEquityWithLoanValue,' +
  'GrossPositionValue,RegTEquity,RegTMargin,SMA,InitMarginReq,MaintMarginReq,AvailableFunds,ExcessLiquidity,Cushion,' +
  'FullInitMarginReq,FullMaintMarginReq,FullAvailableFunds,FullExcessLiquidity,LookAheadNextChange,LookAheadInitMarginReq,' +
  'LookAheadMaintMarginReq,LookAheadAvailableFunds,LookAheadExcessLiquidity,HighestSeverity,DayTradesRemaining,Leverage,$LEDGER:ALL';

interface Numbers extends AccountNumbers {
  readonly totals: KeyedMap<string, AccountValue>;
  readonly ledgers: KeyedMap<string, KeyedMap<string, AccountValue>>;
  readonly base: KeyedMap<string, AccountValue>;
  asOf: number | undefined;
}

/** What has come of the shared tag in an account's own currency since its picture began; `prefixed`: the prefix tells them apart. */
type Shared = 'total' | 'both' | 'prefixed';

/** An account of which nothing has come. */
export function noNumbers(account: string): Numbers {
  return { account, totals: new KeyedMap(), ledgers: new KeyedMap(), base: new KeyedMap(), asOf: undefined };
}

export interface ValueStore {
  readonly view: ValuesView;
  /** Answers the value as it was stored. */
  set(account: string, tag: string, value: string, currency: string, at: number): AccountValue;
  /** A whole picture comes anew: its first row of a shared tag is the account's. */
  begin(): void;
  clear(): void;
}

/** `isOfLedgers`: the stream tells the rows of ledgers alone, and the net liquidation. */
export function createValues({ isOfLedgers = false } = {}): ValueStore {
  const accounts = new KeyedMap<string, Numbers>();
  const shared = new Map<string, Shared>();
  return {
    view: accounts,
    begin() {
      for (const [account, come] of shared) if (come !== 'prefixed') shared.delete(account);
    },
    clear: () => accounts.clear(),
    set(account, told, value, currency, at) {
      const isOfLedger = told.startsWith(LEDGER);
      const tag = isOfLedger ? told.slice(LEDGER.length) : told;
      let numbers = accounts.get(account);
      if (numbers === undefined) {
        numbers = noNumbers(account);
        accounts.set(account, numbers);
      }
      const row: AccountValue = { account, tag, value, amount: money(value), currency };
      numbers.asOf = at;
      if (isOfLedger) shared.set(account, 'prefixed');
      switch (placeOf(numbers, row, isOfLedger || (isOfLedgers && tag === SHARED), shared)) {
        case 'base':
          numbers.base.set(tag, row);
          break;
        case 'ledger': {
          const ledger = numbers.ledgers.get(currency) ?? new KeyedMap<string, AccountValue>();
          numbers.ledgers.set(currency, ledger);
          ledger.set(tag, row);
          break;
        }
        case 'total':
          numbers.totals.set(tag, row);
          break;
        default: // either: neither is certain any more
          numbers.totals.delete(tag);
          numbers.ledgers.get(currency)?.delete(tag);
      }
      return row;
    },
  };
}

type Place = 'base' | 'ledger' | 'total' | 'either';

function placeOf(numbers: Numbers, row: AccountValue, isOfLedger: boolean, shared: Map<string, Shared>): Place {
  const { tag, currency } = row;
  if (currency === 'BASE') return 'base';
  if (currency === '') return 'total';
  if (isOfLedger || ledgerTags.has(tag)) return 'ledger';
  return tag === SHARED ? placeOfShared(numbers, row, shared) : 'total';
}

/** The order of a first picture tells: the account's row, then those of the ledgers. A lone one later can be either. */
function placeOfShared(numbers: Numbers, { account, tag, value, currency }: AccountValue, shared: Map<string, Shared>): Place {
  const own = (numbers.totals.get('NetLiquidation') ?? numbers.totals.get(tag))?.currency;
  const come = shared.get(account);
  if (come === 'prefixed') return 'total';
  if (own !== undefined && currency !== own) return 'ledger';
  if (come === undefined) {
    shared.set(account, 'total');
    return 'total';
  }
  if (come === 'total') {
    shared.set(account, 'both');
    return 'ledger';
  }
  if (numbers.totals.get(tag)?.value === value) return 'total'; // pictures come twice
  if (numbers.ledgers.get(currency)?.get(tag)?.value === value) return 'ledger';
  return 'either';
}

/** What a row of a summary must have, and does not: it says nothing of anybody. */
export function missingOfSummary({ account, tag }: MessageOf<'accountSummary'>): 'account' | 'tag' | undefined {
  if ((account ?? '') === '') return 'account';
  return (tag ?? '') === '' ? 'tag' : undefined;
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
      onReset: () => store.begin(),
      take(message: MessageOf<'accountSummary'>, push: (value: AccountValue) => void, asking: Asking) {
        const { account = '', tag = '', value = '', currency = '' } = message;
        const missing = missingOfSummary(message);
        if (missing !== undefined) {
          asking.misread(message.kind, missing, 'is missing');
          return;
        }
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
  options: { readonly modelCode?: string; readonly ledgerAndNLV?: boolean; readonly isShared?: false },
  call?: Call,
): Subscription<AccountValue, ValuesView> {
  const { modelCode = '', ledgerAndNLV = false } = options;
  const store = createValues({ isOfLedgers: ledgerAndNLV });
  return openStream(
    core,
    accountUpdatesMulti,
    { account, modelCode, ledgerAndNLV },
    {
      ...(options.isShared !== false && { key: `${account} ${modelCode} ${ledgerAndNLV}` }),
      view: store.view,
      onReset: () => store.begin(),
      take(message: MessageOf<'accountUpdateMulti'>, push: (value: AccountValue) => void, asking: Asking) {
        const { key = '', value = '', currency = '' } = message;
        if (key === '') {
          asking.misread(message.kind, 'key', 'is missing');
          return;
        }
        push(store.set(message.account ?? account, key, value, currency, core.lastHeard));
      },
    },
    call,
  );
}
