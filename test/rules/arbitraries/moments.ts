// Moments in the life of an account of the small world: a state with working orders and one more order to judge.
import type fc from 'fast-check';
import { check } from '../../../src/rules/check.js';
import { decisionOf, type Finding } from '../../../src/rules/finding.js';
import type { Policy } from '../../../src/rules/policy-types.js';
import type { AccountKind, OrderFacts, Situation } from '../../../src/rules/types.js';
import { liveThrough, newTally } from '../oracle/live-through.js';
import { type ModelOrder, openPolicy, orderOf, situationOf, things, type World } from '../oracle/model.js';
import { copy, newWorld } from '../oracle/simulator.js';
import { lives, type Universe, verticals } from './sequences.js';

export interface Moment {
  readonly world: World;
  readonly order: ModelOrder;
}

export const restricted: readonly AccountKind[] = ['ira-cash', 'ira-margin', 'cash'];
export const wide: Universe = {
  names: ['AAA', 'BBB', 'EUU', 'BND', 'EUR.USD', 'MES', ...things.filter((one) => one.secType === 'OPT').map((one) => one.name)],
  combos: verticals,
  groups: true,
};

/** States reached through accepted orders and fills, each with an order that has not been judged yet. */
export function moments(universe: Universe, kinds: readonly AccountKind[] = restricted): fc.Arbitrary<Moment> {
  return lives(universe, kinds).map((start) => {
    const orders = start.steps.flatMap((step) => (step.do === 'order' ? [step] : []));
    const last = orders[orders.length - 1]?.orders[0] ?? { id: 'n', what: 'AAA', side: 'BUY' as const, total: 1, limit: 1_000 };
    let world = newWorld(start.kind, { USD: start.USD, EUR: start.EUR }, new Map(Object.entries(start.held)));
    const steps = start.steps.filter((step) => step.do !== 'order' || step.orders[0] !== last);
    const remember = (state: World): undefined => {
      world = copy(state);
    };
    liveThrough({ ...start, steps }, { state: remember, quick: true }, newTally());
    return { world, order: { ...last, id: 'new' } };
  });
}

export const findingsOf = (
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy: Partial<Policy> = openPolicy,
): readonly Finding[] => check(order, situation, policy);

export const accepts = (
  order: OrderFacts | readonly OrderFacts[],
  situation: Situation,
  policy: Partial<Policy> = openPolicy,
): boolean => decisionOf(findingsOf(order, situation, policy)) !== 'reject';

export const acceptsMoment = ({ world, order }: Moment): boolean => accepts(orderOf(order), situationOf(world));
