/** The rows an account shows: account values with their segments and currencies, and the account summary's tags. */
import type { Account } from './account.js';
import { type Cash, cashNumber, cashText, quantityNumber } from './amount.js';
import { INSURED_CURRENCY, insuredIn, settledIn } from './ledger.js';
import { isVariation, type Prices, pointValue } from './prices.js';
import { type Valuation, valuate } from './valuation.js';

/** One row; `currency` is unset for what has none. */
export interface AccountValue {
  readonly key: string;
  readonly value: string;
  readonly currency: string | undefined;
  /** A row of a currency's ledger; `AccruedCash` is a key of the account and of its ledgers. */
  readonly isOfLedger?: true;
}

const money = (amount: number): string => (Math.abs(amount) < 0.005 ? '0.00' : amount.toFixed(2));

/** Numbers by summary tag, in the base currency. */
export function figuresOf(account: Account, v: Valuation): Readonly<Record<string, number>> {
  const { initial, maintenance } = v.requirement;
  const equity = account.facts.borrows ? v.equityWithLoan : v.equityWithLoan - (v.cash - Math.min(v.cash, v.settledCash));
  const availableFunds = equity - initial;
  const excessLiquidity = equity - maintenance;
  const regTMargin = account.facts.borrows ? Math.max(0, v.stockValue) * 0.5 : initial;
  return {
    NetLiquidation: v.netLiquidation,
    TotalCashValue: v.cash,
    SettledCash: v.settledCash,
    AccruedCash: v.accruedCash,
    BuyingPower: Math.max(0, availableFunds) * account.facts.leverage,
    EquityWithLoanValue: v.equityWithLoan,
    PreviousDayEquityWithLoanValue: account.previousEquity,
    GrossPositionValue: v.gross,
    RegTEquity: v.equityWithLoan,
    RegTMargin: regTMargin,
    SMA: v.equityWithLoan - regTMargin,
    InitMarginReq: initial,
    MaintMarginReq: maintenance,
    AvailableFunds: availableFunds,
    ExcessLiquidity: excessLiquidity,
    FullInitMarginReq: initial,
    FullMaintMarginReq: maintenance,
    FullAvailableFunds: availableFunds,
    FullExcessLiquidity: excessLiquidity,
    LookAheadInitMarginReq: initial,
    LookAheadMaintMarginReq: maintenance,
    LookAheadAvailableFunds: availableFunds,
    LookAheadExcessLiquidity: excessLiquidity,
  };
}

/** Texts by summary tag that are no money. Leverage only where there is some to show. */
function plainFigures(account: Account, v: Valuation): Readonly<Record<string, string | undefined>> {
  const excess = v.equityWithLoan - v.requirement.maintenance;
  return {
    AccountType: account.facts.accountType,
    Cushion: v.netLiquidation > 0 ? (Math.round((excess / v.netLiquidation) * 1e6) / 1e6).toString() : '0',
    DayTradesRemaining: dayTradesRemaining(account, v).toString(),
    LookAheadNextChange: '0',
    HighestSeverity: '0',
    Leverage: v.netLiquidation > 0 && v.gross > 0 ? (v.gross / v.netLiquidation).toFixed(2) : undefined,
  };
}

/** −1: unlimited. Margin accounts below 25,000 have three day trades in five business days. */
export function dayTradesRemaining(account: Account, v: Valuation): number {
  if (!account.facts.borrows || v.netLiquidation >= 25_000) return -1;
  return Math.max(0, 3 - account.dayTrades.length);
}

/** The tags a summary can be asked for, in the order rows are sent: what has no currency first. */
export function summaryRows(
  account: Account,
  prices: Prices,
  tags: readonly string[],
  splitsDeposit = false,
): readonly AccountValue[] {
  const v = valuate(account, prices);
  const plain = plainFigures(account, v);
  const figures = figuresOf(account, v);
  const wanted = new Set(tags.map((tag) => tag.replace(/^ReqT/, 'RegT')));
  const hasNoSettledCash = account.facts.borrows;
  const rows: AccountValue[] = [];
  for (const [key, value] of Object.entries(plain))
    if (wanted.has(key) && value !== undefined) rows.push({ key, value, currency: undefined });
  for (const key of Object.keys(figures).sort()) {
    if (!wanted.has(key) || (key === 'SettledCash' && hasNoSettledCash)) continue;
    rows.push({ key, value: money(figures[key] as number), currency: account.baseCurrency });
  }
  for (const tag of tags) {
    const [, ledger] = /^\$LEDGER(?::(\w+))?$/.exec(tag) ?? [];
    if (tag.startsWith('$LEDGER')) rows.push(...ledgerRows(account, prices, ledger ?? 'BASE', { v, splitsDeposit }));
  }
  return rows;
}

interface LedgerTerms {
  readonly v: Valuation;
  /** Insured deposits are no part of the cash balances. */
  readonly splitsDeposit: boolean;
}

/** The ledger block of one currency, of `BASE`, or of `ALL`. */
function ledgerRows(account: Account, prices: Prices, which: string, terms: LedgerTerms): readonly AccountValue[] {
  const currencies = which === 'ALL' ? [...account.ledger.keys(), 'BASE'] : [which];
  return currencies.flatMap((currency) => ledgerBlock(account, prices, currency, terms));
}

