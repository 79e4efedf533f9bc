/** What people did to the market by hand, shared by all that read it. */
import type { Bend } from './driver-feed.js';

/** Prices set and trading halted. */
export interface Interventions {
  /** Bends by driver key and, for options, by conId. */
  readonly bends: Map<string, Bend[]>;
  /** Halts by conId: from and, once trading goes on, to. */
  readonly halts: Map<number, { readonly from: number; to: number }[]>;
  /** Counts up with each intervention. */
  version: number;
}

export const noInterventions = (): Interventions => ({ bends: new Map(), halts: new Map(), version: 0 });

/** The bends of a driver or option; the list is the one all readers hold. */
export function bendsOf(done: Interventions, key: string): Bend[] {
  let bends = done.bends.get(key);
  if (bends === undefined) {
    bends = [];
    done.bends.set(key, bends);
  }
  return bends;
}

/** The halt an instant lies in. */
export function haltAt(done: Interventions, conId: number, at: number): { readonly from: number } | undefined {
  return done.halts.get(conId)?.find(({ from, to }) => at >= from && at < to);
}
