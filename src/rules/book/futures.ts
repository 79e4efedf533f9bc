// Futures, futures options and adjusted series.
import { type Context, lotSteps } from '../context.js';
import { amountOf, CUBE_TO_AMOUNT, readDecimal, writeAmount, writeDecimal } from '../decimal.js';
import { type Ask, heldOf, lotOf, sameSide } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
import { isEngineKind } from '../facts/snapshot.js';
import { nameOf } from '../naming.js';
import { deficitFacts, deficitsOf } from './deficits.js';
import { ENGINE_KINDS, each, row, type Said } from './row.js';

/** A what-if answer that asks for more than is available, whatever the estimate says. */
function byAnswer({ snapshot, asks }: Context): readonly Said[] {
  const funds = readDecimal(snapshot.account.availableFunds);
  return asks.flatMap((ask) => {
    const asked = readDecimal(ask.order.answer?.initMarginChange);
    if (asked === undefined || asked <= 0n || ask.contract.secType !== 'FUT' || !ask.opens) return [];
    const free = funds === undefined ? snapshot.available(snapshot.base) : amountOf(funds);
    const missing = amountOf(asked) - free;
    if (missing <= 0n) return [];
    const numbers = { needed: writeDecimal(asked), free: writeAmount(free), missing: writeAmount(missing) };
    return [{ facts: { secType: 'FUT', ...numbers, currency: snapshot.base }, ask }];
  });
}

/** Margin kinds: margin per contract times what opens, against available funds. */
function byFunds({ snapshot, asks }: Context): readonly Said[] {
  const funds = readDecimal(snapshot.account.availableFunds);
  if (funds === undefined || snapshot.kind === 'portfolio-margin') return [];
  return asks.flatMap((ask) => {
    const rate = snapshot.rate(ask.contract.currency);
    const margin = ask.contract.margin;
    if (ask.contract.secType !== 'FUT' || !ask.opens || margin === undefined || rate === undefined) return [];
    const cost = (size: bigint): bigint => size * margin * rate * CUBE_TO_AMOUNT;
    const missing = cost(ask.openSize) - amountOf(funds);
    if (missing <= 0n) return [];
    const closing = (ask.size ?? 0n) - ask.openSize;
    const most = closing + lotSteps(ask.openSize, lotOf(ask), (size) => cost(size) <= amountOf(funds));
    const numbers = { needed: writeAmount(cost(ask.openSize)), free: writeDecimal(funds), missing: writeAmount(missing) };
    return [{ facts: { secType: 'FUT', ...numbers, currency: snapshot.base, maxQuantity: writeDecimal(most) }, ask }];
  });
}

/** Contracts of a kind that an order would leave written: sold beyond what is held and not offered elsewhere. */
function writtenBy(ask: Ask, { snapshot }: Context, secType: string): readonly Contract[] {
  return ask.effects
    .flatMap((effect) => effect.changes)
    .filter(({ contract, quantity }) => {
      if (contract.secType !== secType || quantity >= 0n) return false;
      const key = snapshot.book.keyOf(contract);
      return heldOf(key, snapshot) - sameSide(key, -1n, ask.id, ask.group, snapshot) + quantity < 0n;
    })
    .map(({ contract }) => contract);
}

export const futureRows = {
  // About twice the usual margin in an IRA.
  'FUT-MARGIN': row({
    about: 'futures margin that does not fit',
    message: ['Needs {needed} {currency} for {secType}, {free} {currency} is free.'],
    remedy: ['At most {maxQuantity}.', '{missing} {currency} is missing.'],
    grade: 'A',
    source: 'broker knowledge base 188: generally twice the margin in an IRA',
    when: ['trouble', 'future'],
    judge: (context) => {
      if (!isEngineKind(context.snapshot)) return byFunds(context);
      const own = deficitsOf(context).filter(({ cause }) => cause === 'futures');
      if (own.length === 0) return byAnswer(context);
      return own.map((deficit) => ({ facts: { ...deficitFacts(context, deficit), secType: 'FUT' } }));
    },
  }),
  // The margin of a written futures option is the broker's answer, never an estimate.
  'FOP-NEEDS-WHATIF': row({
    kinds: ENGINE_KINDS,
    about: 'writing a futures option with unknown margin',
    message: 'The margin of writing {contract} is not known.',
    remedy: 'Run a what-if for this account and supply the answer.',
    when: ['option'],
    judge: each((ask, context) => {
      const [written] = writtenBy(ask, context, 'FOP');
      if (written === undefined || readDecimal(ask.order.answer?.initMarginChange) !== undefined) return undefined;
      return { contract: nameOf(written) };
    }),
  }),
  'FOP-MARGIN': row({
    kinds: ENGINE_KINDS,
    about: 'a what-if answer for a futures option that does not fit',
    message: 'Needs {needed} {currency}, {free} {currency} is free.',
    remedy: ['{missing} {currency} is missing.'],
    when: ['trouble'],
    judge: (context) =>
      deficitsOf(context)
        .filter(({ cause }) => cause === 'fops')
        .map((deficit) => ({ facts: { ...deficitFacts(context, deficit), maxQuantity: undefined } })),
  }),
  // Never written, only closed.
  'OPT-NONSTANDARD': row({
    about: 'writing an adjusted series',
    message: 'The deliverable of {contract} is not the usual one.',
    remedy: 'Adjusted series can only be closed.',
    when: ['option'],
    judge: (context) =>
      context.asks.flatMap((ask) =>
        [...writtenBy(ask, context, 'OPT'), ...writtenBy(ask, context, 'FOP')]
          .filter((contract) => !contract.standard)
          .map((contract) => ({ facts: { contract: nameOf(contract) }, ask })),
      ),
  }),
} as const;
