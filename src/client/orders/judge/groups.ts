// Which accounts an order of an advisor's group may trade in: anybody may change a group, so it is asked for with its orders.
import type { OrderFacts } from '../../../rules/types.js';
import { receiveFA } from '../../advisor/conversations.js';
import { type AdvisorGroup, readGroups } from '../../advisor/groups.js';
import { askOne } from '../../conversation/ask.js';
import type { OrderCore } from '../order-core.js';

export interface Groups {
  /** A group and its members; `unknown` where the name is none that was told, or it has none. Undefined: not told lately. */
  groupOf(name: string): AdvisorGroup | 'unknown' | undefined;
  /** Whether an order for a group may trade in an account: it was a member once, or nobody has told who is. */
  mayHold(name: string, account: string): boolean;
  /** Asks unless that has been done lately; the same question for everybody who waits. */
  ask(): Promise<void>;
}

/** The number of groups among an advisor's lists. */
const GROUPS = 1;
/** How old what was told of groups may be. */
const FRESH_MS = 1_000;

export function createGroups(session: OrderCore, told: () => void): Groups {
  let known: ReadonlyMap<string, AdvisorGroup> = new Map();
  /** Everybody who was ever told as a member: an order may be older than a change of its group. */
  const members = new Map<string, ReadonlySet<string>>();
  let answered = { in: 0, at: 0 };
  let asking: { readonly epoch: number; readonly promise: Promise<void> } | undefined;

  async function put(): Promise<void> {
    const { epoch } = session;
    // Whoever is no advisor is answered with an error: no group is known then.
    const xml = await askOne(session, receiveFA, { faDataType: GROUPS }).then(
      (answer) => answer.xml ?? '',
      () => '',
    );
    if (session.epoch !== epoch) return;
    known = new Map(readGroups(xml).map((group) => [group.name, group]));
    for (const { name, accounts } of known.values())
      members.set(name, new Set([...(members.get(name) ?? []), ...accounts.map(({ account }) => account)]));
    answered = { in: epoch, at: session.timer.now() };
    told();
  }
  const isFresh = (): boolean => answered.in === session.epoch && session.timer.now() - answered.at <= FRESH_MS;
  session.router.listen('replaceFAEnd', () => {
    answered = { in: 0, at: 0 };
  });

  return {
    groupOf(name) {
      // Whoever has one account is no advisor.
      if (session.accounts.length < 2) return 'unknown';
      if (!isFresh()) return undefined;
      const group = known.get(name);
      return group === undefined || group.accounts.length === 0 ? 'unknown' : group;
    },
    mayHold: (name, account) => members.get(name)?.has(account) !== false,
    ask() {
      const { epoch } = session;
      if (isFresh()) return Promise.resolve();
      if (asking?.epoch === epoch) return asking.promise;
      const promise = put().finally(() => {
        if (asking?.promise === promise) asking = undefined;
      });
      asking = { epoch, promise };
      return promise;
    },
  };
}

/** Methods that split the quantity of the order; any other has a size that is not on the order. */
const SPLITS: ReadonlySet<string> = new Set(['Equal', 'AvailableEquity', 'NetLiq', 'Ratio', 'Percent', 'ContractsOrShares']);

/** The order as one member may get it: all of it, however it is split. A method that sets another size stays, and is refused by name. */
export function forMember(order: OrderFacts, account: string, defaultMethod: string): OrderFacts {
  const { faMethod = defaultMethod } = order;
  const understood = SPLITS.has(faMethod) ? ['faGroup', 'faMethod'] : ['faGroup'];
  const unjudged = (order.unjudged ?? []).filter((name) => !understood.includes(name));
  if (!SPLITS.has(faMethod) && !unjudged.includes('faMethod')) unjudged.push('faMethod');
  return { ...order, account, faGroup: undefined, faMethod: undefined, unjudged };
}
