/** `reqMatchingSymbols`: instruments whose symbol begins with a text or whose name holds it, at most sixteen. */
import type { Instrument } from './instrument.js';
import type { Universe } from './universe.js';

export const MAX_MATCHES = 16;

export interface SymbolMatch {
  readonly instrument: Instrument;
  /** What trades on it: `OPT`, `CFD`, `WAR`, `BAG`, `FUT`, `FOP`. */
  readonly derivativeSecTypes: readonly string[];
}

/** Exact symbols first, then by prefix, then by name; letters' case does not matter. An empty text matches nothing. */
export function matchingSymbols(universe: Universe, text: string): SymbolMatch[] {
  const wanted = text.trim().toUpperCase();
  if (wanted === '') return [];
  const searched = universe.statics.filter(({ secType }) => secType === 'STK' || secType === 'IND' || secType === 'FUND');
  const rank = ({ symbol, longName }: Instrument): number => {
    if (symbol === wanted) return 0;
    if (symbol.startsWith(wanted)) return 1;
    return wanted.length > 1 && longName.toUpperCase().includes(wanted) ? 2 : 3;
  };
  return [0, 1, 2]
    .flatMap((wantedRank) => searched.filter((instrument) => rank(instrument) === wantedRank))
    .slice(0, MAX_MATCHES)
    .map((instrument) => ({ instrument, derivativeSecTypes: derivativesOf(universe, instrument) }));
}

function derivativesOf(universe: Universe, { conId }: Instrument): string[] {
  const types: string[] = universe.statics.filter((each) => each.underConId === conId).map((each) => each.secType);
  if (universe.chains.some(({ underlying }) => underlying.conId === conId)) types.push('OPT', 'BAG');
  return [...new Set(types)];
}
