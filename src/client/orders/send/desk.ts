// Judge, journal and wire, for everything that could trade; way-out.ts says when.
import type { OutgoingKind, RequestInput } from '../../../protocol/registry.js';
import type { Finding } from '../../../rules/finding.js';
import { decisionOf } from '../../../rules/finding.js';
import { say } from '../../../rules/guards/guard.js';
import { sentMessage } from '../../conversation/told.js';
import { withoutAccounts } from '../../notices/without-accounts.js';
import type { OrderBook } from '../book.js';
import type { AttemptEntry, JournalAction, JournalIds } from '../journal/entry.js';
import type { Journal } from '../journal/journal.js';
import type { Proposal } from '../judge/facts.js';
import type { Judge, Times } from '../judge/judge.js';
import { UntoldError } from '../judge/verdict.js';
import type { OrderCore } from '../order-core.js';
import { RuleError } from '../order-errors.js';
import type { OrderOptions } from '../policy.js';
import { type EndReason, endReason } from '../record/trade-state.js';
import type { Trade } from '../trade.js';

export interface Desk {
  readonly core: OrderCore;
  readonly book: OrderBook;
  readonly judge: Judge;
  readonly journal: Journal | undefined;
  readonly options: OrderOptions;
}

/** Something that is ready to leave. */
export interface Departure<K extends OutgoingKind = OutgoingKind> {
  readonly kind: K;
  readonly message: RequestInput<K>;
  readonly action: JournalAction;
  readonly account: string;
  readonly ids: JournalIds;
  readonly orders: readonly Proposal[];
  readonly findings: readonly Finding[];
  /** Raw: as it was written, and not through admission, so that it is counted when it leaves. */
  readonly isUncounted?: boolean;
  /** Its token has been used up already, by another member of its group. */
  readonly isConfirmed?: boolean;
}

/** The findings about orders that leave together. @throws {RuleError} when one refuses: nothing is sent, the attempt is journalled. {UntoldError} when one may pass later. */
export function pass(
  desk: Desk,
  orders: readonly Proposal[],
  action: JournalAction,
  ids: JournalIds = {},
  times: Times = 'first',
): readonly Finding[] {
  const verdict = desk.judge.judge(orders, times);
  const { findings } = verdict;
  if (decisionOf(findings) !== 'reject') return findings;
  const refuse = (): void => refused(desk, orders, action, ids, findings);
  if (verdict.at === 'untold') throw new UntoldError(findings, verdict.told, refuse);
  refuse();
  throw new RuleError(findings);
}

/** @throws {RuleError} for a question about an order that cannot be meant as it is written; nothing is asked then. */
export function passShape(desk: Desk, order: Proposal): void {
  const findings = desk.judge.shape(order);
  if (decisionOf(findings) === 'reject') throw new RuleError(findings);
}

/** Writes down that orders were refused. */
function refused(
  desk: Desk,
  orders: readonly Proposal[],
  action: JournalAction,
  ids: JournalIds,
  findings: readonly Finding[],
): void {
  for (const { contract, order, orderId } of orders) {
    desk.journal?.record({
      event: 'attempt',
      account: order.account ?? '',
      action,
      passed: false,
      findings,
      contract,
      order,
      ...ids,
      // A new order that is refused takes no id.
      ...(orderId !== undefined && action !== 'place' && { orderId, clientId: desk.core.usedClientId }),
    });
  }
}

/**
 * Writes the attempt down, then hands the bytes over. The confirmation is used up last. @throws {RuleError} {JournalError}
 * {TooOldError} {EncodeError} {ClosedError}; nothing was sent then.
 */
export function leave<K extends OutgoingKind>(desk: Desk, departure: Departure<K>): void {
  const { core, journal, judge, options } = desk;
  const { kind, message, action, account, ids, orders, findings } = departure;
  if (!core.isReady) throw core.notConnected(kind);
  passKillSwitch(options, action);
  for (const order of departure.isConfirmed === true ? [] : orders) {
    if (options.confirm?.redeem(judge.attemptOf(order)) === false) throw new RuleError([say('CONFIRMATION-UNKNOWN')]);
  }
  if (journal !== undefined) {
    const [only] = orders;
    const terms = only === undefined ? {} : { contract: only.contract, order: only.order };
    const entry: AttemptEntry = { event: 'attempt', account, action, passed: true, findings, ...ids, ...terms };
    journal.record(entry);
  }
  try {
    // What the program is asked meanwhile, its journal too, may have engaged it.
    passKillSwitch(options, action);
    core.send(kind, departure.isUncounted === true ? message : sentMessage(message, core.told), departure.isUncounted !== true);
  } catch (error) {
    outcome(desk, { event: 'failed', account, ...ids, detail: textOf(error) });
    throw error;
  }
  for (const order of orders) judge.sent(order);
  outcome(desk, { event: 'sent', account, ...ids });
}

/** @throws {RuleError} while it is on: only what takes back leaves. */
function passKillSwitch({ killSwitch }: OrderOptions, action: JournalAction): void {
  const reason = killSwitch?.reason();
  if (reason !== undefined && action !== 'cancel' && action !== 'globalCancel')
    throw new RuleError([say('KILL-SWITCH', { reason })]);
}

/** Writes an outcome down. It is no reason to stop the message path: the next attempt will be refused. */
export function outcome(desk: Desk, entry: Parameters<Journal['record']>[0], trade?: Trade): void {
  if (desk.journal === undefined) return;
  try {
    desk.journal.record(entry);
  } catch (error) {
    if (trade !== undefined) desk.book.take(trade, { is: 'alarm', alarm: { what: 'journal', text: textOf(error) } });
    else desk.core.thrown(error);
  }
}

/** Why an order that had waited did not leave. */
export function refusalBy(error: unknown): EndReason {
  return endReason('client', textOf(error), error instanceof RuleError ? { findings: error.findings } : {});
}

export function textOf(error: unknown): string {
  return withoutAccounts(error instanceof Error ? error.message : String(error));
}
