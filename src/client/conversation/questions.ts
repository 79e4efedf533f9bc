// The questions of a session that are under way, so that equal ones share one place and one answer.

import type { Core } from '../core.js';
import type { Question } from './question.js';

const sessions = new WeakMap<Core, Questions>();

/** The questions of this session. */
export function questionsOf(core: Core): Questions {
  const found = sessions.get(core) ?? new Questions();
  sessions.set(core, found);
  return found;
}

/** Says when a question that equals one's own has left. */
interface Expecting {
  /** Aborts with the question as its reason. */
  readonly signal: AbortSignal;
  stop(): void;
}

export class Questions {
  private readonly underWay = new Map<string, Question>();
  private readonly expecting = new Map<string, Set<AbortController>>();

  /** How many are under way or waited for: for tests of leaks. */
  get size(): number {
    return this.underWay.size + this.expecting.size;
  }

  find(key: string | undefined): Question | undefined {
    return key === undefined ? undefined : this.underWay.get(key);
  }

  /** From now on callers with the same key share it; whoever waits for a place of his own need not any more. */
  begin(key: string | undefined, question: Question): void {
    if (key === undefined) return;
    this.underWay.set(key, question);
    for (const one of this.expecting.get(key) ?? []) one.abort(question);
  }

  end(key: string | undefined, question: Question): void {
    if (key !== undefined && this.underWay.get(key) === question) this.underWay.delete(key);
  }

  expect(key: string | undefined): Expecting {
    const one = new AbortController();
    if (key === undefined) return { signal: one.signal, stop() {} };
    const all = this.expecting.get(key) ?? new Set();
    this.expecting.set(key, all.add(one));
    return {
      signal: one.signal,
      stop: () => {
        all.delete(one);
        if (all.size === 0 && this.expecting.get(key) === all) this.expecting.delete(key);
      },
    };
  }
}
