// PRICE-COLLAR: a stock limit may not go far through the market; passive prices never matter.
import { type Rule, shownId } from '../context.js';
import { ONE, readDecimal, readPositive, writeDecimal } from '../decimal.js';
import { finding } from '../finding.js';

const LIMIT_TYPES = new Set(['LMT', 'LOC']);

export const priceCollar: Rule = {
  codes: ['PRICE-COLLAR'],
  judge: (context) => {
    const collar = readDecimal(context.snapshot.policy.priceCollar);
    if (collar === undefined) return [];
    return context.asks.flatMap((ask) => {
      const { order, contract } = ask;
      const price = readDecimal(order.lmtPrice);
      const reference = readPositive(order.reference);
      if (contract.secType !== 'STK' || !LIMIT_TYPES.has(order.orderType) || price === undefined || reference === undefined)
        return [];
      const low = reference * (ONE - collar);
      const high = reference * (ONE + collar);
      const isThrough = order.action === 'BUY' ? price * ONE > high : price * ONE < low;
      if (!isThrough) return [];
      const away = price > reference ? price - reference : reference - price;
      const facts = {
        price: writeDecimal(price),
        reference: writeDecimal(reference),
        percent: writeDecimal(((away * 10_000n) / reference) * 10n ** 16n),
        low: writeDecimal(-(-low / ONE)),
        high: writeDecimal(high / ONE),
      };
      return [finding('PRICE-COLLAR', facts, { orderId: shownId(ask, context) })];
    });
  },
};
