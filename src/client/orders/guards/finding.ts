// What a guard says about an order: a finding of the account rules, with codes of its own.

import type { Finding as RuleFinding } from '../../../rules/finding.js';

export interface Finding extends Omit<RuleFinding, 'code' | 'orderId'> {
  readonly code: string;
}

/** A rejecting finding. */
export function reject(code: string, message: string, remedy: string, facts: Finding['facts'] = {}): Finding {
  return { code, severity: 'reject', message, facts, remedy };
}

/** A warning finding. */
export function warn(code: string, message: string, remedy: string, facts: Finding['facts'] = {}): Finding {
  return { code, severity: 'warn', message, facts, remedy };
}
