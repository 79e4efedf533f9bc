// The currencies of an account as lines that can be added up: exactly, and with a word where they do not.

import Big from 'big.js';

export type Values = Readonly<Record<string, { readonly value: string; readonly currency?: string | undefined }>>;

export interface CurrencyLine {
  readonly currency: string;
  readonly cash: string | undefined;
  readonly settled: string | undefined;
  readonly accrued: string | undefined;
  readonly stocks: string | undefined;
  readonly options: string | undefined;
  readonly futures: string | undefined;
  readonly unrealized: string | undefined;
  readonly realized: string | undefined;
  readonly rate: string | undefined;
  readonly worth: string | undefined;
  /** In the base currency; undefined without a rate or a worth. */
  readonly inBase: string | undefined;
}

export interface Total {
  /** Undefined: no line is told in the base currency. */
  readonly value: string | undefined;
  /** Net liquidation less the sum; undefined when it is not told, or a line is left out. */
  readonly off: string | undefined;
  /** Why lines are left out, in words: those without a rate, and those whose worth is not told. */
  readonly left: readonly string[];
}

const decimal = (text: string | undefined): Big | undefined =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? new Big(text) : undefined;

/** The sum of what is told; undefined where nothing is. */
const added = (amounts: readonly (Big | undefined)[]): Big | undefined =>
  amounts.reduce((all, amount) => (amount === undefined ? all : (all?.plus(amount) ?? amount)), undefined);

export function currencyLines(currencies: Readonly<Record<string, Values>>): readonly CurrencyLine[] {
  return Object.entries(currencies)
    .map(([currency, values]) => {
      const of = (tag: string): string | undefined => values[tag]?.value;
      const [rate, worth] = [decimal(of('ExchangeRate')), decimal(of('NetLiquidationByCurrency'))];
      return {
        currency,
        cash: of('TotalCashBalance') ?? of('CashBalance'),
        settled: of('SettledCash'),
        accrued: of('AccruedCash'),
        stocks: of('StockMarketValue'),
        options: of('OptionMarketValue'),
        futures: of('FuturesPNL'),
        unrealized: of('UnrealizedPnL'),
        realized: of('RealizedPnL'),
        rate: of('ExchangeRate'),
        worth: of('NetLiquidationByCurrency'),
        inBase: rate === undefined || worth === undefined ? undefined : worth.times(rate).toFixed(2),
      };
    })
    .sort((a, b) => a.currency.localeCompare(b.currency));
}

export function totalOf(lines: readonly CurrencyLine[], netLiquidation: string | undefined): Total {
  const without = (name: 'rate' | 'worth'): string =>
    lines
      .filter(({ [name]: told }) => decimal(told) === undefined)
      .map(({ currency }) => currency)
      .join(', ');
  const [rates, worths] = [without('rate'), without('worth')];
  const left = [
    ...(rates === '' ? [] : [`no rate for ${rates}`]),
    ...(worths === '' ? [] : [`the worth of ${worths} is not told`]),
  ];
  const sum = added(lines.map(({ inBase }) => decimal(inBase)));
  const off = left.length > 0 || sum === undefined ? undefined : decimal(netLiquidation)?.minus(sum);
  return { value: sum?.toFixed(2), off: off?.toFixed(2), left };
}

/** Amounts by currency, and their sum in the base currency where every rate is known. What is not told of any holding makes a sum partial. */
export interface Sum {
  readonly byCurrency: readonly {
    readonly currency: string;
    /** Undefined: nothing is told. */
    readonly amount: string | undefined;
    readonly untold: number;
  }[];
  /** Undefined: a rate is missing, or nothing is told. */
  readonly inBase: string | undefined;
  readonly missing: readonly string[];
  readonly rates: readonly { readonly currency: string; readonly rate: string }[];
}

export interface Amount {
  readonly currency: string;
  readonly amount: string | undefined;
}

export function sumOf(
  amounts: readonly Amount[],
  base: string | undefined,
  lines: readonly Pick<CurrencyLine, 'currency' | 'rate'>[],
): Sum {
  const told = new Map<string, (Big | undefined)[]>();
  for (const { currency, amount } of amounts) {
    const known = told.get(currency) ?? [];
    known.push(decimal(amount));
    told.set(currency, known);
  }
  const currencies = [...told.keys()].sort();
  const sumIn = (currency: string): Big | undefined => added(told.get(currency) ?? []);
  const rateOf = (currency: string): Big | undefined =>
    currency === base ? new Big(1) : decimal(lines.find((one) => one.currency === currency)?.rate);
  const missing = base === undefined ? currencies : currencies.filter((one) => rateOf(one) === undefined);
  const total = added(currencies.map((currency) => sumIn(currency)?.times(rateOf(currency) ?? 0)));
  return {
    byCurrency: currencies.map((currency) => ({
      currency,
      amount: sumIn(currency)?.toFixed(2),
      untold: (told.get(currency) ?? []).filter((amount) => amount === undefined).length,
    })),
    inBase: missing.length > 0 ? undefined : total?.toFixed(2),
    missing,
    rates: currencies.flatMap((currency) => {
      const rate = rateOf(currency);
      return rate === undefined || currency === base ? [] : [{ currency, rate: rate.toFixed() }];
    }),
  };
}
