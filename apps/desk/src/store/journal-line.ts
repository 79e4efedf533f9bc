// A line of the core's journal as a row of the order log.

import type { JournalEntry } from 'ibwire';
import type { LogRow } from './schema.js';

/** What the desk writes into `orderRef`, before the id of the draft. */
export const REF_PREFIX = 'desk:';

export type LogValues = Omit<LogRow, 'seq'>;

interface Named {
  readonly conId?: number;
  readonly symbol?: string;
  readonly secType?: string;
  readonly exchange?: string;
  readonly currency?: string;
}

/** What an order is within its draft; a bracket has exits beside the entry. */
export const ROLES = ['entry', 'takeProfit', 'stopLoss'] as const;
export type Role = (typeof ROLES)[number];

/** Draft and role that an `orderRef` names; undefined for one that the desk did not write. */
export function partOfRef(orderRef: string | undefined): { readonly draftId: string; readonly role: Role } | undefined {
  if (orderRef?.startsWith(REF_PREFIX) !== true) return undefined;
  const [draftId = '', role = 'entry'] = orderRef.slice(REF_PREFIX.length).split(':');
  return { draftId, role: ROLES.find((one) => one === role) ?? 'entry' };
}

export const draftOfRef = (orderRef: string | undefined): string | null => partOfRef(orderRef)?.draftId ?? null;

export function rowOf(entry: JournalEntry, line: string): LogValues {
  const contract: Named = entry.event === 'attempt' ? ((entry.contract as Named | undefined) ?? {}) : {};
  return {
    time: entry.time,
    account: entry.account,
    con_id: contract.conId ?? null,
    symbol: contract.symbol ?? null,
    sec_type: contract.secType ?? null,
    exchange: contract.exchange ?? null,
    currency: contract.currency ?? null,
    draft_id: draftOfRef(entry.orderRef),
    who: 'session',
    what: entry.event === 'attempt' ? `wire ${entry.action}` : `wire ${entry.event}`,
    findings: entry.event === 'attempt' ? JSON.stringify(entry.findings) : null,
    outcome: entry.event === 'attempt' ? (entry.passed ? 'passed' : 'refused') : (entry.status ?? entry.event),
    detail: line,
    journal_seq: entry.seq,
  };
}
