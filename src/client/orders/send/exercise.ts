// Exercising and lapsing options: answered like an order, whose id comes from the order ids.
import { flag, oneOf, record, whole } from '../../../input/checks.js';
import { tradable } from '../../conversation/told.js';
import { mustBe } from '../../input/check-call.js';
import { InputError } from '../../input/input-error.js';
import type { InstructionDraft, OrderDraft } from '../draft.js';
import type { Proposal } from '../judge/facts.js';
import type { Trade } from '../trade.js';
import { checkNames, checkSession, completed, type PlaceOptions, type TradableContract } from './call.js';
import { depart } from './depart.js';
import { type Desk, pass } from './desk.js';
import { ownCopy } from './own-copy.js';

/** What to do with an option, and with how many of it. */
export interface ExerciseTerms {
  readonly action: 'exercise' | 'lapse';
  /** Contracts, a whole number above 0. */
  readonly quantity: number;
  /** Override the system's natural action, for example exercise out of the money. */
  readonly override?: boolean;
}

const termChecks = record<ExerciseTerms>({ action: oneOf('exercise', 'lapse'), quantity: whole(1), override: flag }, [
  'action',
  'quantity',
]);

/**
 * Asks for the exercise or lapse of an option. The gateway confirms that it took the instruction, never the exercise itself.
 * @throws as `place`.
 */
export function exercise(desk: Desk, given: TradableContract, terms: ExerciseTerms, options: PlaceOptions = {}): Trade {
  options.signal?.throwIfAborted();
  checkSession(desk, 'exerciseOptions');
  mustBe(termChecks, 'terms', terms);
  if (given.secType !== 'OPT' && given.secType !== 'FOP') throw new InputError('contract', 'must be an option');
  const draft: OrderDraft = { action: 'BUY', orderType: 'MKT', totalQuantity: String(terms.quantity) };
  checkNames(given, draft, options);
  const contract = tradable(ownCopy(given), desk.core.told);
  const order: InstructionDraft = { ...completed(desk, draft, options), act: terms.action };
  const { act, ...plain } = order;
  const { override } = terms;
  const checked: Proposal = {
    act,
    contract,
    order: plain,
    token: options.token,
    orderId: undefined,
    filled: undefined,
    override,
  };
  const [trade] = depart(desk, options, {
    kind: 'exerciseOptions',
    action: 'exercise',
    drafts: [order],
    contract,
    look: () => pass(desk, [checked], 'exercise'),
    numbered: ([orderId = 0]) => [
      {
        draft: order,
        checked,
        message: {
          reqId: orderId,
          contract,
          exerciseAction: terms.action === 'exercise' ? 1 : 2,
          exerciseQuantity: terms.quantity,
          account: order.account ?? '',
          override: terms.override === true ? 1 : 0,
        },
      },
    ],
  });
  return trade as Trade;
}
