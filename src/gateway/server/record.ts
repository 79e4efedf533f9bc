// Bounded lists of what happened: the newest stay.

/** Keeps at most a quarter more than `keep` entries; the oldest go first. */
export class Bounded<T> {
  readonly entries: T[] = [];
  /** Entries ever added. */
  count = 0;
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(entry: T): void {
    this.count += 1;
    this.entries.push(entry);
    if (this.entries.length > this.#keep * 1.25 + 16) this.entries.splice(0, this.entries.length - this.#keep);
  }
}

/** One line of what happened, for people and for programs. */
export interface LogEntry {
  /** Epoch ms of the gateway's clock. */
  readonly time: number;
  /** Counts connections from 1; 0 for the gateway itself. */
  readonly connection: number;
  /** Unset until startApi. */
  readonly clientId: number | undefined;
  readonly what: 'listening' | 'connected' | 'started' | 'request' | 'error' | 'order' | 'fault' | 'closed' | 'trouble';
  readonly text: string;
}
