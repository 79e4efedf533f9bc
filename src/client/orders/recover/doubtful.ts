// Orders of which the gateway's lists say nothing although nothing is wrong: what their silence means.
import type { InstructionDraft } from '../draft.js';
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
export function isStaged(trades: Iterable<Trade>, trade: Trade): boolean {
  const { status } = trade.record;
  if (trade.draft?.transmit !== false || (status !== undefined && status !== 'held')) return false;
  const family = trade.parentId ?? trade.orderId;
  for (const one of trades) {
    if (one.clientId !== trade.clientId || one.sentAt === undefined || one.draft?.transmit === false) continue;
    if (one.orderId === family || one.parentId === family) return false;
  }
  return true;
}
