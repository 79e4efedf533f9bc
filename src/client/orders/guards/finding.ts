// What a check says about an order: the same shape as the findings of the account rules.

export type Severity = 'reject' | 'warn' | 'info';

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** What was wrong, with the numbers. Never an account id in full. */
  readonly message: string;
  /** The numbers the check used, as decimal text. */
  readonly facts: Readonly<Record<string, string>>;
  /** What would pass. */
  readonly remedy: string;
}

/** `reject` if any finding rejects, else `warn` if any warns, else `accept`. */
export function decision(findings: readonly Finding[]): 'accept' | 'warn' | 'reject' {
  if (findings.some((finding) => finding.severity === 'reject')) return 'reject';
  return findings.some((finding) => finding.severity === 'warn') ? 'warn' : 'accept';
}

/** A rejecting finding. */
export function reject(code: string, message: string, remedy: string, facts: Finding['facts'] = {}): Finding {
  return { code, severity: 'reject', message, facts, remedy };
}

/** A warning finding. */
export function warn(code: string, message: string, remedy: string, facts: Finding['facts'] = {}): Finding {
  return { code, severity: 'warn', message, facts, remedy };
}
