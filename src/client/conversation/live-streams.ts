// All streams of a session as recovery sees them: lost together, asked again in a fixed order, made to prove themselves.

import { type LossCause, type Recoverable, type RecoveryRank, recoveryRanks } from '../core.js';

export class LiveStreams {
  readonly all = new Set<Recoverable>();

  lost(cause: LossCause, at: number, rank?: RecoveryRank): void {
    for (const stream of this.ranked(rank)) stream.lost(cause, at);
  }

  verify(rank?: RecoveryRank): void {
    for (const stream of this.ranked(rank)) stream.verify();
  }

  /** Asks every stream again, what others rest on first, as long as `goesOn` says so. */
  async reopen(goesOn: () => boolean): Promise<void> {
    for (const rank of recoveryRanks) {
      await Promise.all(this.ranked(rank).map((stream) => stream.reopen()));
      if (!goesOn()) return;
    }
  }

  close(cause: Error): void {
    for (const stream of this.ranked()) stream.closed(cause);
  }

  /** A copy: streams come and go while they are told. */
  private ranked(rank?: RecoveryRank): Recoverable[] {
    return [...this.all].filter((stream) => rank === undefined || stream.rank === rank);
  }
}
