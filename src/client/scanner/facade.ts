// The market scanner.

import type { MessageOf, RequestInput } from '../../protocol/registry.js';
import { askOne } from '../conversation/ask.js';
import { picture } from '../conversation/picture.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import type { Session } from '../session/session.js';
import { scannerParameters, scanStream } from './conversations.js';
import { readScannerOffer, type ScannerOffer } from './offer.js';

/** What to scan for, in the gateway's own fields; `scanCode`, `instrument` and `locationCode` are needed. */
export type ScanRequest = NonNullable<RequestInput<'reqScannerSubscription'>['subscription']>;

type Element = NonNullable<MessageOf<'scannerData'>['elements']>[number];

export interface ScanRow {
  /** From 0. */
  readonly rank: number;
  readonly contract: Element['contract'];
  readonly marketName: string | undefined;
  readonly distance: string | undefined;
  readonly benchmark: string | undefined;
  readonly projection: string | undefined;
  readonly legsStr: string | undefined;
}

export interface ScannerFacade {
  /** What can be scanned: XML of a megabyte or two, and its codes. */
  parameters(call?: Call): Promise<ScannerOffer>;
  /** One scan; empty when nothing fits. At most 50 rows. */
  run(request: ScanRequest, call?: Call): Promise<readonly ScanRow[]>;
  /** A scan that goes on: one list for each result. An empty one stays open. At most ten at once. */
  subscribe(request: ScanRequest, call?: Call): Subscription<readonly ScanRow[]>;
}

export function createScanner(session: Session): ScannerFacade {
  return {
    async parameters(call) {
      const { xml = '' } = await askOne(session, scannerParameters, {}, call);
      return readScannerOffer(xml);
    },
    async run(request, call) {
      // A scan that finds nothing is told by a notice, which only a stream lives through.
      const stream = openScan(session, request, false, call);
      let rows: readonly ScanRow[] = [];
      stream.on((found) => {
        rows = found;
      });
      await picture(session, 'reqScannerSubscription', stream, { ...call, timeout: call?.timeout ?? 60_000 });
      return rows;
    },
    subscribe: (request, call) => openScan(session, request, true, call),
  };
}

function openScan(
  core: Core,
  subscription: ScanRequest,
  isShared: boolean,
  call: Call | undefined,
): Subscription<readonly ScanRow[]> {
  return openStream(
    core,
    scanStream,
    { subscription },
    {
      ...(isShared ? { key: requestKey(subscription) } : {}),
      take({ elements = [] }, push: (rows: readonly ScanRow[]) => void, asking) {
        push(elements.map(rowOf));
        asking.completed();
      },
      onNotice(_, verdict, push, asking) {
        if (verdict.means !== 'stream' || verdict.effect !== 'emptyBatch') return;
        push([]);
        asking.completed();
      },
    },
    call,
  );
}

function rowOf({ rank, contract, marketName, distance, benchmark, projection, legsStr }: Element): ScanRow {
  return { rank: rank ?? 0, contract, marketName, distance, benchmark, projection, legsStr };
}
