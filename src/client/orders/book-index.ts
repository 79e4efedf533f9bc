// Which trade a message means: by permId, by client and order id, by execution.
import { isPermId } from './record/fills.js';
import { revisionOf } from './record/revisions.js';
import type { Trade } from './trade.js';

/** Ended orders that are kept; beyond that the oldest are forgotten. */
const MOST_ENDED = 20_000;

export class BookIndex {
  private readonly byId = new Map<string, Trade>();
  private readonly byPermId = new Map<string, Trade>();
  private readonly byExecution = new Map<string, Trade>();
  private readonly everyTrade = new Set<Trade>();
  private ended: Trade[] = [];

  get trades(): ReadonlySet<Trade> {
    return this.everyTrade;
  }

  add(trade: Trade): void {
    this.everyTrade.add(trade);
    this.bind(trade);
  }

  /** Takes the trade's present ids in. */
  bind(trade: Trade): void {
    if (trade.orderId !== 0) this.byId.set(keyOf(trade.clientId, trade.orderId), trade);
    for (const permId of trade.record.permIds) this.byPermId.set(permId, trade);
  }

  remove(trade: Trade): void {
    this.everyTrade.delete(trade);
    forget(this.byId, keyOf(trade.clientId, trade.orderId), trade);
    for (const permId of trade.record.permIds) forget(this.byPermId, permId, trade);
    for (const fill of trade.fills) forget(this.byExecution, revisionOf(fill.execId).stem, trade);
  }

  /** Takes its order id out, which is about to change. */
  unname({ clientId, orderId }: { readonly clientId: number; readonly orderId: number }, trade: Trade): void {
    forget(this.byId, keyOf(clientId, orderId), trade);
  }

  byOrder(clientId: number, orderId: number | undefined): Trade | undefined {
    return orderId === undefined || orderId === 0 ? undefined : this.byId.get(keyOf(clientId, orderId));
  }

  byPerm(permId: string | undefined): Trade | undefined {
    return isPermId(permId) ? this.byPermId.get(permId) : undefined;
  }

  executed(execId: string, trade: Trade): void {
    this.byExecution.set(revisionOf(execId).stem, trade);
  }

  byExec(execId: string): Trade | undefined {
    return this.byExecution.get(revisionOf(execId).stem);
  }

  /** Notes that a trade has ended, and forgets the oldest when there are too many. */
  settled(trade: Trade): void {
    this.ended.push(trade);
    if (this.ended.length < MOST_ENDED * 1.1) return;
    for (const old of this.ended.slice(0, -MOST_ENDED)) this.remove(old);
    this.ended = this.ended.slice(-MOST_ENDED);
  }
}

function keyOf(clientId: number, orderId: number): string {
  return `${clientId}:${orderId}`;
}

function forget(map: Map<string, Trade>, key: string, trade: Trade): void {
  if (map.get(key) === trade) map.delete(key);
}
