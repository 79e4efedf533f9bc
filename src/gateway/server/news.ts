// News of the simulated world: which stories there are, by instrument and hour, the same ones for the same seed.
import { HEADLINES, NEWS_PROVIDERS } from '../data/news.js';
import type { Instrument } from '../world/instrument.js';
import { mix2, unit } from '../world/random.js';

export interface Story {
  readonly time: number;
  readonly providerCode: string;
  readonly articleId: string;
  readonly headline: string;
  /** Metadata that stands before a headline in braces or beside it in a field. */
  readonly metadata: string;
}

const HOUR = 3_600_000;

/** The story of an instrument in an hour; most hours have none. */
export function storyAt(instrument: Instrument, hour: number, seed: number): Story | undefined {
  const hash = mix2(mix2(seed, instrument.conId), hour);
  if (unit(hash) > 0.2) return undefined;
  const [providerCode] = NEWS_PROVIDERS[(hash >>> 3) % NEWS_PROVIDERS.length] as readonly [string, string];
  const text = HEADLINES[(hash >>> 7) % HEADLINES.length] ?? '';
  const time = hour * HOUR + ((hash >>> 5) % 3_600) * 1000;
  const confidence = Math.round(unit(mix2(hash, 3)) * 100) / 100;
  return {
    time,
    providerCode,
    articleId: `${providerCode}$${(hash >>> 0).toString(16).padStart(8, '0')}`,
    headline: `${instrument.longName} ${text}`,
    metadata: `A:800015:L:en:K:n/a:C:${confidence}`,
  };
}

/** Stories between two instants, newest first, at most `count`; and whether there are more. */
export function stories(
  instrument: Instrument,
  seed: number,
  { from, to, count, providers }: { from: number; to: number; count: number; providers: ReadonlySet<string> },
): { readonly found: readonly Story[]; readonly hasMore: boolean } {
  const found: Story[] = [];
  const first = Math.max(Math.floor(from / HOUR), Math.floor(to / HOUR) - 24 * 90);
  for (let hour = Math.floor(to / HOUR); hour >= first; hour--) {
    const story = storyAt(instrument, hour, seed);
    if (story === undefined || story.time > to || story.time < from || !providers.has(story.providerCode)) continue;
    if (found.length === count) return { found, hasMore: true };
    found.push(story);
  }
  return { found, hasMore: false };
}
