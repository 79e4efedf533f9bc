// Are two instruments one? By the strongest name both have, with how sure that is.

import { decimalOf } from './decimal.js';
import type { Instrument } from './model.js';
import { occOf } from './option-symbol.js';

/** `certain`: an identifier that one authority gives. `likely`: symbol and exchange. `possible`: the symbol alone. */
export type Confidence = 'certain' | 'likely' | 'possible';
export type Match =
  | { readonly at: 'same'; readonly by: string; readonly confidence: Confidence }
  | { readonly at: 'different'; readonly by: string }
  | { readonly at: 'unknown' };

const IDENTIFIERS = ['conId', 'isin', 'cusip', 'figi'] as const;

/** CUSIP inside a US or Canadian ISIN. */
function cusipOf({ cusip, isin }: Instrument): string | undefined {
  return cusip ?? (isin !== undefined && /^(?:US|CA)/.test(isin) ? isin.slice(2, 11) : undefined);
}

export function optionKey(instrument: Instrument): string | undefined {
  const { option } = instrument;
  return option === undefined || decimalOf(option.strike) === undefined ? undefined : occOf(option);
}

export function matchOf(a: Instrument, b: Instrument): Match {
  const [optionA, optionB] = [optionKey(a), optionKey(b)];
  if (optionA !== undefined || optionB !== undefined) {
    if (optionA === optionB) return { at: 'same', by: 'occ', confidence: 'certain' };
    if (optionA !== undefined && optionB !== undefined) return { at: 'different', by: 'occ' };
    return { at: 'different', by: 'class' };
  }
  for (const name of IDENTIFIERS) {
    const [one, other] = name === 'cusip' ? [cusipOf(a), cusipOf(b)] : [a[name], b[name]];
    if (one === undefined || other === undefined) continue;
    // one line may have several conIds or FIGIs, one for each market: these differ without proof
    if (one === other) return { at: 'same', by: name, confidence: 'certain' };
    if (name === 'isin' || name === 'cusip') return { at: 'different', by: name };
  }
  if (a.symbol === undefined || b.symbol === undefined) return { at: 'unknown' };
  if (a.symbol !== b.symbol) return { at: 'different', by: 'symbol' };
  const isOtherKind =
    a.class !== b.class && [a.class, b.class].some((kind) => kind === 'crypto' || kind === 'future' || kind === 'forex');
  if (isOtherKind) return { at: 'different', by: 'class' };
  if (a.exchange !== undefined && a.exchange === b.exchange) return { at: 'same', by: 'symbol+exchange', confidence: 'likely' };
  return { at: 'same', by: 'symbol', confidence: 'possible' };
}

/** The instrument in a few letters for a person. */
export function nameOf(instrument: Instrument): string {
  const { option } = instrument;
  if (option !== undefined) return `${option.underlying} ${option.expiry} ${option.strike} ${option.right}`;
  return instrument.symbol ?? instrument.name ?? instrument.isin ?? instrument.conId ?? '?';
}
