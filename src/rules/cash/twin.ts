// Codes that come in two forms, one for IRA kinds and one for taxable cash accounts.
import { isIra } from '../account-kind.js';
import type { RuleCode } from '../codes/list.js';
import type { Snapshot } from '../facts/snapshot.js';

type Twin = Extract<RuleCode, `CASH-${string}`> extends `CASH-${infer Name}` ? Name : never;

/** `IRA-…` or `CASH-…`, by the kind of account. */
export function twin(name: Twin, snapshot: Snapshot): RuleCode {
  return snapshot.kind !== undefined && isIra(snapshot.kind) ? `IRA-${name}` : `CASH-${name}`;
}
