// PRICE-INVALID: prices are plain decimals, there where the type needs them, and positive where the product demands it.
import { type Rule, shownId } from '../context.js';
import { isUnset, readDecimal } from '../decimal.js';
import { orderTypes } from '../facts/order-types.js';
import { type Finding, finding } from '../finding.js';
import { shown } from '../naming.js';

const MAY_BE_NEGATIVE = new Set(['BAG', 'FUT', 'FOP']);

export const priceInvalid: Rule = {
  codes: ['PRICE-INVALID'],
  judge: (context) => {
    const found: Finding[] = [];
    for (const ask of context.asks) {
      const { order, contract } = ask;
      const needs = orderTypes.get(order.orderType)?.needs ?? [];
      for (const field of ['lmtPrice', 'auxPrice', 'reference', 'underlyingPrice', 'fee', 'accrued'] as const) {
        const price = order[field];
        const isNeeded = field === 'lmtPrice' || field === 'auxPrice' ? needs.includes(field) : false;
        if (isUnset(price) && !isNeeded) continue;
        const value = readDecimal(price);
        const isZeroFine = field === 'fee' || field === 'accrued' || field === 'auxPrice';
        const isFine =
          value !== undefined &&
          (MAY_BE_NEGATIVE.has(contract.secType) || value > 0n || (isZeroFine && value === 0n && !isNeeded));
        if (isFine) continue;
        const facts = { field, price: isUnset(price) ? 'nothing' : shown(price), orderType: shown(order.orderType) };
        found.push(finding('PRICE-INVALID', facts, { orderId: shownId(ask, context) }));
      }
    }
    return found;
  },
};
