// The plain data of a policy: what limits an order, and which switches there are.
import type { DecimalText } from './types.js';

/** A symbol that may not be opened, or not be traded at all. */
export interface Restriction {
  readonly symbol: string;
  readonly mode: 'no-open' | 'no-trade';
}

/** Limits and switches. What is left out takes the default of `defaultPolicy`; a name that nobody knows is an `OptionError`. */
export interface Policy {
  /** Largest size of an opening order, by `secType`; null: any. A kind that is left out has its default. */
  readonly maxQuantity: Readonly<Record<string, DecimalText | null>>;
  /** Largest worth of an opening order, in the base currency; null: any. */
  readonly maxNotional: DecimalText | null;
  /** How far a price may be from the market, as a fraction: 0.10 is ten percent; null: any distance. */
  readonly priceCollar: DecimalText | null;
  /** How much above the price seen an order at the market is reckoned to cost, as a fraction. */
  readonly marketBuffer: DecimalText;
  /** Least that is reserved for the commission of a purchase, in its currency; see `facts/fee.ts`. 0: nothing. */
  readonly feeReserve: DecimalText;
  /** How many times the margin of futures an IRA has to hold. */
  readonly iraFuturesMultiplier: DecimalText;
  /** Whether the premium of options sold at a limit counts as money that is there. */
  readonly creditPremium: boolean;
  /** Whether a cash-type IRA may hold other currencies than its base. */
  readonly multiCurrency: boolean;
  /** Whether an account that may not borrow may spend what has not settled. */
  readonly allowUnsettled: boolean;
  /** Whether an IRA may open a stock only when its `stockType` is known. */
  readonly requireContractDetails: boolean;
  /** Whether sizes of stocks may have decimals. */
  readonly fractional: boolean;
  /** For how long after an order the same one again is taken for a mistake, seconds. */
  readonly duplicateWindowSeconds: number;
  /** Symbols that may not be opened, or not be traded at all. */
  readonly restricted: readonly Restriction[];
  /** No order passes. */
  readonly readOnly: boolean;
  /** An order passes only when it is `confirmed`. */
  readonly requireConfirmation: boolean;
  /** `legacy`: the rule of pattern day traders; `intraday`: the one that follows the excess of the day. */
  readonly pdt: 'legacy' | 'intraday';
  /** Whether an IRA may open crypto. */
  readonly iraCrypto: boolean;
  /** How old the picture of the account may be, seconds; an older one lets nothing open. */
  readonly maxSnapshotAgeSeconds: number;
  /** How many coupled orders on one underlying are judged exactly; more are refused. */
  readonly vertexCap: number;
  /** Symbols of partnership units that may not be opened in an IRA, besides those known by stock type. */
  readonly partnershipUnits: readonly string[];
  /** Symbols of funds taxed as partnerships. */
  readonly partnershipFunds: readonly string[];
  /** Treat group types 1 and 2 like 3. */
  readonly ocaNeverBlocks: boolean;
}
