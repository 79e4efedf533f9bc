// DUPLICATE-ORDER: the same order again within moments, unless it is meant.
import { type Rule, shownId } from '../context.js';
import { readDecimal } from '../decimal.js';
import { idOf } from '../facts/book.js';
import { finding } from '../finding.js';

export const duplicateOrder: Rule = {
  codes: ['DUPLICATE-ORDER'],
  judge: (context) => {
    const { book, policy } = context.snapshot;
    return context.asks.flatMap((ask) => {
      if (ask.order.deliberate === true) return [];
      const same = (a: unknown, b: unknown): boolean => readDecimal(a) === readDecimal(b);
      const twin = (book.ordersByKey.get(ask.key) ?? []).find(
        (old) =>
          idOf(old.orderId) !== ask.id &&
          typeof old.ageSeconds === 'number' &&
          old.ageSeconds <= policy.duplicateWindowSeconds &&
          old.action === ask.order.action &&
          old.orderType === ask.order.orderType &&
          same(old.totalQuantity ?? old.remaining, ask.order.totalQuantity) &&
          same(old.cashQty, ask.order.cashQty) &&
          same(old.lmtPrice, ask.order.lmtPrice) &&
          same(old.auxPrice, ask.order.auxPrice),
      );
      if (twin === undefined) return [];
      const facts = { orderId: idOf(twin.orderId) ?? 'a working order', age: String(twin.ageSeconds) };
      return [finding('DUPLICATE-ORDER', facts, { orderId: shownId(ask, context) })];
    });
  },
};
