// The plain data a check reads: account, contracts, orders and situation. Limits are in policy-types.ts.

/** A decimal as text, for example `"0.1"`. Exact up to 18 digits after the point; exponents are not accepted. */
export type DecimalText = string;

/** How an account may trade: what it may borrow, and whether it is a retirement account. */
export type AccountKind = 'ira-cash' | 'ira-margin' | 'cash' | 'reg-t' | 'portfolio-margin';

/** How grave a finding is: `reject` stops the order. */
export type Severity = 'reject' | 'warn' | 'info';
/** What findings come to. */
export type Decision = 'accept' | 'warn' | 'reject';

/** One leg of a combination. `ratio` is a whole positive number as text. */
export interface ComboLeg {
  readonly action: string;
  readonly ratio: DecimalText;
  readonly contract: ContractFacts;
  /** Reference price of this leg, needed when the combination is not guaranteed. */
  readonly reference?: DecimalText | undefined;
  /** Last price of this leg, for guards. */
  readonly seen?: SeenPrice | undefined;
}

/** A price band of a market rule: `increment` holds from `lowEdge` upwards. */
export interface PriceBand {
  readonly lowEdge: DecimalText;
  readonly increment: DecimalText;
}

/** What is known of a contract. A field that is not known stays undefined; nothing is assumed for it. */
export interface ContractFacts {
  readonly secType: string;
  readonly symbol?: string | undefined;
  readonly localSymbol?: string | undefined;
  readonly conId?: number | undefined;
  readonly currency: string;
  /** YYYYMMDD or, for a future, YYYYMM. */
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: DecimalText | undefined;
  readonly right?: string | undefined;
  /** For a bond: face value per unit divided by 100. */
  readonly multiplier?: DecimalText | undefined;
  /** Of a bond, percent of its face a year. A purchase counts with a year of it where its order does not say what has accrued. */
  readonly coupon?: DecimalText | undefined;
  readonly comboLegs?: readonly ComboLeg[] | undefined;
  readonly underConId?: number | undefined;
  /** Name of the option series: another than the usual one of its underlying is an adjusted series. */
  readonly tradingClass?: string | undefined;
  /** When an option settles on its last day. Series of one day that are not known to agree do not cover each other. */
  readonly settlesAt?: 'open' | 'close' | undefined;
  readonly exerciseStyle?: 'american' | 'european' | undefined;
  readonly settlement?: 'physical' | 'cash' | undefined;
  /** True for an adjusted series whose deliverable is not the usual one; false: standard, whatever its trading class is called. */
  readonly nonStandard?: boolean | undefined;
  readonly stockType?: string | undefined;
  readonly underlyingStockType?: string | undefined;
  /** Taxed as a partnership. */
  readonly partnership?: boolean | undefined;
  readonly minTick?: DecimalText | undefined;
  readonly priceBands?: readonly PriceBand[] | undefined;
  readonly minSize?: DecimalText | undefined;
  readonly sizeIncrement?: DecimalText | undefined;
  readonly priceMagnifier?: DecimalText | undefined;
  /** Initial margin of one future, in the currency of the contract. */
  readonly initMargin?: DecimalText | undefined;
  /** `account`: this account's own what-if answer; anything else is taken for a published figure. */
  readonly marginSource?: string | undefined;
  /** Initial margin rate of this stock in a margin account, for example `"0.5"`. */
  readonly marginRate?: DecimalText | undefined;
  readonly shortableShares?: DecimalText | undefined;
}

/** The broker's answer to a what-if order, in base currency. The unset sentinel counts as not given. */
export interface WhatIfAnswer {
  readonly initMarginChange?: DecimalText | undefined;
  readonly maintMarginChange?: DecimalText | undefined;
}

/** A condition about the price of a contract: at or above it (`isMore`), or at or below. */
export interface OrderCondition {
  readonly conId: number;
  readonly isMore: boolean;
  readonly price?: DecimalText | undefined;
  /** Instead of a price: the change since the last close, in percent. */
  readonly changePercent?: DecimalText | undefined;
  /** The last close of that contract. Not given: where the change leads to is not known. */
  readonly close?: DecimalText | undefined;
}

