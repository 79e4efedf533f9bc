// The market scanner.

import type { MessageOf, RequestInput } from '../../protocol/registry.js';
import type { Keeps } from '../admission/budgets.js';
import { askOne } from '../conversation/ask.js';
import { damageOf, missingIn, type Told } from '../conversation/damage.js';
import { picture } from '../conversation/picture.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Asking } from '../conversation/stream-terms.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { isWholeXml } from '../wire/xml.js';
import { scannerParameters, scanStream } from './conversations.js';
import { readScannerOffer, type ScannerOffer } from './offer.js';

/** What to scan for, in the gateway's own fields; `scanCode`, `instrument` and `locationCode` are needed. */
export type ScanRequest = NonNullable<RequestInput<'reqScannerSubscription'>['subscription']>;

type Element = NonNullable<MessageOf<'scannerData'>['elements']>[number];

/** A row of a scan's result. What the scan does not fill is undefined. */
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

/** The newest result of a scan; no rows before the first. */
export interface ScanView {
  readonly rows: readonly ScanRow[];
}

/** A scan takes longer than most answers. */
const WITHIN_MS = 60_000;

/** `ib.scanner`: the market scanner of the gateway. */
export interface ScannerFacade {
  /** What can be scanned: XML of a megabyte or two, and its codes. @throws {DecodeError} for an answer that breaks off. */
  parameters(call?: Call): Promise<ScannerOffer>;
  /** One scan; empty when nothing fits. At most 50 rows. */
  run(request: ScanRequest, call?: Call): Promise<readonly ScanRow[]>;
  /** A scan that goes on: one list for each result, the newest in `view`. An empty one stays open. At most ten at once. */
  subscribe(request: ScanRequest, call?: Call): Subscription<readonly ScanRow[], ScanView>;
}

export function createScanner(core: Core): ScannerFacade {
  return {
    async parameters(call) {
      const { xml = '' } = await askOne(core, scannerParameters, {}, call);
      if (!isWholeXml(xml)) throw damageOf(core, { kind: 'scannerParameters', row: 'xml' }, 'breaks off');
      return readScannerOffer(xml);
    },
    async run(request, call) {
      // A scan that finds nothing is told by a notice, which only a stream lives through.
      const bounded = { ...call, timeout: call?.timeout ?? WITHIN_MS };
      const stream = openScan(core, request, 'untilAnswered', bounded);
      return (await picture(core, 'reqScannerSubscription', stream, bounded)).rows;
    },
    subscribe: (request, call) => openScan(core, request, 'untilClosed', call),
  };
}

function openScan(
  core: Core,
  subscription: ScanRequest,
  keeps: Keeps,
  call: Call | undefined,
): Subscription<readonly ScanRow[], ScanView> {
  const scan: { rows: readonly ScanRow[] } = { rows: [] };
  const told = (rows: readonly ScanRow[], push: (rows: readonly ScanRow[]) => void, asking: Asking): void => {
    scan.rows = rows;
    push(rows);
    asking.completed();
  };
  return openStream(
    core,
    scanStream,
    { subscription },
    {
      key: requestKey(keeps, subscription),
      keeps,
      view: scan,
      take({ kind, elements = [] }, push: (rows: readonly ScanRow[]) => void, asking) {
        const missing = missingIn(elements, 'elements', ['rank', 'contract']);
        if (missing === undefined) told((elements as readonly Told<Element, 'rank'>[]).map(rowOf), push, asking);
        else asking.misread(kind, missing, 'is missing');
      },
      onNotice(_, verdict, push, asking) {
        if (verdict.means === 'stream' && verdict.effect === 'emptyBatch') told([], push, asking);
      },
    },
    call,
  );
}

function rowOf({ rank, contract, marketName, distance, benchmark, projection, legsStr }: Told<Element, 'rank'>): ScanRow {
  return { rank, contract, marketName, distance, benchmark, projection, legsStr };
}
