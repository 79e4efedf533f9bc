// The one model: whatever a source says ends in these words. Decimals are text, exact; what was not told is absent, never 0.

/** A decimal number as text: `-1234.50`. Never a binary number. */
export type DecimalText = string;

export type AssetClass = 'stock' | 'option' | 'future' | 'fund' | 'bond' | 'crypto' | 'forex' | 'cash' | 'other';

export interface OptionTerms {
  readonly underlying: string;
  /** YYYY-MM-DD */
  readonly expiry: string;
  readonly right: 'C' | 'P';
  readonly strike: DecimalText;
}

/** Everything that names an instrument; the more of it, the surer a match (`matchOf`). */
export interface Instrument {
  readonly class: AssetClass;
  readonly symbol?: string;
  readonly exchange?: string;
  readonly name?: string;
  readonly conId?: string;
  readonly isin?: string;
  readonly cusip?: string;
  readonly figi?: string;
  readonly option?: OptionTerms;
  /** Units in one contract; absent: 100 for options, 1 for the rest. */
  readonly multiplier?: DecimalText;
}

export interface AccountKey {
  readonly broker: string;
  /** As the broker gives it. A masked number (`####2641`) is no identity. */
  readonly number: string;
}

/** Where a record is from: kept on every one of them. */
export interface Origin {
  readonly account: AccountKey;
  /** Name of the source that was read. */
  readonly source: string;
  /** When this was true, as the source says it; absent when it does not say. */
  readonly asOf?: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Position extends Origin {
  readonly instrument: Instrument;
  /** Signed: negative is short. Absent: not told (a money market line that has only a value). */
  readonly quantity?: DecimalText;
  /** Of one unit. Absent: unknown, which is not 0. */
  readonly price?: DecimalText;
  readonly value?: DecimalText;
  readonly costBasis?: DecimalText;
  readonly averageCost?: DecimalText;
  readonly currency: string;
  readonly isCashEquivalent: boolean;
}

export interface Balance extends Origin {
  readonly currency: string;
  readonly cash: DecimalText;
  readonly settledCash?: DecimalText;
  /** The cash told here contains the cash equivalents that stand among the positions too: they count once. */
  readonly includesCashEquivalents: boolean;
}

export type TransactionKind =
  | 'buy'
  | 'sell'
  | 'buy-to-open'
  | 'sell-to-open'
  | 'buy-to-close'
  | 'sell-to-close'
  | 'option-expired'
  | 'option-assigned'
  | 'option-exercised'
  | 'dividend'
  | 'interest'
  | 'margin-interest'
  | 'capital-gain'
  | 'return-of-capital'
  | 'fee'
  | 'tax'
  | 'deposit'
  | 'withdrawal'
  | 'transfer'
  | 'split'
  | 'cash-in-lieu'
  | 'unknown';

export interface Transaction extends Origin {
  readonly kind: TransactionKind;
  /** YYYY-MM-DD */
  readonly date: string;
  /** Only when it is another day. */
  readonly settle?: string;
  /** The day it took effect when it was posted on another. */
  readonly effective?: string;
  readonly instrument?: Instrument;
  /** Signed by direction: what the position changed by. */
  readonly quantity?: DecimalText;
  readonly price?: DecimalText;
  readonly fees?: DecimalText;
  /** What the cash changed by. */
  readonly amount?: DecimalText;
  readonly currency: string;
  readonly isReinvestment: boolean;
  readonly isCashEquivalent: boolean;
  /** The broker's own word for the kind. */
  readonly code: string;
  /** The broker's id of it, when there is a lasting one. */
  readonly id?: string;
}

export interface AccountSummary extends Origin {
  readonly currency: string;
  readonly kind?: string;
  readonly netLiquidation?: DecimalText;
}

/** What reading one source or file gave. */
export interface Reading {
  readonly source: string;
  readonly broker: string;
  readonly accounts: readonly AccountSummary[];
  readonly positions: readonly Position[];
  readonly balances: readonly Balance[];
  readonly transactions: readonly Transaction[];
  /** Rows that hold no record: totals, disclaimers, empty rows. */
  readonly ignoredRows: number;
  /** Codes nobody here knows, with how often; their rows are kept as kind `unknown`. */
  readonly unknownCodes: Readonly<Record<string, number>>;
  /** `proven` when the form has an end mark and it was there; `unproven` when the form has none. */
  readonly end: 'proven' | 'unproven';
  readonly notes: readonly string[];
}

/** A reading of nothing, to be spread under what there is. */
export function emptyReading(source: string, broker: string): Reading {
  return {
    source,
    broker,
    accounts: [],
    positions: [],
    balances: [],
    transactions: [],
    ignoredRows: 0,
    unknownCodes: {},
    end: 'unproven',
    notes: [],
  };
}

/** Every field that has a value: an absent one is absent, not undefined. */
export function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}