/** An order to be judged, with what the market said about it when it was written. */
export interface OrderFacts {
  /** What the order is; `place` when not given. */
  readonly act?: 'place' | 'modify' | 'exercise' | 'lapse' | undefined;
  readonly orderId?: string | number | undefined;
  readonly contract: ContractFacts;
  /** BUY or SELL. */
  readonly action: string;
  readonly totalQuantity?: DecimalText | undefined;
  readonly cashQty?: DecimalText | undefined;
  readonly orderType: string;
  /** Of a combination: net price of one unit in the direction of the action. */
  readonly lmtPrice?: DecimalText | undefined;
  readonly auxPrice?: DecimalText | undefined;
  readonly trailingPercent?: DecimalText | undefined;
  /** Where a trailing stop starts. */
  readonly trailStopPrice?: DecimalText | undefined;
  readonly lmtPriceOffset?: DecimalText | undefined;
  /** Fraction: 0.01 is one percent. */
  readonly percentOffset?: DecimalText | undefined;
  /** By how much the order may fill beyond its limit. */
  readonly discretionaryAmt?: DecimalText | undefined;
  /** Second life of an adjustable stop, which begins at `triggerPrice`. */
  readonly triggerPrice?: DecimalText | undefined;
  readonly adjustedOrderType?: string | undefined;
  readonly adjustedStopPrice?: DecimalText | undefined;
  readonly adjustedStopLimitPrice?: DecimalText | undefined;
  readonly adjustedTrailingAmount?: DecimalText | undefined;
  /** 0: the trailing amount is money; 1: percent. */
  readonly adjustableTrailingUnit?: number | undefined;
  /** Conditions about the price of a contract that the order waits for. */
  readonly conditions?: readonly OrderCondition[] | undefined;
  /** The conditions cancel the order; without it they let it begin. */
  readonly conditionsCancelOrder?: boolean | undefined;
  /** The limit rises by itself at intervals: nothing bounds the price. */
  readonly scalePriceAdjustValue?: DecimalText | undefined;
  readonly outsideRth?: boolean | undefined;
  readonly goodTillDate?: string | undefined;
  readonly orderRef?: string | undefined;
  readonly tif?: string | undefined;
  readonly account?: string | undefined;
  readonly parentId?: string | number | undefined;
  readonly ocaGroup?: string | undefined;
  /** 1 and 2 block overfill, 3 does not. Not given: 3, the type that promises least. */
  readonly ocaType?: number | undefined;
  readonly exchange?: string | undefined;
  readonly whatIf?: boolean | undefined;
  readonly nonGuaranteed?: boolean | undefined;
  /** Legs have prices of their own. */
  readonly pricesLegs?: boolean | undefined;
  /** Commission reserve in the order's currency; what `policy.feeReserve` says when not given. */
  readonly fee?: DecimalText | undefined;
  /** Accrued interest of a bond purchase, for the whole order. */
  readonly accrued?: DecimalText | undefined;
  /** Ask for a buy, bid for a sale, else last. */
  readonly reference?: DecimalText | undefined;
  readonly underlyingPrice?: DecimalText | undefined;
  readonly session?: 'open' | 'closed' | undefined;
  /** When the venue opens again, as text for people. */
  readonly opensAt?: string | undefined;
  readonly answer?: WhatIfAnswer | undefined;
  /** A person has confirmed this exact order. */
  readonly confirmed?: boolean | undefined;
  /** A repeat that is meant. */
  readonly deliberate?: boolean | undefined;
  /** Judged before, and it has waited since: what came meanwhile is a repeat of it, it is none of that. */
  readonly hasWaited?: boolean | undefined;
  /** This exit closes what was opened today. */
  readonly closesTodaysOpening?: boolean | undefined;
  /** An advisor's group or allocation profile. */
  readonly faGroup?: string | undefined;
  /** How a group's order is split. */
  readonly faMethod?: string | undefined;
  /** Properties that the caller set and that no rule understands (see `unjudgedOf`). */
  readonly unjudged?: readonly string[] | undefined;
  /** Where the caller's contract contradicts its known details, for example `strike is 300, not 5`. */
  readonly contradicts?: readonly string[] | undefined;
  /** Last price seen, however old: for guards, and for stops that the market has passed. */
  readonly seen?: SeenPrice | undefined;
  readonly confirmation?: 'good' | 'required' | 'unknown' | 'late' | 'other' | undefined;
  /** Units of the guards' currency for one unit of the contract's. */
  readonly rate?: DecimalText | undefined;
  /** Everything that the draft says, as one text: equal texts are equal orders. */
  readonly terms?: string | undefined;
  /** A child that hedges its parent takes its size from it. */
  readonly isHedge?: boolean | undefined;
  /** The caller's own word that this order closes. */
  readonly closes?: boolean | undefined;
  /** When it is judged, epoch milliseconds: how old working orders are whose `sentAt` is known. */
  readonly at?: number | undefined;
}

/** A price that was seen, its age in seconds, and where it came from (`live`, `delayed`). */
export interface SeenPrice {
  readonly price: DecimalText;
  readonly ageSeconds: number;
  readonly source?: string | undefined;
}

