// ORDER-INVALID: side, order type and time in force must be ones the API knows.
import { type Rule, shownId } from '../context.js';
import { isUnset, larger, writeDecimal } from '../decimal.js';
import { heldOf, sameSide } from '../facts/ask.js';
import { hasForeignLeg } from '../facts/effect.js';
import { isInstruction } from '../facts/exercise.js';
import { orderTypes, timesInForce } from '../facts/order-types.js';
import { type Finding, finding } from '../finding.js';
import { shown } from '../naming.js';

export const orderInvalid: Rule = {
  codes: ['ORDER-INVALID'],
  judge: (context) => {
    const found: Finding[] = [];
    const ids = new Set<string>();
    for (const ask of context.asks) {
      const { order } = ask;
      const { action, orderType, tif } = order;
      const options = { orderId: shownId(ask, context) };
      if (action !== 'BUY' && action !== 'SELL') found.push(finding('ORDER-INVALID', { action: shown(action) }, options));
      if (!orderTypes.has(orderType)) found.push(finding('ORDER-INVALID', { orderType: shown(orderType) }, options));
      if (tif !== undefined && tif !== '' && !timesInForce.has(tif))
        found.push(finding('ORDER-INVALID', { tif: shown(tif) }, options));
      if (ids.has(ask.id)) found.push(finding('ORDER-INVALID', { malformed: 'two orders with one id' }, options));
      if (ask.parentId === ask.id) found.push(finding('ORDER-INVALID', { malformed: 'it is its own parent' }, options));
      if (typeof ask.order.faGroup === 'string' && ask.order.faGroup !== '' && !isUnset(ask.order.account))
        found.push(finding('ORDER-INVALID', { malformed: 'account and faGroup at once, exactly one of them is meant' }, options));
      if (order.nonGuaranteed !== true && hasForeignLeg(ask.contract))
        found.push(
          finding('ORDER-INVALID', { malformed: `legs in other currencies than ${shown(ask.contract.currency)}` }, options),
        );
      if (isInstruction(order) && ask.size !== undefined) {
        const free = heldOf(ask.key, context.snapshot) - sameSide(ask.key, -1n, ask.id, undefined, context.snapshot);
        if (ask.size > free)
          found.push(
            finding(
              'ORDER-INVALID',
              { malformed: `of this option ${writeDecimal(larger(0n, free))} can be exercised or lapse` },
              options,
            ),
          );
      }
      ids.add(ask.id);
    }
    if (context.asks.length === 0) found.push(finding('ORDER-INVALID', { malformed: 'there is no order' }));
    return found;
  },
};