function ledgerBlock(account: Account, prices: Prices, currency: string, terms: LedgerTerms): readonly AccountValue[] {
  const isBase = currency === 'BASE';
  const deposit = terms.splitsDeposit ? insuredIn(account.ledger) : 0n;
  const block = isBase
    ? baseBlock(terms.v, cashNumber(deposit) * prices.rate(INSURED_CURRENCY, account.baseCurrency))
    : currencyBlock(account, prices, currency, currency === INSURED_CURRENCY ? deposit : 0n);
  const rate = isBase ? 1 : prices.rate(currency, account.baseCurrency);
  const texts: Record<string, string> = {
    Currency: currency,
    CashBalance: block.cash,
    TotalCashBalance: block.cash,
    AccruedCash: block.accrued,
    StockMarketValue: money(block.stock),
    OptionMarketValue: money(block.option),
    FuturesPNL: money(block.variation),
    NetLiquidationByCurrency: money(block.net),
    UnrealizedPnL: money(block.unrealized),
    RealizedPnL: money(block.realized),
    ExchangeRate: isBase ? '1.00' : rate.toFixed(7),
    NetDividend: '0.00',
    RealCurrency: currency,
    AccountOrGroup: account.account,
  };
  return Object.entries(texts).map(([key, value]) => ({ key, value, currency, isOfLedger: true }));
}

interface Block {
  readonly cash: string;
  readonly accrued: string;
  readonly stock: number;
  readonly option: number;
  readonly variation: number;
  readonly net: number;
  readonly unrealized: number;
  readonly realized: number;
}

function baseBlock(v: Valuation, deposit: number): Block {
  return {
    cash: money(v.cash - deposit),
    accrued: money(v.accruedCash),
    stock: v.stockValue,
    option: v.optionValue,
    variation: v.variation,
    net: v.netLiquidation,
    unrealized: v.unrealized,
    realized: v.realized,
  };
}

function currencyBlock(account: Account, prices: Prices, currency: string, deposit: Cash): Block {
  const row = account.ledger.get(currency);
  let stock = 0;
  let option = 0;
  let other = 0;
  let variation = 0;
  let unrealized = 0;
  let realized = 0;
  for (const position of account.positions.values()) {
    const { instrument } = position;
    if (instrument.currency !== currency) continue;
    realized += cashNumber(position.realized);
    if (position.quantity === 0n) continue;
    const worth = quantityNumber(position.quantity) * prices.mark(instrument) * pointValue(instrument);
    unrealized += worth - cashNumber(position.cost);
    if (isVariation(instrument)) variation += worth - cashNumber(position.carry);
    else if (instrument.secType === 'STK') stock += worth;
    else if (instrument.secType === 'OPT' || instrument.secType === 'FOP') option += worth;
    else if (instrument.secType !== 'CASH') other += worth;
  }
  const cash = row?.cash ?? 0n;
  const accrued = row?.accruedInterest ?? 0n;
  const net = cashNumber(cash) + cashNumber(accrued) + stock + option + other + variation;
  return { cash: cashText(cash - deposit), accrued: cashText(accrued), stock, option, variation, net, unrealized, realized };
}

const SEGMENTED = [
  'AccruedCash',
  'AvailableFunds',
  'EquityWithLoanValue',
  'ExcessLiquidity',
  'InitMarginReq',
  'MaintMarginReq',
  'NetLiquidation',
  'TotalCashValue',
];

/** All rows of account updates: plain values sorted by key, segments (`-S` securities, `-C` commodities), then the ledgers. */
export function accountValues(account: Account, prices: Prices, splitsDeposit = false): readonly AccountValue[] {
  const v = valuate(account, prices);
  const base = account.baseCurrency;
  const figures = figuresOf(account, v);
  const rows: AccountValue[] = [
    { key: 'AccountCode', value: account.account, currency: undefined },
    { key: 'AccountReady', value: 'true', currency: undefined },
  ];
  for (const [key, value] of Object.entries(plainFigures(account, v)))
    if (value !== undefined) rows.push({ key, value, currency: undefined });
  const { commodities } = v.requirement;
  for (const [key, amount] of Object.entries(figures)) {
    rows.push({ key, value: money(amount), currency: base });
    if (!SEGMENTED.includes(key)) continue;
    const part = key.endsWith('MarginReq')
      ? commodities
      : key === 'AvailableFunds' || key === 'ExcessLiquidity'
        ? -commodities
        : v.variation;
    rows.push({ key: `${key}-C`, value: money(key.startsWith('Accrued') ? 0 : part), currency: base });
    rows.push({ key: `${key}-S`, value: money(key.startsWith('Accrued') ? amount : amount - part), currency: base });
  }
  rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const ledgers = [...ledgerRows(account, prices, 'ALL', { v, splitsDeposit })];
  return [...rows, ...ledgers.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))];
}

/** Settled cash of a currency as text, the way `SettledCashByDate` states it. */
export function settledByDate(account: Account, day: string): readonly AccountValue[] {
  return [...account.ledger.keys()].map((currency) => ({
    key: 'SettledCashByDate',
    value: `${day}:${cashText(settledIn(account.ledger, currency))}`,
    currency,
  }));
}