/** A live order of the account, whichever client sent it. A new order with the same `orderId` modifies it. */
export interface WorkingOrder extends OrderFacts {
  /** What can still fill; the total when not given. */
  readonly remaining?: DecimalText | undefined;
  /** Part of `remaining` that was executed and that the account does not show yet: its group can hold that back no more. */
  readonly executed?: DecimalText | undefined;
  /** How old it is; not given: as old as its `sentAt` says. */
  readonly ageSeconds?: number | undefined;
  /** When it was sent, epoch milliseconds. */
  readonly sentAt?: number | undefined;
  /** Other terms that may be in force as well: the dearest of all counts. */
  readonly alternatives?: readonly Partial<OrderFacts>[] | undefined;
  /** Told, and not readable: nothing that it could matter to leaves. */
  readonly isUnreadable?: boolean | undefined;
}

/** Whether something has been told on this connection. */
export type Told =
  | { readonly at: 'told'; readonly ageSeconds: number }
  | { readonly at: 'untold' }
  | { readonly at: 'stale'; readonly why: string };

/** How whole the picture of an account is: what was not told is judged as unknown, never as nothing. */
export interface Picture {
  readonly positions: Told;
  readonly workingOrders: Told;
  readonly cash: Told;
}

/** A holding. Its quantity as exact text, negative when it is short. */
export interface Position {
  readonly contract: ContractFacts;
  /** Signed. Several lines of one contract are summed. */
  readonly position: DecimalText;
  /** Day (YYYYMMDD) on which the unsettled proceeds that paid for this lot settle. */
  readonly fundedUnsettledUntil?: string | undefined;
}

/** What is known of an account. Undefined: not told, which is judged strictly. */
export interface AccountFacts {
  readonly account?: string | undefined;
  /** Kind from the configuration; it alone knows how trades are financed. */
  readonly configuredKind?: string | undefined;
  /** The raw `AccountType` tag; it names the owner. */
  readonly accountType?: string | undefined;
  readonly baseCurrency: string;
  readonly usPerson?: boolean | undefined;
  readonly netLiquidation?: DecimalText | undefined;
  readonly availableFunds?: DecimalText | undefined;
  readonly excessLiquidity?: DecimalText | undefined;
  readonly dayTradesUsed?: number | undefined;
  /** The broker's own count; -1 stands for unlimited. */
  readonly dayTradesRemaining?: number | undefined;
  /** Day trades used plus securities opened today (see `dayTrades`). */
  readonly dayTradesPotential?: number | undefined;
  readonly snapshotAgeSeconds?: number | undefined;
}

/** A sale at a loss, for the wash-sale rule. */
export interface LossSale {
  readonly symbol: string;
  readonly daysAgo: number;
}

/** An event of a company that changes what its shares are. */
export interface CorporateAction {
  readonly symbol: string;
  readonly kind: string;
  readonly ratio?: string | undefined;
  readonly date?: string | undefined;
}

/** Everything about the account at one moment. It is read, never changed; results are cached by its identity. */
export interface Situation {
  readonly account: AccountFacts;
  /** The session sees more than one account. */
  readonly severalAccounts?: boolean | undefined;
  /** Trade-date cash per currency; a currency not listed is zero. */
  readonly cash: Readonly<Record<string, DecimalText>>;
  /** Settled cash per currency; for cash kinds a currency not listed is zero. */
  readonly settledCash?: Readonly<Record<string, DecimalText>> | undefined;
  readonly positions: readonly Position[];
  readonly workingOrders: readonly WorkingOrder[];
  /** Units of base currency for one unit of the named currency. */
  readonly exchangeRates?: Readonly<Record<string, DecimalText>> | undefined;
  /** As-of day, YYYYMMDD. */
  readonly asOf?: string | undefined;
  /** Loss sales in linked taxable accounts. */
  readonly linkedLossSales?: readonly LossSale[] | undefined;
  readonly corporateActions?: readonly CorporateAction[] | undefined;
  /** `order`: no account rules, only rules about the order itself. Not given: `account`. */
  readonly scope?: 'account' | 'order' | undefined;
  /** Why nothing may leave (kill switch). */
  readonly stopped?: string | undefined;
  /** Accounts of the login. */
  readonly login?: readonly string[] | undefined;
  /** Orders sent lately; undefined: not known. */
  readonly sent?: readonly SentOrder[] | undefined;
  /** Those of `sent` that are younger than so many milliseconds, or a few more, where they are found without a look at all. */
  sentWithin?(ms: number): readonly SentOrder[] | undefined;
  /** Orders of this session that work; undefined: not known. */
  readonly openOrders?: readonly OrderFacts[] | undefined;
  /** What of the account has been told on this connection. Not given: all of it. */
  readonly picture?: Picture | undefined;
}

/** An order that was sent before. */
export interface SentOrder {
  readonly ageSeconds: number;
  readonly order: OrderFacts;
}
