// Which fields of the tables hold what a capture must not give away.
import type { Redaction } from '../format.js';

/** By the last name of a field's path. */
const SECRET: Readonly<Record<string, Redaction>> = {
  account: 'account',
  accountID: 'account',
  accountName: 'account',
  accountsList: 'account',
  acctCode: 'account',
  acctNumber: 'account',
  clearingAccount: 'account',
  customerAccount: 'account',
  deltaNeutralClearingAccount: 'account',
  familyCodeStr: 'account',
  apiData: 'name',
  extOperator: 'name',
  faGroup: 'name',
  faProfile: 'name',
  group: 'name',
  mifid2DecisionMaker: 'name',
  mifid2ExecutionTrader: 'name',
  modelCode: 'name',
  opaqueIsvKey: 'name',
  submitter: 'name',
  trustedIPs: 'name',
  whiteBrandingId: 'name',
  xyzChallenge: 'name',
  xyzResponse: 'name',
  orderRef: 'orderRef',
};

/** Advisor data: groups, aliases and accounts stand inside as elements. */
const MARKUP: ReadonlySet<string> = new Set(['xml', 'cxml']);

/** Values that mean something to the server and nobody in particular. */
const PUBLIC: ReadonlySet<string> = new Set(['', 'All', 'ALL', '*']);

export function secretOf(leaf: string): Redaction | undefined {
  return SECRET[leaf];
}

export function isMarkup(leaf: string): boolean {
  return MARKUP.has(leaf);
}

export function isPublic(value: string): boolean {
  return PUBLIC.has(value);
}
