// A finding: one rule or guard that has something to say about an order, with its numbers and what would pass.
import type { Decision, Severity } from './types.js';

/** What a rule or a guard has to say about an order: a code, words, the facts in them, and what would pass. */
export interface Finding<Code extends string = string> {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** The numbers used, as plain decimal text. */
  readonly facts: Readonly<Record<string, string>>;
  /** What would pass. */
  readonly remedy: string;
  /** The order meant, when several were judged together. */
  readonly orderId?: string;
}

/** Numbers and names of a finding, by the name that its words use. */
export type Facts = Readonly<Record<string, string | undefined>>;

/** How a code is worded. */
export interface Wording {
  readonly severity: Severity;
  readonly about: string;
  readonly message: readonly string[];
  readonly remedy: readonly string[];
}

/** A largest size of zero is a fact, but no advice. */
function isUsable(name: string, facts: Readonly<Record<string, string>>): boolean {
  return facts[name] !== undefined && !(name === 'maxQuantity' && facts[name] === '0');
}

function word(clauses: readonly string[], facts: Readonly<Record<string, string>>): string {
  const usable = clauses.filter((clause) => [...clause.matchAll(/\{(\w+)\}/g)].every(([, name]) => isUsable(name ?? '', facts)));
  return usable.map((clause) => clause.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')).join(' ');
}

/** Puts facts into the words of a code; facts that are undefined are left out together with the clauses that need them. */
export function worded<Code extends string>(
  code: Code,
  wording: Wording,
  facts: Facts,
  options: { readonly severity?: Severity | undefined; readonly orderId?: string | undefined } = {},
): Finding<Code> {
  const known: Record<string, string> = {};
  for (const name of Object.keys(facts).sort()) {
    const value = facts[name];
    if (value !== undefined) known[name] = value;
  }
  return {
    code,
    severity: options.severity ?? wording.severity,
    message: word(wording.message, known) || `${code}: ${wording.about}`,
    facts: known,
    remedy: word(wording.remedy, known) || 'No size of this order passes as things are.',
    ...(options.orderId === undefined ? {} : { orderId: options.orderId }),
  };
}

/** `reject` if anything rejects, else `warn` if anything warns, else `accept`. */
export function decisionOf(findings: readonly Pick<Finding, 'severity'>[]): Decision {
  if (findings.some((found) => found.severity === 'reject')) return 'reject';
  return findings.some((found) => found.severity === 'warn') ? 'warn' : 'accept';
}
