/** Makes watched instruments move: looks at each when its path ticks and tells the listeners what changed. */
import type { Clock, Timer } from '../clock.js';
import type { MoveListener, Quote } from './market-view.js';
import { TICK_MS } from './path.js';
import type { QuoteMaker, Track } from './quote-maker.js';

export interface Ticker {
  watch(conId: number): () => void;
  onMove(listener: MoveListener): () => void;
  /** Looks at all watched instruments of a price path now. */
  refresh(driverKey: string): void;
  /** Instruments watched. */
  readonly size: number;
  close(): void;
}

interface Watched {
  readonly track: Track;
  watchers: number;
  told: Quote;
  /** While the market is closed: when to look again. */
  sleepUntil: number;
}

interface Bucket {
  readonly watched: Set<Watched>;
  readonly timer: Timer;
}

/** A ticker over a maker of quotes, `delay` ms behind the clock. Instruments of one path offset share a timer. */
export function createTicker(clock: Clock, maker: QuoteMaker, delay = 0): Ticker {
  const all = new Map<number, Watched>();
  const buckets = new Map<number, Bucket>();
  const listeners = new Set<MoveListener>();

  const tell = (quote: Quote, watched: Watched): void => {
    watched.told = quote;
    for (const listener of listeners) listener(quote, watched.track.instrument);
  };
  const look = (watched: Watched, at: number): void => {
    if (at < watched.sleepUntil) return;
    const quote = maker.quoteOf(watched.track, at);
    if (quote !== watched.told) tell(quote, watched);
    watched.sleepUntil = quote.session === 'closed' ? watched.track.session.to : 0;
  };
  const bucketOf = (offset: number): Bucket => {
    let bucket = buckets.get(offset);
    if (bucket === undefined) {
      const watched = new Set<Watched>();
      const now = clock.now();
      // Paths tick at multiples of 250 ms past the quarter hour plus their offset; the delay moves that along.
      const phase = (((offset + delay - now) % TICK_MS) + TICK_MS) % TICK_MS;
      const fire = (): void => {
        const at = clock.now() - delay;
        for (const each of watched) look(each, at);
      };
      bucket = { watched, timer: clock.every(TICK_MS, fire, now + (phase === 0 ? TICK_MS : phase)) };
      buckets.set(offset, bucket);
    }
    return bucket;
  };

  return {
    get size() {
      return all.size;
    },
    watch: (conId) => {
      let watched = all.get(conId);
      if (watched === undefined) {
        const track = maker.track(conId);
        watched = { track, watchers: 0, told: maker.quoteOf(track, clock.now() - delay), sleepUntil: 0 };
        all.set(conId, watched);
        bucketOf(track.feed.offset).watched.add(watched);
      }
      const held = watched;
      held.watchers += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        held.watchers -= 1;
        if (held.watchers > 0) return;
        all.delete(conId);
        const { offset } = held.track.feed;
        const bucket = buckets.get(offset);
        bucket?.watched.delete(held);
        if (bucket?.watched.size === 0) {
          bucket.timer.cancel();
          buckets.delete(offset);
        }
      };
    },
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: (driverKey) => {
      for (const watched of all.values()) {
        if (watched.track.instrument.driver.key !== driverKey) continue;
        watched.sleepUntil = 0;
        look(watched, clock.now() - delay);
      }
    },
    close: () => {
      for (const { timer } of buckets.values()) timer.cancel();
      buckets.clear();
      all.clear();
      listeners.clear();
    },
  };
}
