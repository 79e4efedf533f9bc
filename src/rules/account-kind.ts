// From the raw AccountType tag and the configuration to the kind of account that decides the rules.
import type { AccountFacts, AccountKind } from './types.js';

const KINDS: readonly string[] = ['ira-cash', 'ira-margin', 'cash', 'reg-t', 'portfolio-margin'] satisfies AccountKind[];
const TAXABLE = new Set(['INDIVIDUAL', 'JOINT', 'TRUST', 'LLC', 'CORPORATION', 'PARTNERSHIP', 'ORG', 'UGMA/UTMA']);

export const isAccountKind = (value: unknown): value is AccountKind => typeof value === 'string' && KINDS.includes(value);
export const isIra = (kind: AccountKind): boolean => kind === 'ira-cash' || kind === 'ira-margin';
/** Kinds that may spend settled money only. */
export const isCashType = (kind: AccountKind): boolean => kind === 'ira-cash' || kind === 'cash';
/** Kinds that may borrow. */
export const mayBorrow = (kind: AccountKind): boolean => kind === 'reg-t' || kind === 'portfolio-margin';

/** The kind of an account; undefined and `conflict` where what is configured contradicts what the gateway tells. */
export interface KindVerdict {
  /** Undefined: not mapped, nothing may be sent. */
  readonly kind: AccountKind | undefined;
  /** Configured as an IRA while the tag names a taxable owner. */
  readonly conflict: boolean;
}

/**
 * The kind of an account. The tag names the owner, the configuration the financing; the stricter side wins. Without
 * configuration an IRA is `ira-cash` and a taxable account `cash`. An unknown tag needs a configured kind.
 */
export function accountKindOf(account: Pick<AccountFacts, 'accountType' | 'configuredKind'>): KindVerdict {
  const configured = isAccountKind(account.configuredKind) ? account.configuredKind : undefined;
  const words = typeof account.accountType === 'string' ? account.accountType.toUpperCase().split(/[\s\-_]+/) : [];
  if (words.includes('IRA')) return { kind: configured === 'ira-margin' ? 'ira-margin' : 'ira-cash', conflict: false };
  if (words.some((word) => TAXABLE.has(word))) {
    return { kind: configured ?? 'cash', conflict: configured !== undefined && isIra(configured) };
  }
  return { kind: configured, conflict: false };
}
