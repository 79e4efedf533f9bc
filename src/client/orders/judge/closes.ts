// From where a condition about a change in percent counts: the last close of its contract.
import type { OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { Mutable } from '../draft.js';
import { plain } from './contract-facts.js';

/** The last close of a contract; undefined: not known. */
export type CloseOf = (conId: number) => number | undefined;

const closed = (conditions: OrderFacts['conditions'], closeOf: CloseOf): OrderFacts['conditions'] =>
  conditions?.map((one) => (one.changePercent === undefined ? one : { ...one, close: plain(closeOf(one.conId)) }));

const changes = ({ conditions = [] }: Partial<OrderFacts>): boolean =>
  conditions.some(({ changePercent }) => changePercent !== undefined);

/** The same facts, whose conditions about a change know from where it counts. */
export function withCloses<F extends Mutable<WorkingOrder>>(facts: F, closeOf: CloseOf): F {
  if (changes(facts)) facts.conditions = closed(facts.conditions, closeOf);
  if (facts.alternatives?.some(changes) === true)
    facts.alternatives = facts.alternatives.map((one) => ({ ...one, conditions: closed(one.conditions, closeOf) }));
  return facts;
}
