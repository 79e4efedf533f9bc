// The known budgets of a gateway, as configuration: safe defaults, never constants, because the sources disagree.

/** Who goes first. Cancels before orders before liveness probes before requests before history. */
export const lanes = ['cancel', 'order', 'probe', 'request', 'history'] as const;

/** What a message is for, in the order in which messages leave: a cancel before an order, an order before everything else. */
export type Lane = (typeof lanes)[number];

/** The budgets of a gateway. What is left out has the usual size; a refusal of the gateway makes a budget smaller by itself. */
export interface AdmissionLimits {
  /** Messages, requests and cancels alike, in any second. The gateway's own limit is half the market-data lines. */
  readonly messagesPerSecond: number;
  /** Messages that may leave at once; at most `messagesPerSecond`. A smaller burst spreads them over the second. */
  readonly burst: number;
  /** The part of `messagesPerSecond` and `burst` that each lane may fill; what lies above it is kept for the others. */
  readonly shares: Readonly<Record<Lane, number>>;
  /** Market-data lines: distinct instruments with a stream. TWS windows use the same lines. */
  readonly lines: number;
  /** Distinct instruments with market depth. */
  readonly depth: number;
  readonly tickByTick: number;
  readonly scanners: number;
  readonly accountSummaries: number;
  /** Historical requests open at once. */
  readonly openHistory: number;
  /** Small bars, five-second bars and head timestamps in ten minutes; BID_ASK counts twice. */
  readonly smallBarsPerTenMinutes: number;
  /** The same for one contract, exchange and kind of data, within two seconds. */
  readonly sameContractPerTwoSeconds: number;
  /** Between two identical historical requests. */
  readonly identicalAfterMs: number;
  /** Between two tick-by-tick requests for one instrument. */
  readonly tickByTickAfterMs: number;
  readonly matchingSymbolsAfterMs: number;
  readonly regulatorySnapshotAfterMs: number;
  /** Added to every span of time, because messages do not arrive as evenly as they are sent. */
  readonly marginMs: number;
  /** After this time a budget that a refusal has lowered is tried at its configured size again. */
  readonly forgetAfterMs: number;
  /** After a reduced message rate, the time for each message per second that it regains. */
  readonly regainEveryMs: number;
}

export const defaultLimits: AdmissionLimits = {
  messagesPerSecond: 45,
  burst: 45,
  shares: { cancel: 1, order: 0.95, probe: 0.975, request: 0.85, history: 0.8 },
  lines: 100,
  depth: 3,
  tickByTick: 5,
  scanners: 10,
  accountSummaries: 2,
  openHistory: 50,
  smallBarsPerTenMinutes: 60,
  sameContractPerTwoSeconds: 5,
  identicalAfterMs: 15_000,
  tickByTickAfterMs: 15_000,
  matchingSymbolsAfterMs: 1000,
  regulatorySnapshotAfterMs: 1000,
  marginMs: 50,
  forgetAfterMs: 900_000,
  regainEveryMs: 60_000,
};

/**
 * The limits of a login with this many market-data lines: messages at nine tenths of half the lines, tick-by-tick for five
 * percent of them, depth for three instruments and one more for each hundred lines above four hundred, sixty at most.
 */
export function limitsForLines(lines: number): AdmissionLimits {
  const messagesPerSecond = Math.max(1, Math.floor(lines * 0.45));
  return {
    ...defaultLimits,
    messagesPerSecond,
    burst: messagesPerSecond,
    lines,
    depth: Math.min(60, 3 + Math.max(0, Math.floor((lines - 400) / 100))),
    tickByTick: Math.max(1, Math.floor(lines * 0.05)),
  };
}
