// One entry of the code list: what a code means, how it is worded and where it comes from.
import type { Severity } from '../types.js';

/** A: own text of broker, regulator or law read. B: secondary account. C: working knowledge. D: decision of this library. */
export type Grade = 'A' | 'B' | 'C' | 'D';

/**
 * Message and remedy are lists of clauses. A clause is used when every `{fact}` in it is known, so a remedy says the largest
 * quantity, the missing amount or the order to cancel only where there is one.
 */
export interface CodeEntry {
  readonly severity: Severity;
  readonly kinds: string;
  readonly about: string;
  readonly message: readonly string[];
  readonly remedy: readonly string[];
  readonly grade: Grade;
  readonly source: string;
}

/** Writes an entry in one line of the table. */
export function entry(
  severity: Severity,
  kinds: string,
  about: string,
  message: string | readonly string[],
  remedy: string | readonly string[],
  grade: Grade,
  source: string,
): CodeEntry {
  const list = (clauses: string | readonly string[]) => (typeof clauses === 'string' ? [clauses] : clauses);
  return { severity, kinds, about, message: list(message), remedy: list(remedy), grade, source };
}
