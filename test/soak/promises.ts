// Everything the client has promised: how it settled, and what is late.

import { AdmissionError, ClosedError, GatewayError, TimeoutError } from '../../src/client/wire/errors.js';

/** A promise may settle this long after its deadline: the turn in which the deadline falls. */
const SLACK_MS = 50;

interface Open {
  readonly what: string;
  readonly due: number;
}

export class Promises {
  /** How many settled in which way. */
  readonly outcomes = new Map<string, number>();
  made = 0;
  private readonly open = new Set<Open>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** How many have not settled. */
  get pending(): number {
    return this.open.size;
  }

  /** Asks, and watches the promise, which must settle within so many ms. A throw counts as a rejection. */
  track(what: string, within: number, ask: () => Promise<unknown>): void {
    const entry: Open = { what, due: this.now() + within };
    this.made++;
    this.open.add(entry);
    const settle = (outcome: string): void => {
      this.open.delete(entry);
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    };
    new Promise((resolve) => resolve(ask())).then(
      () => settle('value'),
      (error: unknown) => settle(wordOf(error)),
    );
  }

  /** What should have settled by now, each told once. */
  late(): readonly string[] {
    const now = this.now();
    const late = [...this.open].filter(({ due }) => due + SLACK_MS < now);
    for (const one of late) this.open.delete(one);
    return late.map(({ what, due }) => `${what} is unsettled ${now - due} ms after its deadline`);
  }
}

/** An error in a word that is the same for all of its kind. */
export function wordOf(error: unknown): string {
  if (error instanceof GatewayError) return `error ${error.errorCode}`;
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof ClosedError) return 'closed';
  if (error instanceof AdmissionError) return 'no budget';
  return error instanceof Error ? error.name : String(error);
}
