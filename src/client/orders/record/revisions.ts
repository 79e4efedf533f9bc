// Execution ids: what stands before the last dot names the execution, what stands behind it the revision.
import Big from 'big.js';
import type { MessageOf } from '../../../protocol/registry.js';
import type { FillCommission } from './fills.js';

export interface Revision {
  /** The same for an execution and all its corrections. */
  readonly stem: string;
  readonly number: number;
}

/** `0000e0d5.643d3b01.01.02` is revision 2 of `0000e0d5.643d3b01.01`. An id without a number behind a dot is its own stem. */
export function revisionOf(execId: string): Revision {
  const dot = execId.lastIndexOf('.');
  const tail = execId.slice(dot + 1);
  if (dot <= 0 || !/^\d{1,9}$/.test(tail)) return { stem: execId, number: 0 };
  return { stem: execId.slice(0, dot), number: Number(tail) };
}

/** Below, at or above 0, as the first revision is older, the same or newer. */
export function comparedRevisions(a: Revision, b: Revision): number {
  return a.number - b.number;
}

export interface CommissionReport {
  readonly execId: string;
  readonly commission: FillCommission;
}

/** Reads a report; undefined when it names no execution. Unset profit stays undefined. */
export function commissionReport(message: MessageOf<'commissionAndFeesReport'>): CommissionReport | undefined {
  const { execId, commissionAndFees, currency, realizedPNL } = message;
  if (execId === undefined || execId === '' || commissionAndFees === undefined || !Number.isFinite(commissionAndFees))
    return undefined;
  const isKnown = realizedPNL !== undefined && Number.isFinite(realizedPNL);
  return {
    execId,
    commission: {
      amount: new Big(commissionAndFees),
      currency: currency ?? '',
      realizedPnl: isKnown ? new Big(realizedPNL) : undefined,
    },
  };
}
