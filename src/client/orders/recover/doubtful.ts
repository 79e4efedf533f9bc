// Orders of which the gateway's lists say nothing: what their silence means.
import type { BookIndex } from '../book-index.js';
import type { InstructionDraft } from '../draft.js';
import { type EndReason, endReason } from '../record/trade-state.js';
import type { Trade } from '../trade.js';

/** What an instruction about an option says; undefined: an order. No list names instructions, and they draw no id at the gateway. */
export function instructionOf({ draft }: Trade): InstructionDraft['act'] | undefined {
  return draft !== undefined && 'act' in draft ? (draft as InstructionDraft).act : undefined;
}

/** Known by its executions alone: an order of another day or client that no list names does not work any more. */
export function isOnlyExecuted(trade: Trade): boolean {
  return !trade.isPlaced && trade.reported === undefined && trade.statuses.length === 0 && trade.fills.length > 0;
}

/**
 * Held by the terminal: neither it nor one of its family was transmitted, and no status says that it left. Such an order is in
 * no list, and gone when the terminal is.
 */
export function isStaged(index: BookIndex, trade: Trade): boolean {
  const { status } = trade.record;
  if (trade.draft?.transmit !== false || (status !== undefined && status !== 'held')) return false;
  const family = trade.parentId ?? trade.orderId;
  for (const one of [index.byOrder(trade.clientId, family), ...index.childrenOf(trade.clientId, family)])
    if (one?.sentAt !== undefined && one.draft?.transmit !== false) return false;
  return true;
}

/** An order that was just written may be in no list yet. */
export const SETTLING_MS = 3_000;

export function wasSeen(trade: Trade): boolean {
  return trade.record.permIds.length > 0 || trade.fills.length > 0;
}

/** What a new order was answered that nobody ever acknowledged, whatever the code: where no list names the order, it was refused. */
export function refusalOf(trade: Trade): EndReason | undefined {
  if (!trade.isPlaced || trade.heardAt !== undefined || wasSeen(trade)) return undefined;
  const notice = trade.notices.findLast(({ verdict }) => verdict.means === 'orderUnclear');
  return notice && endReason('gateway', notice.text, { code: notice.code });
}

/** Terminals keep what was never transmitted for as long as they run. */
export const GONE_WITH_TERMINAL = endReason(
  'gateway',
  'never transmitted, and gone with the connection: terminals keep staged orders only while they run',
);

export const NEVER_ARRIVED = endReason('client', 'the order never arrived at the gateway');

/** The longest silence that was seen about an order that lived, a market order for the close, was 31 s (limits §15.5). */
export const LONGEST_SILENCE_MS = 60_000;

/** A new order without any word that whole lists, asked for so much later, do not name. */
export function isLost(trade: Trade, since: number): boolean {
  const { isPlaced, heardAt, sentAt = since, notices } = trade;
  if (!isPlaced || heardAt !== undefined || wasSeen(trade) || notices.length > 0 || instructionOf(trade)) return false;
  return since - sentAt > LONGEST_SILENCE_MS;
}
