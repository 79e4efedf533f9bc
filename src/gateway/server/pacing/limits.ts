// The budgets of one login, as the gateway enforces them (facts: message rate, lines, depth, tick-by-tick, history).

/** The budgets that a simulated gateway holds its clients to. Spans in milliseconds. */
export interface PacingLimits {
  /** Requests per second and connection; the third breach ends the session. */
  readonly messagesPerSecond: number;
  readonly strikes: number;
  /** Market-data lines of the login, one per instrument. */
  readonly lines: number;
  /** Instruments with depth, and with tick-by-tick data. */
  readonly depth: number;
  readonly tickByTick: number;
  /** Milliseconds between two tick-by-tick requests for one instrument. */
  readonly tickByTickAgain: number;
  /** Small bars: the same request not within so many ms. */
  readonly sameWithin: number;
  /** Small bars: fewer than `burst` requests of one contract, exchange and kind within `burstWithin` ms. */
  readonly burst: number;
  readonly burstWithin: number;
  /** Small bars: at most so many requests within `window` ms. */
  readonly inWindow: number;
  readonly window: number;
  /** Historical requests open at once. */
  readonly openHistory: number;
  /** Account summaries at once per client. */
  readonly summaries: number;
  readonly scanners: number;
}

export const DEFAULT_LIMITS: PacingLimits = {
  messagesPerSecond: 50,
  strikes: 3,
  lines: 100,
  depth: 3,
  tickByTick: 5,
  tickByTickAgain: 15_000,
  sameWithin: 15_000,
  burst: 6,
  burstWithin: 2_000,
  inWindow: 60,
  window: 600_000,
  openHistory: 50,
  summaries: 2,
  scanners: 10,
};

/** No budget at all, but for the summaries: their limit is a rule of the protocol, not of pacing. */
export const NO_LIMITS: PacingLimits = {
  ...DEFAULT_LIMITS,
  messagesPerSecond: Number.POSITIVE_INFINITY,
  lines: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  tickByTick: Number.POSITIVE_INFINITY,
  tickByTickAgain: 0,
  sameWithin: 0,
  burst: Number.POSITIVE_INFINITY,
  inWindow: Number.POSITIVE_INFINITY,
  openHistory: Number.POSITIVE_INFINITY,
  scanners: Number.POSITIVE_INFINITY,
};
