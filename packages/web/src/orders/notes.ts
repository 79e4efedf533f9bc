// The journal of orders over the Web API: attempts before they leave, outcomes afterwards.

import { createJournal, type Journal, type JournalInput, type JournalSink, type Timer } from 'ibwire';
import type { LegResult } from './round.js';

type Attempt = Extract<JournalInput, { event: 'attempt' }>;

export interface Notes {
  /** @throws {JournalError} when it cannot be kept: nothing may leave then */
  attempt(
    account: string,
    action: Attempt['action'],
    passed: boolean,
    more: Pick<Attempt, 'findings' | 'contract' | 'order' | 'permId'> & { readonly orderRef?: string | undefined },
  ): void;
  outcomes(account: string, results: readonly LegResult[]): void;
  /** What was to leave has not. */
  never(account: string, refs: readonly string[], error: unknown): void;
  close(): void;
}

export function createNotes(sink: JournalSink | undefined, timer: Timer): Notes {
  const journal: Journal | undefined = sink === undefined ? undefined : createJournal(sink, () => timer.now());
  const attempted = new Set<string>();
  /** What cannot be kept afterwards is told by the next attempt, which cannot be kept either. */
  const afterwards = (input: JournalInput): void => {
    try {
      journal?.record(input);
    } catch {}
  };
  return {
    attempt(account, action, passed, { orderRef, ...more }) {
      journal?.record({ event: 'attempt', account, action, passed, ...more, ...(orderRef !== undefined && { orderRef }) });
      if (passed && orderRef !== undefined) attempted.add(orderRef);
    },
    outcomes(account, results) {
      for (const result of results) {
        const { orderRef } = result;
        attempted.delete(orderRef);
        if (result.at === 'working')
          afterwards({ event: 'status', account, orderRef, status: result.status, permId: result.orderId });
        else afterwards({ event: result.at === 'unknown' ? 'lost' : 'error', account, orderRef, detail: result });
      }
    },
    never(account, refs, error) {
      const detail = error instanceof Error ? error.message : String(error);
      for (const orderRef of refs) if (attempted.delete(orderRef)) afterwards({ event: 'failed', account, orderRef, detail });
    },
    close: () => journal?.close(),
  };
}
