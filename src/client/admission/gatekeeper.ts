// Puts the gateway's budgets in front of everything that is sent: which lane a request takes, and what it costs.

import type { OutgoingKind } from '../../protocol/registry.js';
import type { AdmissionCall, Release } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import type { Timer } from '../wire/timer.js';
import { type Admission, createAdmission, type Lesson } from './admission.js';
import type { AdmissionRequest, Cost } from './budgets.js';
import {
  accountSummaryCosts,
  depthCosts,
  type HistoryShape,
  headTimestampCosts,
  historicalTicksCosts,
  historyCosts,
  matchingSymbolsCosts,
  quoteCosts,
  realTimeBarsCosts,
  scannerCosts,
  tickByTickCosts,
} from './costs.js';
import { type AdmissionLimits, defaultLimits, type Lane } from './limits.js';
import { type AdmissionQueue, createAdmissionQueue } from './queue.js';
import { type AdmissionView, viewAdmission } from './snapshot.js';

export interface Gatekeeper {
  admit(kind: OutgoingKind, message: object, call: AdmissionCall): Promise<Release> | Release;
  /** Counts a message that did not wait: cancels, probes, raw sends. */
  count(kind: OutgoingKind): void;
  /** Takes a refusal in: the budget was smaller than thought. */
  learn(verdict: Verdict): void;
  /** The connection is gone: whoever waits is told. */
  drain(cause: Error): void;
  /** A new connection begins with fresh budgets; those that hold for the login go on. */
  reset(): void;
  close(cause: Error): void;
  readonly view: AdmissionView | undefined;
}

/** Everything goes out at once: for replays, and for gateways whose limits are switched off. */
export function openGates(): Gatekeeper {
  return { admit: () => () => {}, count() {}, learn() {}, drain() {}, reset() {}, close() {}, view: undefined };
}

/** The gateway's own limits, see `limits`. */
export function createGatekeeper(timer: Timer, limits: Partial<AdmissionLimits> = {}): Gatekeeper {
  const admission: Admission = createAdmission({ ...defaultLimits, ...limits });
  const queue: AdmissionQueue = createAdmissionQueue(admission, timer);
  return {
    admit(kind, message, call) {
      const { messages = 1, keeps = 'untilClosed' } = call;
      const request = { ...requestOf(kind, message), messages, keeps };
      return queue.tryAcquire(request) ?? queue.acquire(request, { ...patienceOf(call.timeout), signal: call.signal });
    },
    count(kind) {
      admission.commit({ asked: kind, lane: laneOf(kind) }, timer.now());
    },
    learn(verdict) {
      const now = timer.now();
      if (verdict.means === 'rate') {
        if (verdict.now === 'exceeded') admission.learn('rate', now);
        else admission.rateApproaching(now);
      } else if (verdict.means === 'requestFailed' && verdict.teaches !== undefined) {
        admission.learn(verdict.teaches satisfies Lesson, now);
      }
      queue.pump();
    },
    drain: (cause) => queue.drain(cause),
    reset() {
      admission.clear();
      queue.pump();
    },
    close: (cause) => queue.drain(cause),
    get view() {
      return viewAdmission(admission, queue, timer.now());
    },
  };
}

function patienceOf(timeout: number): { readonly patienceMs?: number } {
  return Number.isFinite(timeout) ? { patienceMs: timeout } : {};
}

const historyKinds: ReadonlySet<string> = new Set([
  'reqHistoricalData',
  'reqHeadTimestamp',
  'reqHistogramData',
  'reqHistoricalTicks',
  'reqHistoricalNews',
]);

function laneOf(kind: OutgoingKind): Lane {
  if (kind === 'cancelOrder' || kind === 'reqGlobalCancel') return 'cancel';
  if (kind === 'placeOrder' || kind === 'exerciseOptions') return 'order';
  if (kind.startsWith('cancel')) return 'cancel';
  if (kind === 'reqCurrentTime' || kind === 'reqCurrentTimeInMillis') return 'probe';
  return historyKinds.has(kind) ? 'history' : 'request';
}

function requestOf(kind: OutgoingKind, message: object): AdmissionRequest {
  const costs = costsOf(kind, message as Asked);
  return costs.length === 0 ? { asked: kind, lane: laneOf(kind) } : { asked: kind, lane: laneOf(kind), costs };
}

/** What of a request matters for its costs. */
interface Asked {
  readonly contract?: Readonly<Record<string, unknown>>;
  readonly snapshot?: boolean;
  readonly regulatorySnapshot?: boolean;
  readonly barSizeSetting?: string;
  readonly whatToShow?: string;
}

function costsOf(kind: OutgoingKind, asked: Asked): readonly Cost[] {
  switch (kind) {
    case 'reqMktData':
      if (asked.regulatorySnapshot === true) return quoteCosts(instrumentOf(asked), 'regulatorySnapshot');
      return quoteCosts(instrumentOf(asked), asked.snapshot === true ? 'snapshot' : 'stream');
    case 'reqMktDepth':
      return depthCosts(instrumentOf(asked));
    case 'reqTickByTickData':
      return tickByTickCosts(instrumentOf(asked));
    case 'reqRealTimeBars':
      return realTimeBarsCosts(shapeOf(kind, asked));
    case 'reqHistoricalData':
      return historyCosts({ ...shapeOf(kind, asked), barSize: asked.barSizeSetting ?? '' });
    case 'reqHeadTimestamp':
      return headTimestampCosts(shapeOf(kind, asked));
    case 'reqHistoricalTicks':
      return historicalTicksCosts(identityOf(kind, asked));
    case 'reqScannerSubscription':
      return scannerCosts();
    case 'reqAccountSummary':
      return accountSummaryCosts();
    case 'reqMatchingSymbols':
      return matchingSymbolsCosts();
    default:
      return [];
  }
}

/** The conId where there is one: one instrument is one line however it was asked for. */
function instrumentOf({ contract = {} }: Asked): string {
  const conId = contract['conId'];
  if (typeof conId === 'number' && conId > 0) return `#${conId}`;
  const fields = [
    'secType',
    'symbol',
    'localSymbol',
    'lastTradeDateOrContractMonth',
    'strike',
    'right',
    'exchange',
    'primaryExchange',
    'currency',
  ];
  return fields.map((field) => String(contract[field] ?? '')).join('|');
}

function identityOf(kind: OutgoingKind, asked: Asked): string {
  return `${kind} ${JSON.stringify({ ...asked, reqId: undefined })}`;
}

function shapeOf(kind: OutgoingKind, asked: Asked): HistoryShape {
  return {
    instrument: instrumentOf(asked),
    exchange: String(asked.contract?.['exchange'] ?? ''),
    whatToShow: asked.whatToShow ?? '',
    identity: identityOf(kind, asked),
  };
}
