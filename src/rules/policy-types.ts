// The plain data of a policy: what limits an order, and which switches there are.
import type { DecimalText } from './types.js';

/** A symbol that may not be opened, or not be traded at all. */
export interface Restriction {
  readonly symbol: string;
  readonly mode: 'no-open' | 'no-trade';
}

/** Limits and switches. What is left out takes the default of `defaultPolicy`; a name that nobody knows is an `OptionError`. */
export interface Policy {
  readonly maxQuantity: Readonly<Record<string, DecimalText | null>>;
  readonly maxNotional: DecimalText | null;
  readonly priceCollar: DecimalText | null;
  readonly marketBuffer: DecimalText;
  /** Least that is reserved for the commission of a purchase, in its currency; see `facts/fee.ts`. 0: nothing. */
  readonly feeReserve: DecimalText;
  readonly iraFuturesMultiplier: DecimalText;
  readonly creditPremium: boolean;
  readonly multiCurrency: boolean;
  readonly allowUnsettled: boolean;
  readonly requireContractDetails: boolean;
  readonly fractional: boolean;
  readonly duplicateWindowSeconds: number;
  readonly restricted: readonly Restriction[];
  readonly readOnly: boolean;
  readonly requireConfirmation: boolean;
  readonly pdt: 'legacy' | 'intraday';
  readonly iraCrypto: boolean;
  readonly maxSnapshotAgeSeconds: number;
  readonly vertexCap: number;
  /** Symbols of partnership units that may not be opened in an IRA, besides those known by stock type. */
  readonly partnershipUnits: readonly string[];
  /** Symbols of funds taxed as partnerships. */
  readonly partnershipFunds: readonly string[];
  /** Treat group types 1 and 2 like 3. */
  readonly ocaNeverBlocks: boolean;
}
