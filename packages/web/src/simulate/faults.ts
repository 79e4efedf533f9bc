// What a simulated web gateway can be made to do wrong: switches, to be set while it runs.

export interface WebFaults {
  /** The first read of orders, trades, positions and quotes of a session is empty or sparse, with 200. The real one does so: default on. */
  emptyFirstRead: boolean;
  /** Message ids asked about before an order is taken, one question after the other. */
  questions: readonly string[];
  /** Asks only every other time. */
  questionsNow: 'always' | 'sometimes';
  /** The next so many replies get 503 and their orders go live all the same. */
  replyBusyThenLive: number;
  /** The next so many places get 503 with an empty body, and their orders go live all the same. */
  placeBusyThenLive: number;
  /** The answer to the next so many places is lost on the way; the orders live. */
  placeAnswerLost: number;
  /** The next so many places get 401, and nothing is placed. */
  placeUnauthorised: number;
  /** The next so many places get 429, and nothing is placed. */
  placeTooFast: number;
  /** A child of a bracket that is refused stands before its parent. */
  failedChildFirst: boolean;
  /** Children of brackets are refused. */
  refuseChildren: boolean;
  /** Paths that are unknown get 404 as HTML. */
  htmlNotFound: boolean;
  /** Nobody answers. */
  down: boolean;
  /** Too many requests get 429. */
  enforcePacing: boolean;
}

export const defaultFaults = (): WebFaults => ({
  emptyFirstRead: true,
  questions: [],
  questionsNow: 'always',
  replyBusyThenLive: 0,
  placeBusyThenLive: 0,
  placeAnswerLost: 0,
  placeUnauthorised: 0,
  placeTooFast: 0,
  failedChildFirst: true,
  refuseChildren: false,
  htmlNotFound: true,
  down: false,
  enforcePacing: true,
});
