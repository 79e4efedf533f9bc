// The currencies of an account as lines that can be added up: exactly, and with a word where they do not.

import Big from 'big.js';

export type Values = Readonly<Record<string, { readonly value: string; readonly currency?: string | undefined }>>;

export interface CurrencyLine {
  readonly currency: string;
  readonly cash: string | undefined;
  readonly accrued: string | undefined;
  readonly stocks: string | undefined;
  readonly options: string | undefined;
  readonly unrealized: string | undefined;
  readonly rate: string | undefined;
  readonly worth: string | undefined;
  /** In the base currency; undefined without a rate. */
  readonly inBase: string | undefined;
}

export interface Total {
  readonly value: string;
  /** Net liquidation less the sum; undefined when it is not told, or a rate is missing. */
  readonly off: string | undefined;
  readonly missing: readonly string[];
}

const decimal = (text: string | undefined): Big | undefined =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? new Big(text) : undefined;

export function currencyLines(currencies: Readonly<Record<string, Values>>): readonly CurrencyLine[] {
  return Object.entries(currencies)
    .map(([currency, values]) => {
      const of = (tag: string): string | undefined => values[tag]?.value;
      const [rate, worth] = [decimal(of('ExchangeRate')), decimal(of('NetLiquidationByCurrency'))];
      return {
        currency,
        cash: of('TotalCashBalance') ?? of('CashBalance'),
        accrued: of('AccruedCash'),
        stocks: of('StockMarketValue'),
        options: of('OptionMarketValue'),
        unrealized: of('UnrealizedPnL'),
        rate: of('ExchangeRate'),
        worth: of('NetLiquidationByCurrency'),
        inBase: rate === undefined || worth === undefined ? undefined : worth.times(rate).toFixed(2),
      };
    })
    .sort((a, b) => a.currency.localeCompare(b.currency));
}

export function totalOf(lines: readonly CurrencyLine[], netLiquidation: string | undefined): Total {
  const missing = lines.filter(({ inBase }) => inBase === undefined).map(({ currency }) => currency);
  const sum = lines.reduce((all, { inBase }) => all.plus(inBase ?? 0), new Big(0));
  const net = decimal(netLiquidation);
  return { value: sum.toFixed(2), off: net === undefined || missing.length > 0 ? undefined : net.minus(sum).toFixed(2), missing };
}
