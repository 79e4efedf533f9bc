// A finding: one rule that has something to say about an order, with its numbers and what would pass.
import { placeOf, type RuleCode, ruleCodes } from './codes/list.js';
import type { Decision, Severity } from './types.js';

export interface Finding {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly message: string;
  /** The numbers used, as plain decimal text. */
  readonly facts: Readonly<Record<string, string>>;
  /** What would pass. */
  readonly remedy: string;
  /** The order meant, when several were judged together. */
  readonly orderId?: string;
}

export type Facts = Readonly<Record<string, string | undefined>>;

/** A largest size of zero is a fact, but no advice. */
function isUsable(name: string, facts: Readonly<Record<string, string>>): boolean {
  return facts[name] !== undefined && !(name === 'maxQuantity' && facts[name] === '0');
}

function word(clauses: readonly string[], facts: Readonly<Record<string, string>>): string {
  const usable = clauses.filter((clause) => [...clause.matchAll(/\{(\w+)\}/g)].every(([, name]) => isUsable(name ?? '', facts)));
  return usable.map((clause) => clause.replaceAll(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '')).join(' ');
}

/** Makes a finding from the code list; facts that are undefined are left out together with the clauses that need them. */
export function finding(
  code: RuleCode,
  facts: Facts,
  options: { severity?: Severity; orderId?: string | undefined } = {},
): Finding {
  const known: Record<string, string> = {};
  for (const name of Object.keys(facts).sort()) {
    const value = facts[name];
    if (value !== undefined) known[name] = value;
  }
  const entry = ruleCodes[code];
  return {
    code,
    severity: options.severity ?? entry.severity,
    message: word(entry.message, known) || `${code}: ${entry.about}`,
    facts: known,
    remedy: word(entry.remedy, known) || 'No size of this order passes as things are.',
    ...(options.orderId === undefined ? {} : { orderId: options.orderId }),
  };
}

/** Findings in the order of the code list; equal codes by order, then by facts, so that the input's order does not matter. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const keyed = findings.map((found) => ({ found, text: `${found.orderId ?? ''}|${JSON.stringify(found.facts)}` }));
  keyed.sort((a, b) => placeOf(a.found.code) - placeOf(b.found.code) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return keyed.map(({ found }) => found);
}

/** `reject` if anything rejects, else `warn` if anything warns, else `accept`. */
export function decisionOf(findings: readonly Pick<Finding, 'severity'>[]): Decision {
  if (findings.some((found) => found.severity === 'reject')) return 'reject';
  return findings.some((found) => found.severity === 'warn') ? 'warn' : 'accept';
}
