// Numbers of an account: the summary and the ledgers of the Web API under the official tags.

import { type AccountNumbers, type AccountValue, Big } from 'ibwire';
import { decimalText } from '../endpoints/decode.js';
import { told } from './contract.js';
import { KeyedMap } from './keyed.js';

type Row = Readonly<Record<string, unknown>>;

/** Official tags: the summary writes them in small letters. */
const TAGS = [
  ...[
    'AccountCode',
    'AccountReady',
    'AccountType',
    'AccruedCash',
    'AccruedDividend',
    'AvailableFunds',
    'Billable',
    'BuyingPower',
  ],
  ...['ColumnPrio', 'Cushion', 'DayTradesRemaining', 'DayTradesRemainingT+1', 'DayTradesRemainingT+2', 'DayTradesRemainingT+3'],
  ...['DayTradesRemainingT+4', 'EquityWithLoanValue', 'ExcessLiquidity', 'FullAvailableFunds', 'FullExcessLiquidity'],
  ...['FullInitMarginReq', 'FullMaintMarginReq', 'GrossPositionValue', 'Guarantee', 'HighestSeverity', 'IncentiveCoupons'],
  ...['IndianStockHaircut', 'InitMarginReq', 'Leverage', 'LookAheadAvailableFunds', 'LookAheadExcessLiquidity'],
  ...['LookAheadInitMarginReq', 'LookAheadMaintMarginReq', 'LookAheadNextChange', 'MaintMarginReq', 'NLVAndMarginInReview'],
  ...['NetLiquidation', 'NetLiquidationUncertainty', 'PASharesValue', 'PhysicalCertificateValue', 'PostExpirationExcess'],
  ...['PostExpirationMargin', 'PreviousDayEquityWithLoanValue', 'RegTEquity', 'RegTMargin', 'SettledCash', 'SMA'],
  ...['SegmentTitle', 'TotalCashValue', 'TotalDebitCardPendingCharges', 'TradingType', 'WhatIfPMEnabled'],
];
const byLowerCase = new Map(TAGS.map((tag) => [tag.toLowerCase(), tag]));

/** `netliquidation-s` is `NetLiquidation-S`: of the securities alone. A tag that nobody knows keeps its letters. */
function tagOf(key: string): string {
  const [, name = key, segment = ''] = /^(.*?)(-[csp])?$/.exec(key) ?? [];
  const tag = byLowerCase.get(name);
  return tag === undefined ? key : `${tag}${segment.toUpperCase()}`;
}

/** Lines of a ledger by their official tag. */
const LEDGER: Readonly<Record<string, string>> = {
  cashbalance: 'CashBalance',
  // One line more than the socket has in a ledger; it keeps the name that it has there as a total.
  settledcash: 'SettledCash',
  stockmarketvalue: 'StockMarketValue',
  stockoptionmarketvalue: 'OptionMarketValue',
  futureoptionmarketvalue: 'FutureOptionValue',
  futuresonlypnl: 'FuturesPNL',
  corporatebondsmarketvalue: 'CorporateBondValue',
  warrantsmarketvalue: 'WarrantValue',
  issueroptionsmarketvalue: 'IssuerOptionValue',
  tbillsmarketvalue: 'TBillValue',
  tbondsmarketvalue: 'TBondValue',
  funds: 'FundValue',
  moneyfunds: 'MoneyMarketFundValue',
  cryptocurrencyvalue: 'Cryptocurrency',
  dividends: 'NetDividend',
  netliquidationvalue: 'NetLiquidationByCurrency',
  unrealizedpnl: 'UnrealizedPnL',
  realizedpnl: 'RealizedPnL',
  exchangerate: 'ExchangeRate',
  interest: 'AccruedCash',
};
export const big = (value: unknown): Big | undefined => {
  const text = decimalText(value);
  return text === undefined ? undefined : new Big(text);
};

export interface NumbersStore {
  readonly view: AccountNumbers;
  /** Rows of the summary by key, as they are read or streamed. Answers what changed. */
  summary(key: string, row: Row, at: number): AccountValue | undefined;
  /** One line of a currency's ledger. */
  ledger(currency: string, line: Row, at: number): readonly AccountValue[];
}

/** Numbers of one account, to be written as they come. */
export function createNumbers(account: string): NumbersStore {
  const totals = new KeyedMap<AccountValue>();
  const ledgers = new KeyedMap<KeyedMap<AccountValue>>();
  const base = new KeyedMap<AccountValue>();
  let asOf: number | undefined;
  const view: AccountNumbers = {
    account,
    totals,
    ledgers,
    base,
    get asOf() {
      return asOf;
    },
  };
  const put = (into: KeyedMap<AccountValue>, tag: string, value: string, currency: string): AccountValue | undefined => {
    const before = into.get(tag);
    if (before?.value === value && before.currency === currency) return undefined;
    const row: AccountValue = { account, tag, value, amount: big(value), currency };
    into.set(tag, row);
    return row;
  };
  return {
    view,
    summary(key, row, at) {
      if (row['isNull'] === true) return undefined;
      // Amounts stand beside their text; either may be all there is.
      const value = told(row['value']) ?? told(row['amount']) ?? decimalText(row['monetaryValue']);
      if (value === undefined) return undefined;
      asOf = at;
      return put(totals, tagOf(key.toLowerCase()), value, told(row['currency']) ?? '');
    },
    ledger(currency, line, at) {
      const into = currency === 'BASE' ? base : (ledgers.get(currency) ?? new KeyedMap<AccountValue>());
      if (currency !== 'BASE') ledgers.set(currency, into);
      const changed: AccountValue[] = [];
      for (const [name, raw] of Object.entries(line)) {
        const tag = LEDGER[name.toLowerCase()];
        const value = tag === undefined ? undefined : decimalText(raw);
        if (tag === undefined || value === undefined) continue;
        asOf = at;
        const row = put(into, tag, value, currency);
        if (row !== undefined) changed.push(row);
      }
      return changed;
    },
  };
}
