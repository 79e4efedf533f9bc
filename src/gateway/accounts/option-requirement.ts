/** What short options of one underlying tie up: shares, long options, strikes; and how many stay uncovered. */

export interface OptionLine {
  readonly right: 'C' | 'P';
  readonly strike: number;
  /** yyyyMMdd. */
  readonly expiry: string;
  readonly european: boolean;
  /** Signed number of contracts. */
  readonly contracts: number;
}

export interface OptionRequirement {
  /** In price points × contracts; multiply by the multiplier for money. */
  readonly points: number;
  /** Short calls that nothing covers; their loss has no bound and is not in `points`. */
  readonly uncoveredCalls: number;
  /** Short puts that no long put covers. */
  readonly uncoveredPuts: number;
  /** Shares needed as cover, in contracts. */
  readonly coveredCalls: number;
}

interface Leg {
  readonly right: 'C' | 'P';
  readonly strike: number;
  readonly count: number;
}

/**
 * Requirement of all option lines of one underlying, given the shares (in contracts) that may cover short calls.
 * `pairing` says which long options cover: none, only European ones against European ones, or any. A long option that
 * expires before the short one never covers. With `putsInFull` a put without cover counts with its whole strike, else not at all.
 */
export function optionRequirement(
  lines: readonly OptionLine[],
  shareUnits: number,
  pairing: 'none' | 'european' | 'any',
  putsInFull: boolean,
): OptionRequirement {
  let cover = Math.max(0, Math.floor(shareUnits));
  let coveredCalls = 0;
  const shorts = lines.filter((line) => line.contracts < 0).map((line) => ({ ...line, left: -line.contracts }));
  const longs = lines.filter((line) => line.contracts > 0).map((line) => ({ ...line, left: line.contracts }));
  for (const call of shorts.filter((line) => line.right === 'C').sort((a, b) => a.strike - b.strike)) {
    const used = Math.min(cover, call.left);
    call.left -= used;
    cover -= used;
    coveredCalls += used;
  }
  let points = 0;
  let uncoveredCalls = 0;
  let uncoveredPuts = 0;
  const expiries = [...new Set(shorts.map((line) => line.expiry))].sort().reverse();
  for (const expiry of expiries) {
    const legs: Leg[] = [];
    for (const short of shorts) {
      if (short.expiry !== expiry || short.left === 0) continue;
      const usable = longs
        .filter(
          (long) =>
            long.right === short.right &&
            long.left > 0 &&
            long.expiry >= expiry &&
            mayPair(pairing, long.european, short.european),
        )
        .sort((a, b) => (short.right === 'C' ? a.strike - b.strike : b.strike - a.strike));
      let open = short.left;
      for (const long of usable) {
        const used = Math.min(open, long.left);
        long.left -= used;
        open -= used;
        if (used > 0) legs.push({ right: long.right, strike: long.strike, count: used });
      }
      if (short.right === 'C') uncoveredCalls += open;
      else uncoveredPuts += open;
      const bounded = short.right === 'P' && putsInFull ? short.left : short.left - open;
      if (bounded > 0) legs.push({ right: short.right, strike: short.strike, count: -bounded });
    }
    points += worstLoss(legs);
  }
  return { points, uncoveredCalls, uncoveredPuts, coveredCalls };
}

function mayPair(pairing: 'none' | 'european' | 'any', long: boolean, short: boolean): boolean {
  return pairing === 'any' || (pairing === 'european' && long && short);
}

function worstLoss(legs: readonly Leg[]): number {
  let worst = 0;
  for (const at of [0, ...legs.map((leg) => leg.strike)]) {
    const loss = -legs.reduce(
      (sum, leg) => sum + leg.count * Math.max(0, leg.right === 'C' ? at - leg.strike : leg.strike - at),
      0,
    );
    if (loss > worst) worst = loss;
  }
  return worst;
}
