// Where one upstream stands, and how it goes from there. Pure: upstream.ts acts on it, readers.ts tells of it.

import type { DecodeError } from '../../protocol/errors.js';
import type { LossCause } from '../core.js';

export type UpstreamState =
  /** Opened, and not asked yet. */
  | { readonly at: 'idle' }
  /** Asked; nothing has come. */
  | { readonly at: 'asking' }
  | { readonly at: 'live'; readonly since: number }
  | Stale
  | { readonly at: 'over' };

/** Nothing is certain since then, until something comes again. */
export interface Stale {
  readonly at: 'stale';
  readonly since: number;
  readonly before: 'idle' | 'asking' | 'live';
  readonly why: Loss;
}

export type Loss = { readonly by: LossCause } | Hole;

/** What came could not be read. */
export interface Hole {
  readonly by: 'unreadable';
  readonly error: DecodeError;
  /**
   * `atEnd`: it is asked for again when the answer under way is over. `asked`: it has been. `stays`: the second answer could not be
   * read either, and the view stays not current until the connection is another.
   */
  readonly mend: 'atEnd' | 'asked' | 'stays';
}

export function holeOf(state: UpstreamState): Hole | undefined {
  return state.at === 'stale' && state.why.by === 'unreadable' ? state.why : undefined;
}

export function hasMoved(state: UpstreamState): boolean {
  return state.at === 'live' || (state.at === 'stale' && state.before === 'live');
}

/** The link is gone, or its data, or its motion. The first cause stays; a hole ends with its connection, which gives a new answer. */
export function lost(state: UpstreamState, by: LossCause, at: number): UpstreamState {
  if (state.at === 'over') return state;
  if (state.at !== 'stale') return { at: 'stale', since: at, before: state.at, why: { by } };
  const isFresh = by === 'disconnected' || by === 'dataLost';
  return isFresh && state.why.by === 'unreadable' ? { ...state, why: { by } } : state;
}

/** Damage so soon after a hole was filled is not asked for once more. */
const HEALING_MS = 60_000;

/** How new damage is mended. `isUnderWay`: the answer that it is in goes on; `sinceHealed`: milliseconds since a hole was filled. */
export function mendOf(state: UpstreamState, isUnderWay: boolean, sinceHealed: number | undefined): Hole['mend'] {
  const hole = holeOf(state);
  const isSecond = (hole !== undefined && hole.mend !== 'atEnd') || (sinceHealed !== undefined && sinceHealed < HEALING_MS);
  if (isSecond) return 'stays';
  return isUnderWay ? 'atEnd' : 'asked';
}

export function damaged(state: Exclude<UpstreamState, { at: 'over' }>, hole: Hole, at: number): Stale {
  return state.at === 'stale' ? { ...state, why: hole } : { at: 'stale', since: at, before: state.at, why: hole };
}

/** The whole is asked for once more. */
export function beingMended(state: UpstreamState): UpstreamState {
  return state.at === 'stale' && state.why.by === 'unreadable' ? { ...state, why: { ...state.why, mend: 'asked' } } : state;
}

/** Something has come. What came before a hole is asked again: where the gateway says what is whole, only that fills it. */
export function moved(state: UpstreamState, at: number, comesWhole: boolean): UpstreamState {
  const hole = holeOf(state);
  if (state.at === 'over' || state.at === 'live') return state;
  return hole !== undefined && (hole.mend !== 'asked' || comesWhole) ? state : { at: 'live', since: at };
}
