// The six kinds of order condition as the wire's flat list holds them.

interface Linked {
  /** Link to the NEXT condition of the list: true "and", false "or". */
  readonly isConjunctionConnection: boolean;
}
interface Compared extends Linked {
  /** true: at or above; false: at or below. */
  readonly isMore: boolean;
}

export interface PriceConditionDraft extends Compared {
  readonly conditionType: 1;
  readonly price: number;
  readonly conId: number;
  readonly exchange: string;
  readonly triggerMethod: 0 | 1 | 2 | 3 | 4 | 7 | 8;
}
export interface TimeConditionDraft extends Compared {
  readonly conditionType: 3;
  /** `yyyyMMdd-HH:mm:ss` (UTC) or `yyyyMMdd HH:mm:ss zone`. */
  readonly time: string;
}
export interface MarginConditionDraft extends Compared {
  readonly conditionType: 4;
  /** Margin cushion in whole percent. */
  readonly percent: number;
}
export interface ExecutionConditionDraft extends Linked {
  readonly conditionType: 5;
  readonly secType: string;
  readonly exchange: string;
  readonly symbol: string;
}
export interface VolumeConditionDraft extends Compared {
  readonly conditionType: 6;
  readonly volume: number;
  readonly conId: number;
  readonly exchange: string;
}
export interface PercentChangeConditionDraft extends Compared {
  readonly conditionType: 7;
  readonly changePercent: number;
  readonly conId: number;
  readonly exchange: string;
}

export type ConditionDraft =
  | PriceConditionDraft
  | TimeConditionDraft
  | MarginConditionDraft
  | ExecutionConditionDraft
  | VolumeConditionDraft
  | PercentChangeConditionDraft;
