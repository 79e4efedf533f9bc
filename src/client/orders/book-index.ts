// Which trade a message means: by permId, by client and order id, by execution.
import { isPermId } from './record/fills.js';
import { type OrderRecord, parentOf } from './record/order-record.js';
import { revisionOf } from './record/revisions.js';
import { isEnd } from './record/trade-state.js';
import type { Trade } from './trade.js';

/** Ended orders that are kept, and what they may weigh, 4 kB each; beyond either the oldest are forgotten. */
const MOST_ENDED = 20_000;
const MOST_ENDED_BYTES = 80 * 1024 * 1024;

export class BookIndex {
  private readonly byId = new Map<string, Trade>();
  private readonly byPermId = new Map<string, Trade>();
  private readonly byExecution = new Map<string, Trade>();
  private readonly everyTrade = new Set<Trade>();
  private readonly unended = new Set<Trade>();
  private readonly foreign = new Set<Trade>();
  private readonly byParent = new Map<string, Set<Trade>>();
  private ended: { readonly trade: Trade; readonly bytes: number }[] = [];
  private endedBytes = 0;

  get trades(): ReadonlySet<Trade> {
    return this.everyTrade;
  }

  /** Those that may still change. */
  get living(): ReadonlySet<Trade> {
    return this.unended;
  }

  /** Those of them that this session did not place. */
  get others(): ReadonlySet<Trade> {
    return this.foreign;
  }

  /** Orders that wait, or waited, for the one with this id. */
  childrenOf(clientId: number, orderId: number): ReadonlySet<Trade> {
    return (orderId === 0 ? undefined : this.byParent.get(keyOf(clientId, orderId))) ?? NOBODY;
  }

  /** How many have not ended. */
  get live(): number {
    return this.everyTrade.size - this.ended.length;
  }

  add(trade: Trade): void {
    this.everyTrade.add(trade);
    this.stands(trade);
    this.bind(trade);
  }

  /** Takes in whether it may still change. */
  stands(trade: Trade): void {
    if (!isEnd(trade.record.state) && this.everyTrade.has(trade)) {
      this.unended.add(trade);
      if (!trade.record.isPlaced) this.foreign.add(trade);
    } else {
      this.unended.delete(trade);
      this.foreign.delete(trade);
    }
  }

  /** Takes the trade's present ids in. */
  bind(trade: Trade): void {
    if (trade.orderId !== 0) this.byId.set(keyOf(trade.clientId, trade.orderId), trade);
    for (const permId of trade.record.permIds) this.byPermId.set(permId, trade);
    const family = familyOf(trade.record);
    if (family === undefined || !this.everyTrade.has(trade)) return;
    const children = this.byParent.get(family);
    if (children === undefined) this.byParent.set(family, new Set([trade]));
    else children.add(trade);
  }

  remove(trade: Trade): void {
    this.everyTrade.delete(trade);
    this.unended.delete(trade);
    this.foreign.delete(trade);
    this.unname(trade.record, trade);
    for (const permId of trade.record.permIds) forget(this.byPermId, permId, trade);
    for (const fill of trade.fills) forget(this.byExecution, revisionOf(fill.execId).stem, trade);
  }

  /** Takes out what it is called by, and by whom it was sent for: one of them is about to change. */
  unname(record: OrderRecord, trade: Trade): void {
    forget(this.byId, keyOf(record.clientId, record.orderId), trade);
    const family = familyOf(record);
    const children = family === undefined ? undefined : this.byParent.get(family);
    if (family === undefined || children?.delete(trade) !== true || children.size > 0) return;
    this.byParent.delete(family);
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
    const bytes = weightOf(trade);
    this.ended.push({ trade, bytes });
    this.endedBytes += bytes;
    if (this.ended.length < MOST_ENDED * 1.1 && this.endedBytes < MOST_ENDED_BYTES * 1.1) return;
    let first = 0;
    for (; this.ended.length - first > MOST_ENDED || this.endedBytes > MOST_ENDED_BYTES; first++) this.forgetEnded(first);
    this.ended = this.ended.slice(first);
  }

  private forgetEnded(at: number): void {
    const old = this.ended[at];
    if (old === undefined) return;
    this.endedBytes -= old.bytes;
    this.remove(old.trade);
  }
}

/** About what an order takes in memory: its terms, a line for each status, an execution, the words of its notices. */
function weightOf({ record }: Trade): number {
  let bytes = 2_000 + 200 * record.statuses.size + 1_000 * record.fills.size;
  for (const { text } of record.notices) bytes += 200 + 2 * text.length;
  return bytes;
}

const NOBODY: ReadonlySet<Trade> = new Set();

function familyOf(record: OrderRecord): string | undefined {
  const parentId = parentOf(record);
  return parentId === undefined ? undefined : keyOf(record.clientId, parentId);
}

function keyOf(clientId: number, orderId: number): string {
  return `${clientId}:${orderId}`;
}

function forget(map: Map<string, Trade>, key: string, trade: Trade): void {
  if (map.get(key) === trade) map.delete(key);
}
