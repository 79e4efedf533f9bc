// One row of the rule book: a code with what it means, how it is worded, where it comes from, and how it is judged.
import type { Context } from '../context.js';
import type { Ask } from '../facts/ask.js';
import type { Facts } from '../finding.js';
import type { Severity } from '../types.js';
import type { Occasion } from './occasion.js';

/** A: own text of broker, regulator or law read. B: secondary account. C: working knowledge. D: decision of this library. */
export type Grade = 'A' | 'B' | 'C' | 'D';

/**
 * Message and remedy are lists of clauses. A clause is used when every `{fact}` in it is known, so a remedy says the largest
 * quantity, the missing amount or the order to cancel only where there is one.
 */
export interface CodeEntry {
  readonly severity: Severity;
  /** Kinds of account that it is judged for: `all`, or a list with commas. */
  readonly kinds: string;
  readonly about: string;
  readonly message: readonly string[];
  readonly remedy: readonly string[];
  readonly grade: Grade;
  readonly source: string;
}

/** What a judgement has to say: the numbers, the order meant, and a severity where it is not that of the row. */
export interface Said {
  readonly facts: Facts;
  readonly ask?: Ask | undefined;
  readonly severity?: Severity | undefined;
}

export type Judgement = (context: Context) => readonly Said[];

/** A rule: its words, the kinds of account it holds for, and its judgement. */
export interface Row extends CodeEntry {
  /** `always`: whatever else is found; `ends`: when it speaks nothing further can be computed; `then`: all others. */
  readonly stage: 'always' | 'ends' | 'then';
  /** `order`: judges the order alone, so it holds for accounts under no rules as well. */
  readonly reads: 'order' | 'account';
  /** It speaks on one of these occasions and on no other, so that it need not be asked about most orders. */
  readonly when: readonly Occasion[];
  readonly judge: Judgement;
}

/** Kinds whose money nothing may exceed: the worst case is computed for them. */
export const ENGINE_KINDS = 'ira-cash, ira-margin, cash';

type Clauses = string | readonly string[];
type Given = Pick<Row, 'about' | 'judge'> &
  Partial<Pick<Row, 'severity' | 'kinds' | 'stage' | 'reads' | 'when'>> & {
    readonly message: Clauses;
    readonly remedy: Clauses;
  } & ({ readonly grade: Grade; readonly source: string } | { readonly grade?: never; readonly source?: never });

const listed = (clauses: Clauses): readonly string[] => (typeof clauses === 'string' ? [clauses] : clauses);

/** Where nothing else is said, a code rejects, holds for all kinds of account, and is a decision of this library. */
const BY_DEFAULT = { severity: 'reject', kinds: 'all', grade: 'D', source: 'decision of this library' } as const;

/** A code without a judgement of the book. */
export const code = (about: string, message: Clauses, remedy: Clauses, severity: Severity = BY_DEFAULT.severity): CodeEntry => ({
  ...BY_DEFAULT,
  ...{ severity, about, message: listed(message), remedy: listed(remedy) },
});

/** Where nothing else is said, a row is asked always. */
export const row = ({ message, remedy, ...given }: Given): Row => ({
  ...BY_DEFAULT,
  stage: 'then',
  reads: 'account',
  when: ['always'],
  ...given,
  message: listed(message),
  remedy: listed(remedy),
});

/** Nothing to say; the same list for everybody, for most rows say nothing of most orders. */
export const NOTHING: readonly Said[] = [];

/** A judgement of each order on its own: facts mean a finding, undefined means none. */
export const each =
  (judge: (ask: Ask, context: Context) => Facts | undefined): Judgement =>
  (context) => {
    let said: Said[] | undefined;
    for (const ask of context.asks) {
      const facts = judge(ask, context);
      if (facts === undefined) continue;
      said ??= [];
      said.push({ facts, ask });
    }
    return said ?? NOTHING;
  };

/** The same where an order can give several findings. */
export const eachOf =
  (judge: (ask: Ask, context: Context) => readonly Said[]): Judgement =>
  (context) => {
    const [only, another] = context.asks;
    if (only === undefined) return NOTHING;
    return another === undefined ? judge(only, context) : context.asks.flatMap((ask) => judge(ask, context));
  };
