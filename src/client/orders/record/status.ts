// What the words of an order's status say about its life; unknown words say nothing and are kept as they are.

/**
 * `held`: the terminal has it; `accepted`: the broker has it; `working`: the venue has it; `cancelling`: a cancel is on its way;
 * `idle`: not working, may come back; `over`: the balance is cancelled; `filled`: the gateway's word, executions decide.
 */
export type StatusClass = 'held' | 'accepted' | 'working' | 'cancelling' | 'idle' | 'over' | 'filled' | 'unknown';

const CLASSES = {
  ApiPending: 'held',
  PendingSubmit: 'held',
  PreSubmitted: 'accepted',
  Submitted: 'working',
  PendingCancel: 'cancelling',
  Inactive: 'idle',
  ApiCancelled: 'over',
  Cancelled: 'over',
  Filled: 'filled',
} as const satisfies Readonly<Record<string, StatusClass>>;

export function statusClass(status: string): StatusClass {
  return Object.hasOwn(CLASSES, status) ? CLASSES[status as keyof typeof CLASSES] : 'unknown';
}

/** One line of an order's history. */
export interface StatusLine {
  /** The gateway's word. */
  readonly status: string;
  /** Epoch milliseconds of our clock when it was first heard. */
  readonly at: number;
  /** Which message said it. */
  readonly from: 'orderStatus' | 'openOrder' | 'completedOrder';
  /** As the message said; undefined when it does not say. Never used to move the quantity. */
  readonly filled: string | undefined;
  readonly remaining: string | undefined;
  readonly whyHeld: string | undefined;
  /** How often the same was said in a row. */
  readonly times: number;
}
