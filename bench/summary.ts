// What a run of the bench comes to, as it is kept in bench/history.json.

import type { Reading } from './loopback/flow.js';

/** Of several readings of a case; what is measured beside the time is the last one's. */
export interface Figure extends Omit<Reading, 'seen'> {
  /** Half the distance of the quarters, as a share of the median. */
  readonly spread: number;
}

export interface Run {
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly machine: string;
  /** Fewer ticks, three rounds, not all cases. */
  readonly isQuick: boolean;
  readonly cases: Readonly<Record<string, Figure>>;
  readonly ratios: Readonly<Record<string, { readonly median: number; readonly spread: number }>>;
}

/** Oldest first. */
export type History = readonly Run[];

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
}

export function medianOf(values: readonly number[]): number {
  return at(values, 0.5);
}

export function spreadOf(values: readonly number[]): number {
  return (at(values, 0.75) - at(values, 0.25)) / 2 / medianOf(values);
}
