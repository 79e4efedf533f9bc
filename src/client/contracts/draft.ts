// Contracts as builders make them: official field names, absent means not given.

/** Every security type of the vocabulary. */
export const SEC_TYPES = [
  ...(['STK', 'OPT', 'FUT', 'CONTFUT', 'CASH', 'BOND', 'CFD', 'FOP', 'WAR', 'IOPT', 'FWD', 'BAG'] as const),
  ...(['IND', 'BILL', 'FUND', 'FIXED', 'SLB', 'NEWS', 'CMDTY', 'BSK', 'ICU', 'ICS', 'CRYPTO', 'EC'] as const),
] as const;
/** The kind of an instrument by its official name. */
export type SecType = (typeof SEC_TYPES)[number];

/** `C` call, `P` put. */
export type Right = 'C' | 'P';

export const SEC_ID_TYPES = ['CUSIP', 'SEDOL', 'ISIN', 'RIC'] as const;
/** The kind of a security id. */
export type SecIdType = (typeof SEC_ID_TYPES)[number];

/** One leg of a combination. `ratio` is a positive count, the direction stands in `action`. */
export interface ComboLegDraft {
  readonly conId: number;
  readonly ratio: number;
  readonly action: 'BUY' | 'SELL';
  readonly exchange: string;
  /** 0 same as the combo, 1 open, 2 close, 3 unknown. Absent: 0. */
  readonly openClose?: 0 | 1 | 2 | 3;
  readonly shortSaleSlot?: 0 | 1 | 2;
  readonly designatedLocation?: string;
  readonly exemptCode?: number;
}

/** The underlying of a delta-neutral combination: its contract id, delta and price. */
export interface DeltaNeutralDraft {
  readonly conId: number;
  readonly delta: number;
  readonly price: number;
}

/** A contract as the builders make it, plain data. A field that is left out is not sent. */
export interface ContractDraft {
  readonly secType: SecType;
  readonly conId?: number;
  readonly symbol?: string;
  /** `yyyyMMdd`, `yyyyMM` or `yyyyMMdd HH:mm:ss zone`. */
  readonly lastTradeDateOrContractMonth?: string;
  readonly strike?: number;
  readonly right?: Right;
  /** Text: the gateway accepts `100`, `0.1`, and has sent other things. */
  readonly multiplier?: string;
  readonly exchange?: string;
  readonly primaryExchange?: string;
  readonly currency?: string;
  readonly localSymbol?: string;
  readonly tradingClass?: string;
  readonly includeExpired?: boolean;
  readonly secIdType?: SecIdType;
  readonly secId?: string;
  readonly issuerId?: string;
  readonly comboLegs?: readonly ComboLegDraft[];
  readonly deltaNeutralContract?: DeltaNeutralDraft;
}

/** A contract of one security type with the named fields certain to be there. */
export type ContractOf<T extends SecType, K extends keyof ContractDraft = never> = ContractDraft &
  Readonly<Required<Pick<ContractDraft, K>>> & { readonly secType: T };
