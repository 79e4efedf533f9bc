// Circumstances of an order: hours, a person's word, corporate actions, odd lots of currencies, too much at once.
import { amountOf, ONE, readDecimal, writeAmount } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import { isInstruction } from '../facts/exercise.js';
import type { Snapshot } from '../facts/snapshot.js';
import { ENGINE_KINDS, each, row } from './row.js';
import { sharedCodes } from './shared-codes.js';

const SMALLEST_PAIR = amountOf(25_000n * ONE);

/** Worth of a pair order in base currency: through either of its currencies, as far as a rate or a price is known. */
function worthOf(ask: Ask, snapshot: Snapshot): bigint | undefined {
  const bought = amountOf(ask.size ?? 0n);
  const direct = snapshot.rate(ask.contract.symbol);
  if (direct !== undefined) return (bought * direct) / ONE;
  const price = readDecimal(ask.order.lmtPrice) ?? readDecimal(ask.order.reference);
  const other = snapshot.rate(ask.contract.currency);
  return price === undefined || other === undefined ? undefined : (((bought * price) / ONE) * other) / ONE;
}

export const circumstanceRows = {
  'HOURS-CLOSED': row({
    ...sharedCodes['HOURS-CLOSED'],
    when: ['closed'],
    judge: ({ asks }) =>
      asks
        .filter(({ order }) => order.session === 'closed' && !isInstruction(order))
        .map((ask) => ({
          facts: { opensAt: ask.order.opensAt },
          ask,
          severity: ask.order.orderType === 'MKT' ? ('reject' as const) : ('warn' as const),
        })),
  }),
  'CONFIRMATION-REQUIRED': row({
    ...sharedCodes['CONFIRMATION-REQUIRED'],
    when: ['confirming'],
    judge: each(({ order }, { snapshot }) =>
      snapshot.policy.requireConfirmation && order.confirmed !== true && order.whatIf !== true ? {} : undefined,
    ),
  }),
  'CORP-ACTION': row({
    severity: 'warn',
    about: 'a pending corporate action',
    message: [
      '{symbol}: {kind} {ratio} pending; positions, open orders and option terms may change.',
      '{symbol}: {plainKind} pending; positions, open orders and option terms may change.',
      'Date: {date}.',
    ],
    remedy: 'Check again after it.',
    when: ['corporateActions'],
    judge: ({ asks, snapshot }) => {
      const pending = snapshot.situation.corporateActions;
      if (!Array.isArray(pending)) return [];
      return asks.flatMap((ask) => {
        const symbols = new Set([ask.contract, ...ask.contracts].map((contract) => contract.symbol));
        return pending
          .filter((action) => symbols.has(action?.symbol))
          .map(({ symbol, kind, ratio, date }) => ({
            facts: ratio === undefined ? { symbol, plainKind: kind, date } : { symbol, kind, ratio, date },
            ask,
          }));
      });
    },
  }),
  'FX-ODD-LOT': row({
    severity: 'warn',
    about: 'a small order in the interbank currency book',
    message: 'Worth {worth} {currency}, small for the interbank book (25000 {currency}).',
    remedy: 'Use FXCONV for a conversion, or accept the odd-lot price.',
    grade: 'C',
    source: 'broker practice for IDEALPRO',
    when: ['pair'],
    judge: each((ask, { snapshot }) => {
      if (ask.contract.secType !== 'CASH' || (ask.order.exchange ?? 'IDEALPRO') !== 'IDEALPRO') return undefined;
      const worth = worthOf(ask, snapshot);
      if (worth === undefined || worth >= SMALLEST_PAIR) return undefined;
      return { worth: writeAmount(worth), currency: snapshot.base };
    }),
  }),
  // More coupled orders than are judged exactly.
  'TOO-COMPLEX': row({
    kinds: ENGINE_KINDS,
    about: 'too many orders that can interact',
    message: '{count} coupled orders on {underlying}; at most {cap} are judged exactly.',
    remedy: 'Cancel some, for example {cancel}.',
    when: ['trouble'],
    judge: (context) => {
      const many = context.worst().tooMany;
      if (many === undefined) return [];
      const cancel = many.ids.length === 0 ? undefined : [...many.ids].join(', ');
      const underlying = many.underlying.replace(/^F\|/, '').split('|')[0] ?? '';
      return [{ facts: { count: String(many.count), cap: String(context.snapshot.vertexCap), underlying, cancel } }];
    },
  }),
} as const;
