// What a guard is: a rule with a policy of its own. Same input as the book, same findings.
import { type GuardCode, guardCodes } from '../book/guard-codes.js';
import { type SharedCode, sharedCodes } from '../book/shared-codes.js';
import { decisionOf, type Facts, type Finding, worded } from '../finding.js';
import type { OrderFacts, SentOrder, Situation } from '../types.js';

/** What a guard says: a finding, of which code, severity and message are enough. */
export type Remark = Pick<Finding, 'code' | 'severity' | 'message'> & Partial<Finding>;

/** Looks at orders that leave together. Users put in their own: `(orders, situation) => findings`. */
export type Guard = (orders: readonly OrderFacts[], situation: Situation) => readonly Remark[];

/** Whole milliseconds since it was sent. */
export const ageOf = ({ ageSeconds }: SentOrder): number => Math.round(ageSeconds * 1000);

const NONE: readonly OrderFacts[] = [];

/** What was sent and what works when one order of several has its turn; undefined: not known. */
class Before {
  private readonly situation: Situation;
  private readonly members: readonly OrderFacts[];

  constructor(situation: Situation, members: readonly OrderFacts[]) {
    this.situation = situation;
    this.members = members;
  }

  get sent(): readonly SentOrder[] | undefined {
    return this.withMembers(this.situation.sent);
  }

  /** Those sent less than so many milliseconds ago. */
  sentWithin(ms: number): readonly SentOrder[] | undefined {
    const { situation } = this;
    const sent = situation.sentWithin === undefined ? situation.sent : situation.sentWithin(ms);
    return this.withMembers(sent)?.filter((one) => ageOf(one) < ms);
  }

  get open(): readonly OrderFacts[] | undefined {
    const { openOrders } = this.situation;
    return openOrders === undefined || this.members.length === 0 ? openOrders : [...openOrders, ...this.members];
  }

  private withMembers(sent: readonly SentOrder[] | undefined): readonly SentOrder[] | undefined {
    if (sent === undefined || this.members.length === 0) return sent;
    return [...sent, ...this.members.map((order) => ({ ageSeconds: 0, order }))];
  }
}

/** A finding in the words of its code. */
export function say(code: GuardCode | SharedCode, facts: Facts = {}, severity?: Finding['severity']): Finding {
  const words = code in sharedCodes ? sharedCodes[code as SharedCode] : guardCodes[code as GuardCode];
  return worded(code, words, facts, { severity });
}

/** A guard over each order by itself; members before it in a group count as sent and as working. */
export function each(judge: (order: OrderFacts, before: Before, situation: Situation) => readonly Finding[]): Guard {
  return (orders, situation) => {
    const [only, another] = orders;
    if (only !== undefined && another === undefined) return judge(only, new Before(situation, NONE), situation);
    return orders.flatMap((order, at) => {
      const found = judge(order, new Before(situation, orders.slice(0, at)), situation);
      const isOfGroup = orders.length > 1 && order.orderId !== undefined;
      return isOfGroup ? found.map((finding) => ({ ...finding, orderId: String(order.orderId) })) : found;
    });
  };
}

/** All guards, every finding, in their order. A guard that throws refuses: nothing passes because a check broke. */
export function guardedBy(
  ...guards: readonly Guard[]
): (orders: readonly OrderFacts[], situation: Situation) => readonly Finding[] {
  return (orders, situation) => {
    const found: Finding[] = [];
    for (const guard of guards)
      try {
        const said = guard(orders, situation).map((remark) => ({
          ...{ facts: {}, remedy: 'Change the order, or the guard.' },
          ...remark,
        }));
        found.push(...said);
      } catch (error) {
        found.push(say('GUARD-FAILED', { failure: error instanceof Error ? error.message : 'unknown failure' }));
      }
    return found;
  };
}

/** Whether orders may leave. */
export function passes(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return decisionOf(findings) !== 'reject';
}

/** An exit is warned, not stopped. */
export function gently(findings: readonly Finding[], { closes }: OrderFacts): readonly Finding[] {
  return closes === true ? findings.map((finding) => ({ ...finding, severity: 'warn' as const })) : findings;
}
