// How long to wait before the next attempt: doubling, capped, and spread by chance so that many clients do not come at once.

/**
 * How long to wait between two attempts to connect: twice as long each time, by chance, between floor and cap. All three are
 * needed, milliseconds.
 */
export interface BackOff {
  /** Longest wait before the second attempt, milliseconds. */
  readonly baseMs: number;
  /** Longest wait ever. */
  readonly capMs: number;
  /** Shortest wait, so that chance never makes it none. */
  readonly floorMs: number;
}

export const defaultBackOff: BackOff = { baseMs: 500, capMs: 30_000, floorMs: 100 };

/**
 * Milliseconds to wait before attempt number `attempt` (1 for the first retry): evenly spread between the floor and the
 * doubled base, at most the cap. `random` answers a number from 0 up to but not including 1.
 */
export function backOff(attempt: number, random: () => number, { baseMs, capMs, floorMs }: BackOff = defaultBackOff): number {
  const most = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 40));
  return most <= floorMs ? floorMs : floorMs + Math.floor(random() * (most - floorMs + 1));
}
