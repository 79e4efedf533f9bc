// The life of one order as the gateway tells it: statuses, refusals and ends, weighed against each other.
import type Big from 'big.js';
import { decimal } from './fills.js';
import { type StatusClass, type StatusLine, statusClass } from './status.js';
import type { Doubt, EndReason } from './trade-state.js';

const CANCELLED_HERE: EndReason = { code: undefined, text: '', by: 'user', advancedOrderRejectJson: undefined };

export class Life {
  /** Every status in the gateway's words; repetitions are counted, not listed. */
  readonly lines: StatusLine[] = [];
  /** Meaning of the last status that counts. */
  status: StatusClass | undefined;
  /** Largest quantity that a message called filled. */
  claimed: Big | undefined;
  rejection: EndReason | undefined;
  over: EndReason | undefined;
  isOver = false;
  isCancelAsked = false;
  doubt: Doubt | undefined;

  /** Ended with a reason, or on our own word, so that nothing more need be waited for. */
  get isExplained(): boolean {
    return this.rejection !== undefined || this.over !== undefined || this.isCancelAsked;
  }

  /** An end that was asked for here is the user's, though its status came without a word. */
  get reason(): EndReason | undefined {
    return this.rejection ?? this.over ?? (this.isCancelAsked ? CANCELLED_HERE : undefined);
  }

  /**
   * Takes a status in; false when it only repeats the last. `isCertain`: it answers a question, so it may bring an ended order
   * back. `mayPass`: a child, which may pass through Cancelled before it is accepted. Anything else that comes back is doubted.
   */
  hear(line: Omit<StatusLine, 'times'>, isCertain: boolean, mayPass: boolean): boolean {
    const claimed = decimal(line.filled);
    if (claimed !== undefined && (this.claimed === undefined || claimed.gt(this.claimed))) this.claimed = claimed;
    const meaning = statusClass(line.status);
    if (meaning !== 'unknown') this.mean(meaning, isCertain, mayPass);
    const last = this.lines.at(-1);
    if (last === undefined || last.status !== line.status || last.filled !== line.filled || last.whyHeld !== line.whyHeld) {
      this.lines.push({ ...line, times: 1 });
      return true;
    }
    this.lines[this.lines.length - 1] = { ...last, times: last.times + 1 };
    return false;
  }

  private mean(meaning: StatusClass, isCertain: boolean, mayPass: boolean): void {
    const wasOver = this.status === 'over' || this.status === 'filled' || this.isOver || this.rejection !== undefined;
    const lives = meaning === 'held' || meaning === 'accepted' || meaning === 'working' || meaning === 'cancelling';
    if (wasOver && lives) {
      if (!isCertain && (this.isExplained || this.status === 'filled' || !mayPass)) {
        this.doubt ??= 'contradiction';
        return;
      }
      this.isOver = false;
      this.over = undefined;
      this.rejection = undefined;
    }
    this.status = meaning;
    if (lives && this.doubt === 'vanished') this.doubt = undefined;
  }
}
