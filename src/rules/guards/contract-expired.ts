// CONTRACT-EXPIRED: a series that no longer trades.
import { type Rule, shownId } from '../context.js';
import { readDay } from '../facts/contract.js';
import { finding } from '../finding.js';
import { nameOf } from '../naming.js';

export const contractExpired: Rule = {
  codes: ['CONTRACT-EXPIRED'],
  judge: (context) => {
    const today = readDay(context.snapshot.situation.asOf);
    if (today === undefined) return [];
    return context.asks.flatMap((ask) =>
      ask.contracts
        .filter(({ expiry }) => expiry !== undefined && expiry < today)
        .map((contract) => {
          const facts = { contract: nameOf(contract), expiry: String(contract.expiry), asOf: String(today) };
          return finding('CONTRACT-EXPIRED', facts, { orderId: shownId(ask, context) });
        }),
    );
  },
};
