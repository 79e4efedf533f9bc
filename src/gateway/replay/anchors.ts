// Finds for every recorded message the request it answered.

import { idsOf } from '../../capture/ids.js';
import type { OutgoingKind } from '../../protocol/registry.js';
import { CAUSES, isSilent } from './causes.js';
import type { RecordedAnswer, RecordedConnection, RecordedRequest } from './recording.js';

/**
 * - `answer`: belongs to that request
 * - `place`: asked for by nobody; comes where it came, after that request or, without one, when the client starts
 * - `lost`: carries an id that no recorded request has
 */
export type Anchor =
  | { readonly at: 'answer' | 'place'; readonly request: RecordedRequest | undefined }
  | { readonly at: 'lost'; readonly id: number | undefined };

const LISTS_OF_ORDERS: ReadonlySet<string> = new Set([
  'reqOpenOrders',
  'reqAllOpenOrders',
  'reqAutoOpenOrders',
  'reqCompletedOrders',
]);
const ENDS_OF_LISTS: ReadonlySet<string> = new Set(['openOrderEnd', 'completedOrdersEnd']);
const ORDER_REPORTS: ReadonlySet<string> = new Set(['openOrder', 'orderStatus', 'execDetails']);

export class Anchors {
  private readonly connection: RecordedConnection;
  private readonly requests: readonly { readonly request: RecordedRequest; readonly at: number }[];
  /** Orders that were sent as one group, by their own id: the id of the first parent. */
  private readonly families = new Map<number, number>();
  /** Lists of orders that have had their end: what comes later comes by itself. */
  private readonly closed = new Set<RecordedRequest>();
  private readonly executions = new Map<string, Anchor>();

  constructor(connection: RecordedConnection) {
    this.connection = connection;
    this.requests = connection.messages.flatMap((request, at) => (request.direction === 'out' ? [{ request, at }] : []));
    for (const { request } of this.requests) {
      const { orderId, parentId } = idsOf(request.message);
      if (orderId !== undefined && parentId) this.families.set(orderId, this.family(parentId));
    }
  }

  /** To be asked in the order of the recording. `at` is the message's place in it. */
  of(answer: RecordedAnswer, at: number): Anchor {
    const { message } = answer;
    if (message.kind === 'unknown') return this.inPlace(at, undefined);
    const { reqId, orderId, execId } = idsOf(message);
    if (message.kind === 'commissionAndFeesReport') return this.executions.get(execId ?? '') ?? this.inPlace(at, undefined);
    const found = this.find(at, (request) => this.isAnsweredBy(request, message.kind, reqId, orderId));
    if (found !== undefined && ENDS_OF_LISTS.has(message.kind)) this.closed.add(found);
    const asked = reqId === -1 || message.kind === 'error' ? undefined : reqId; // errors can be about orders of another session
    const anchor: Anchor = found === undefined ? this.inPlace(at, asked) : { at: 'answer', request: found };
    if (message.kind === 'execDetails' && execId !== undefined) this.executions.set(execId, anchor);
    return anchor;
  }

  private isAnsweredBy(request: RecordedRequest, kind: string, reqId: number | undefined, orderId: number | undefined): boolean {
    const { message } = request;
    if (message.kind === 'unknown') return false;
    const asked = idsOf(message);
    const isError = kind === 'error';
    const causes: readonly OutgoingKind[] | undefined = kind in CAUSES ? CAUSES[kind as keyof typeof CAUSES] : undefined;
    if (!isError && causes?.includes(message.kind) !== true) return false;
    if (isError) return reqId !== undefined && reqId !== -1 && (asked.reqId === reqId || this.isFamily(asked.orderId, reqId));
    if (asked.orderId !== undefined && ORDER_REPORTS.has(kind)) {
      const isListed = kind === 'execDetails' && reqId !== undefined && reqId !== -1; // one of those asked for with reqExecutions
      return !isListed && this.isFamily(asked.orderId, orderId);
    }
    if (LISTS_OF_ORDERS.has(message.kind)) return !this.closed.has(request);
    return asked.reqId === undefined || asked.reqId === reqId;
  }

  private family(orderId: number): number {
    return this.families.get(orderId) ?? orderId;
  }

  private isFamily(a: number | undefined, b: number | undefined): boolean {
    return a !== undefined && b !== undefined && this.family(a) === this.family(b);
  }

  /** The last fitting request before; where the order is not known, also the first one after, and none that ends something. */
  private find(at: number, fits: (request: RecordedRequest) => boolean): RecordedRequest | undefined {
    if (this.connection.greeting !== undefined)
      return this.requests.findLast((entry) => entry.at < at && fits(entry.request))?.request;
    const fitting = this.requests.filter(({ request: { message }, request }) => {
      return message.kind !== 'unknown' && !isSilent(message.kind, message) && fits(request);
    });
    return (fitting.findLast((entry) => entry.at < at) ?? fitting.find((entry) => entry.at > at))?.request;
  }

  private inPlace(at: number, id: number | undefined): Anchor {
    if (id !== undefined || this.connection.greeting === undefined) return { at: 'lost', id };
    return { at: 'place', request: this.requests.findLast((entry) => entry.at < at)?.request };
  }
}
