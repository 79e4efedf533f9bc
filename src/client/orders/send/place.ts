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
import type { Trade } from '../trade.js';
import { checkNames, checkSession, completed, type PlaceOptions, type TradableContract } from './call.js';
import { depart } from './depart.js';
import { type Desk, pass } from './desk.js';

const member: Checks<GroupMember> = { role: oneOf(...groupRoles), order: object, parent: whole(0) };
const groupChecks = record<OrderGroup>({ members: list(record(member, ['role', 'order'])) }, ['members']);

/** @throws {InputError} {RuleError} {JournalError} {ReadOnlyError} {ClosedError} {TooOldError} {EncodeError}; nothing was sent then. */
export function place(desk: Desk, given: TradableContract, draft: OrderDraft, options: PlaceOptions = {}): Trade {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  const order = completed(desk, draft, options);
  const contract = tradable(given, desk.core.told);
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
  mustBe(groupChecks, 'group', group);
  for (const { order } of group.members) checkNames(given, order, options);
  const contract = tradable(given, desk.core.told);
  const { transmit, ...rest } = options;
  let members = group.members.map((member) => ({ ...member, order: completed(desk, member.order, rest) }));
  for (const { order } of members) refuseWhatIf(order);
  const look = (order: OrderDraft, orderId: number): Proposal => ({
    contract,
    order,
    token: options.token,
    orderId,
    filled: undefined,
    deliberate: options.deliberate,
    preview: options.preview,
    group: members.map((member) => member.order),
  });
  return depart(desk, options, {
    kind: 'placeOrder',
    action: 'place',
    drafts: members.map(({ order }) => order),
    contract,
    look(hasWaited) {
      // The ids they would have now, so that rules see who is whose parent.
      const first = Math.max(1, desk.core.orderIds.mark);
      const asLooked = (given: OrderGroup): readonly Proposal[] =>
        withIds(
          given,
          members.map((_, i) => first + i),
        ).map(({ orderId, ...order }) => ({ ...look(order, orderId), hasWaited }));
      // Exits that could both fill are refused where no short may arise: there they leave blocking each other.
      const blocking = withBlocking(
        { members },
        `exits-${desk.core.usedClientId}-${first}-${desk.core.timer.now().toString(36)}`,
      );
      const isRefused = (given: OrderGroup): boolean => {
        const { at, findings } = desk.judge.judge(asLooked(given), 'first');
        // What is only untold may pass when it is told.
        return at === 'judged' && decisionOf(findings) === 'reject';
      };
      if (blocking !== undefined && isRefused({ members }) && !isRefused(blocking)) members = [...blocking.members];
      return pass(desk, asLooked({ members }), 'place');
    },
    numbered: (ids) =>
      withIds({ members }, ids, transmit === undefined ? {} : { transmit }).map(({ orderId, ...order }) => ({
        // The last member transmits all of them: from then on none is staged, and a change of any must be transmitted.
        draft: { ...order, transmit: transmit !== false },
        checked: look(order, orderId),
        message: placeOrderMessage(orderId, contract, order),
      })),
  });
}
