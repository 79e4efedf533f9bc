// CRYPTO-SHORT: coins are not sold short in any taxable account.
import { isIra } from '../account-kind.js';
import { type Rule, shownId, supplyOf } from '../context.js';
import { larger, writeDecimal } from '../decimal.js';
import { finding } from '../finding.js';

export const cryptoShort: Rule = {
  codes: ['CRYPTO-SHORT'],
  judge: (context) => {
    const { snapshot } = context;
    if (snapshot.kind === undefined || isIra(snapshot.kind)) return [];
    return context.asks.flatMap((ask) => {
      if (ask.contract.secType !== 'CRYPTO' || ask.order.action !== 'SELL') return [];
      const { held, offered } = supplyOf(ask, snapshot);
      const size = ask.size ?? 0n;
      if (size + offered <= held) return [];
      const most = writeDecimal(larger(0n, held - offered));
      const facts = { quantity: writeDecimal(size), held: writeDecimal(held), offered: writeDecimal(offered), maxQuantity: most };
      return [finding('CRYPTO-SHORT', facts, { orderId: shownId(ask, context) })];
    });
  },
};
