// Order events of each account, numbered and kept for a while: who missed some asks for them by number.

/** An event as it is told: `n` counts the events of one account in one run of the desk. */
export interface ToldEvent {
  readonly run: number;
  readonly n: number;
  readonly event: unknown;
}

/** Events behind a number: `last` counts those of this run, `missed` says that some in between are gone. */
export interface Replay {
  readonly run: number;
  readonly last: number;
  readonly missed: boolean;
  readonly events: readonly ToldEvent[];
}

/** A part of them; `more`: others follow. */
export interface ReplayPage extends Replay {
  readonly more: boolean;
}

const KEEP = 10_000;

interface Kept {
  n: number;
  readonly events: ToldEvent[];
}

export interface OrderEvents {
  /** How many there were in this run. */
  count(account: string): number;
  add(account: string, event: unknown): ToldEvent;
  /** Events behind a number. `missed`: some of them are no more kept, or are of another run: then all that are kept. */
  after(account: string, run: number, n: number): Replay;
}

export function keepOrderEvents(run: number): OrderEvents {
  const accounts = new Map<string, Kept>();
  const of = (account: string): Kept => {
    const kept = accounts.get(account) ?? { n: 0, events: [] };
    accounts.set(account, kept);
    return kept;
  };
  return {
    count: (account) => accounts.get(account)?.n ?? 0,
    add(account, event) {
      const kept = of(account);
      const told = { run, n: ++kept.n, event };
      kept.events.push(told);
      if (kept.events.length > KEEP * 1.25) kept.events.splice(0, kept.events.length - KEEP);
      return told;
    },
    after(account, ofRun, n) {
      const { events, n: last } = of(account);
      const isOther = ofRun !== run;
      const first = events[0]?.n ?? last + 1;
      return { run, last, missed: isOther || n + 1 < first, events: isOther ? events : events.filter((one) => one.n > n) };
    },
  };
}
