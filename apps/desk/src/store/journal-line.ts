// A line of the core's journal as a row of the order log.

import type { JournalEntry } from 'ibwire';
import type { OrderLogTable } from './schema.js';

/** What the desk writes into `orderRef`, before the id of the draft. */
export const REF_PREFIX = 'desk:';

export type LogValues = Omit<OrderLogTable, 'seq'>;

interface Named {
  readonly conId?: number;
  readonly symbol?: string;
  readonly secType?: string;
  readonly exchange?: string;
  readonly currency?: string;
}

export function draftOfRef(orderRef: string | undefined): string | null {
  return orderRef?.startsWith(REF_PREFIX) === true ? orderRef.slice(REF_PREFIX.length) : null;
}

export function rowOfLine(line: string): LogValues {
  const entry = JSON.parse(line) as JournalEntry;
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

/** Highest order id that lines have used, by client id. */
export function idsUsed(lines: Iterable<string>): Map<number, number> {
  const used = new Map<number, number>();
  for (const line of lines) take(used, line);
  return used;
}

/** An order that was refused before it left has used no id. */
export function take(used: Map<number, number>, line: string): void {
  const entry = JSON.parse(line) as JournalEntry;
  const { clientId, orderId } = entry;
  if (clientId === undefined || orderId === undefined || (entry.event === 'attempt' && !entry.passed)) return;
  if (orderId > (used.get(clientId) ?? 0)) used.set(clientId, orderId);
}
