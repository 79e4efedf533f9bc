// Placing: one order or orders that belong together, as handles that know everything that follows.

import { type Checks, list, object, oneOf, record, whole } from '../../../input/checks.js';
import { decisionOf } from '../../../rules/finding.js';
import { tradable } from '../../conversation/told.js';
import { mustBe } from '../../input/check-call.js';
import { InputError } from '../../input/input-error.js';
import { withBlocking } from '../builders/bracket.js';
import { type GroupMember, groupRoles, type OrderGroup, withIds } from '../builders/group.js';
import { placeOrderMessage } from '../builders/message.js';
import type { OrderDraft } from '../draft.js';
import type { Proposal } from '../judge/facts.js';
import type { Verdict } from '../judge/verdict.js';
import type { Trade } from '../trade.js';
import { checkNames, checkSession, completed, type PlaceOptions, type TradableContract } from './call.js';
import { depart } from './depart.js';
import { type Desk, pass } from './desk.js';
import { ownCopy } from './own-copy.js';

const member: Checks<GroupMember> = { role: oneOf(...groupRoles), order: object, parent: whole(0) };
const groupChecks = record<OrderGroup>({ members: list(record(member, ['role', 'order'])) }, ['members']);

/** @throws {InputError} {RuleError} {JournalError} {ReadOnlyError} {ClosedError} {TooOldError} {EncodeError}; nothing was sent then. */
export function place(desk: Desk, given: TradableContract, draft: OrderDraft, options: PlaceOptions = {}): Trade {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  const order = completed(desk, draft, options);
  const contract = tradable(ownCopy(given), desk.core.told);
  const message = checkNames(contract, order, options);
  refuseWhatIf(order);
  const checked: Proposal = {
    contract,
    order,
    token: options.token,
    orderId: undefined,
    filled: undefined,
    deliberate: options.deliberate,
    preview: options.preview,
  };
  const [trade] = depart(desk, options, {
    kind: 'placeOrder',
    action: 'place',
    drafts: [order],
    contract,
    look: (hasWaited) => pass(desk, [{ ...checked, hasWaited }], 'place'),
    numbered: ([orderId = 0]) => [{ draft: order, checked: { ...checked, orderId }, message: { ...message, orderId } }],
  });
  return trade as Trade;
}

function refuseWhatIf({ whatIf }: OrderDraft): void {
  if (whatIf === true) throw new InputError('whatIf', 'use preview');
}

/** Orders that would leave together, complete and named as the table of orders knows them. @throws {InputError} */
function membersOf(desk: Desk, given: TradableContract, group: OrderGroup, options: PlaceOptions): readonly GroupMember[] {
  mustBe(groupChecks, 'group', group);
  for (const { order } of group.members) checkNames(given, order, options);
  const { transmit: _, ...rest } = options;
  const members = group.members.map((member) => ({ ...member, order: completed(desk, member.order, rest) }));
  for (const { order } of members) refuseWhatIf(order);
  return members;
}

type Look = (order: OrderDraft, orderId: number) => Proposal;

/** `group`: as it was written and confirmed, whatever it leaves with besides. */
const lookAt =
  (contract: Proposal['contract'], group: readonly GroupMember[], { token, deliberate, preview }: PlaceOptions): Look =>
  (order, orderId) => ({ contract, order, token, orderId, filled: undefined, deliberate, preview, group });

/** A group as it would leave now, with the ids that it would have, so that rules see who is whose parent. */
function asItLeaves(
  desk: Desk,
  members: readonly GroupMember[],
  look: Look,
  hasWaited = false,
): { readonly members: readonly GroupMember[]; readonly orders: readonly Proposal[] } {
  const first = Math.max(1, desk.core.orderIds.mark);
  const looked = (of: readonly GroupMember[]) => ({
    members: of,
    orders: withIds(
      { members: of },
      of.map((_, i) => first + i),
    ).map(({ orderId, ...order }) => ({ ...look(order, orderId), hasWaited })),
  });
  // Exits that could both fill are refused where no short may arise: there they leave blocking each other.
  const blocking = withBlocking(
    { members },
    `exits-${desk.core.usedClientId}-${first}-${desk.core.timer.now().toString(36)}`,
  )?.members;
  const isRefused = (of: readonly GroupMember[]): boolean => {
    const { at, findings } = desk.judge.judge(looked(of).orders, 'first');
    // What is only untold may pass when it is told.
    return at === 'judged' && decisionOf(findings) === 'reject';
  };
  return looked(blocking !== undefined && isRefused(members) && !isRefused(blocking) ? blocking : members);
}

/** Every finding about a group as it would leave now. @throws {InputError} */
export function judgeGroup(desk: Desk, given: TradableContract, group: OrderGroup, options: PlaceOptions): Verdict {
  const members = membersOf(desk, given, group, options);
  return desk.judge.judge(asItLeaves(desk, members, lookAt(tradable(given, desk.core.told), members, options)).orders);
}

/**
 * Places orders that belong together: nothing leaves unless all of them pass, they leave in one turn with ids that follow each
 * other, and no parent works without its children. @throws as `place`.
 */
export function placeGroup(
  desk: Desk,
  given: TradableContract,
  group: OrderGroup,
  options: PlaceOptions & { readonly token?: string } = {},
): readonly Trade[] {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  let members = membersOf(desk, given, group, options);
  const contract = tradable(ownCopy(given), desk.core.told);
  const { transmit } = options;
  const look = lookAt(contract, members, options);
  return depart(desk, options, {
    kind: 'placeOrder',
    action: 'place',
    drafts: members.map(({ order }) => order),
    contract,
    look(hasWaited) {
      const found = asItLeaves(desk, members, look, hasWaited);
      members = found.members;
      return pass(desk, found.orders, 'place');
    },
    numbered: (ids) =>
      withIds({ members }, ids, transmit === undefined ? {} : { transmit }).map(({ orderId, ...order }, _, all) => ({
        // The last member transmits all of a family: from then on none is staged, and a change of any must be transmitted.
        draft: {
          ...order,
          transmit: (members.some(({ parent }) => parent !== undefined) ? all.at(-1) : order)?.transmit !== false,
        },
        checked: look(order, orderId),
        message: placeOrderMessage(orderId, contract, order),
      })),
  });
}
