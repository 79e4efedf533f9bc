// FIELD-UNJUDGED and CONTRACT-CONTRADICTED: what no rule understands, or what is not what it says, is refused by name.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';

/** Names given by a translator; anything that is no list of them counts as one unreadable name. */
function named(given: unknown): string {
  if (given === undefined || given === null) return '';
  return Array.isArray(given) ? given.map(String).join(', ') : 'properties that cannot be read';
}

export const fieldUnjudged: Rule = {
  codes: ['FIELD-UNJUDGED'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const fields = named(ask.order.unjudged);
      return fields === '' ? [] : [finding('FIELD-UNJUDGED', { fields }, { orderId: shownId(ask, context) })];
    }),
};

export const contractContradicted: Rule = {
  codes: ['CONTRACT-CONTRADICTED'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const contradiction = named(ask.order.contradicts);
      return contradiction === ''
        ? []
        : [finding('CONTRACT-CONTRADICTED', { contradiction }, { orderId: shownId(ask, context) })];
    }),
};
