// Events of the desk by topic, numbered, the newest kept: who comes back with a number gets what was missed, or is told of a gap.

export interface RingEvent {
  readonly id: number;
  readonly topic: string;
  readonly data: unknown;
}

export interface Ring {
  readonly last: number;
  push(topic: string, data: unknown): RingEvent;
  /** Events after a number. `missed`: some of them are no more kept. */
  after(id: number, topics: ReadonlySet<string>): { readonly events: readonly RingEvent[]; readonly missed: boolean };
  on(listener: (event: RingEvent) => void): () => void;
}

export function createRing(keep = 10_000): Ring {
  const events: RingEvent[] = [];
  const listeners = new Set<(event: RingEvent) => void>();
  let last = 0;
  return {
    get last() {
      return last;
    },
    push(topic, data) {
      const event = { id: ++last, topic, data };
      events.push(event);
      if (events.length > keep * 1.25) events.splice(0, events.length - keep);
      for (const listener of [...listeners]) listener(event);
      return event;
    },
    after(id, topics) {
      const first = events[0]?.id ?? last + 1;
      // A number from another life of the desk: nothing is known of what came between.
      const isForeign = id > last;
      return {
        events: isForeign ? [] : events.filter((event) => event.id > id && topics.has(event.topic)),
        missed: isForeign || id + 1 < first,
      };
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
