// The six kinds of order condition as the wire's flat list holds them.

interface Linked {
  /** Link to the NEXT condition of the list: true "and", false "or". */
  readonly isConjunctionConnection: boolean;
}
interface Compared extends Linked {
  /** true: at or above; false: at or below. */
  readonly isMore: boolean;
}

/** Holds when the price of a contract stands above or below a price in its own currency. */
export interface PriceConditionDraft extends Compared {
  readonly conditionType: 1;
  readonly price: number;
  readonly conId: number;
  readonly exchange: string;
  readonly triggerMethod: 0 | 1 | 2 | 3 | 4 | 7 | 8;
}
/** Holds before or after an instant, written as the wire takes it (`yyyyMMdd HH:mm:ss zone`). */
export interface TimeConditionDraft extends Compared {
  readonly conditionType: 3;
  /** `yyyyMMdd-HH:mm:ss` (UTC) or `yyyyMMdd HH:mm:ss zone`. */
  readonly time: string;
}
/** Holds when the margin cushion of the account stands above or below so many percent, whole. */
export interface MarginConditionDraft extends Compared {
  readonly conditionType: 4;
  /** Margin cushion in whole percent. */
  readonly percent: number;
}
/** Holds once anything has been executed in a symbol. */
export interface ExecutionConditionDraft extends Linked {
  readonly conditionType: 5;
  readonly secType: string;
  readonly exchange: string;
  readonly symbol: string;
}
/** Holds when the day's volume of a contract stands above or below a number of shares or contracts. */
export interface VolumeConditionDraft extends Compared {
  readonly conditionType: 6;
  readonly volume: number;
  readonly conId: number;
  readonly exchange: string;
}
/** Holds when a contract has moved by so many percent since its last close. */
export interface PercentChangeConditionDraft extends Compared {
  readonly conditionType: 7;
  readonly changePercent: number;
  readonly conId: number;
  readonly exchange: string;
}

/** A condition as the wire lists it; `conditionType` tells the kinds apart. Builders make them: `price(aapl).above('190')`. */
export type ConditionDraft =
  | PriceConditionDraft
  | TimeConditionDraft
  | MarginConditionDraft
  | ExecutionConditionDraft
  | VolumeConditionDraft
  | PercentChangeConditionDraft;
