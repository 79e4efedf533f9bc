// Accounts that may not borrow, in no currency and no security: one row for IRA and taxable accounts, with a code for each.
import { type Context, largestSize, ordersToCancel } from '../context.js';
import { absolute, amountOf, ONE, readDecimal, writeAmount, writeDecimal } from '../decimal.js';
import type { Assessment } from '../engine/assessment.js';
import { readContract, readDay } from '../facts/contract.js';
import { deficitFacts, deficitsOf, isOnlyUnsettled, isSinglePut } from './deficits.js';
import { type Row, row, type Said } from './row.js';
import { shortfalls } from './shortfalls.js';

const BROKER = 'broker knowledge base 188 and 2187';

/** What-if answers above the available funds, for orders whose own rule does not speak of them. */
function answersAboveFunds({ snapshot, asks }: Context): readonly Said[] {
  const funds = readDecimal(snapshot.account.availableFunds);
  if (funds === undefined) return [];
  return asks.flatMap((ask) => {
    const asked = readDecimal(ask.order.answer?.initMarginChange);
    const isElsewhere = ask.contracts.some((contract) => contract.secType === 'FUT' || contract.secType === 'FOP');
    if (asked === undefined || asked <= funds || asked <= 0n || isElsewhere || !ask.opens) return [];
    const missing = writeAmount(amountOf(asked - funds));
    return [{ facts: { asked: writeDecimal(asked), free: writeDecimal(funds), missing, currency: snapshot.base }, ask }];
  });
}

/** Payments that trade-date cash does not cover. */
function debits(context: Context, isMeant: (currency: string) => boolean): readonly Said[] {
  return deficitsOf(context)
    .filter((deficit) => deficit.cause === 'payment' && isMeant(deficit.currency) && !isOnlyUnsettled(context, deficit))
    .map((deficit) => ({ facts: deficitFacts(context, deficit) }));
}

/** Sales of lots that were bought with proceeds which have not settled yet. */
function earlySales({ snapshot, asks }: Context): readonly Said[] {
  const today = readDay(snapshot.situation.asOf);
  if (!snapshot.policy.allowUnsettled || today === undefined) return [];
  const lines = Array.isArray(snapshot.situation.positions) ? snapshot.situation.positions : [];
  return asks.flatMap((ask) => {
    if (ask.order.action !== 'SELL') return [];
    const days = lines
      .filter((line) => line !== null && typeof line === 'object' && snapshot.book.keyOf(readContract(line.contract)) === ask.key)
      .map((line) => readDay(line.fundedUnsettledUntil) ?? 0)
      .filter((day) => day > today);
    return days.length === 0 ? [] : [{ facts: { settles: String(Math.max(...days)) }, ask, severity: 'warn' as const }];
  });
}

/** Short calls on an underlying when everything that sells calls has filled. */
function shortCalls({ snapshot: { book }, asks }: Context, underlying: string): { calls: bigint; multiplier: bigint } {
  const net = new Map<string, bigint>();
  let multiplier = 0n;
  const see = (contract: { readonly multiplier: bigint | undefined }): void => {
    if (contract.multiplier !== undefined && contract.multiplier > multiplier) multiplier = contract.multiplier;
  };
  const add = (key: string, quantity: bigint): unknown => net.set(key, (net.get(key) ?? 0n) + quantity);
  for (const { key, contract, quantity } of book.holdingsOf.get(underlying) ?? []) {
    if (contract.right !== 'C') continue;
    add(key, quantity);
    see(contract);
  }
  const own = new Set(asks.map((ask) => ask.id));
  const others = (book.slotsOf.get(underlying) ?? []).filter((slot) => !own.has(slot.id)).map((slot) => slot.effect);
  for (const effect of [...others, ...asks.flatMap((ask) => ask.effects)]) {
    for (const { contract, quantity } of effect.changes) {
      if (contract.right !== 'C' || contract.underlying !== underlying || quantity >= 0n) continue;
      add(book.keyOf(contract), quantity);
      see(contract);
    }
  }
  let calls = 0n;
  for (const quantity of net.values()) if (quantity < 0n) calls += absolute(quantity);
  return { calls, multiplier };
}

function uncoveredCalls(context: Context): readonly Said[] {
  const { snapshot } = context;
  return context.worst().uncovered.map(({ underlying, calls: uncovered }) => {
    const passes = (seen: Assessment): boolean =>
      seen.tooMany === undefined && !seen.uncovered.some((other) => other.underlying === underlying);
    const most = largestSize(context, passes);
    const { calls, multiplier } = shortCalls(context, underlying);
    const rivals = (snapshot.book.slotsOf.get(underlying) ?? []).map((slot) => slot.id);
    return {
      facts: {
        underlying: underlying.split('|')[0],
        calls: writeDecimal(calls),
        uncovered: writeDecimal(uncovered),
        shares: writeDecimal((uncovered * multiplier) / ONE),
        maxQuantity: most === undefined ? undefined : writeDecimal(most),
        cancel: ordersToCancel(context, rivals, passes)?.join(', '),
      },
    };
  });
}

const optionDeficits = (context: Context, isPut: boolean): readonly Said[] =>
  deficitsOf(context)
    .filter((deficit) => deficit.cause === 'options' && isSinglePut(context, deficit) === isPut)
    .map((deficit) => ({ facts: deficitFacts(context, deficit) }));

const shared = {
  // Stock may not end below zero in any situation.
  'SHORT-STOCK': row({
    about: 'stock that could end below zero',
    message: ['Could end {short} {symbol} short: {held} held, {offered} already offered.'],
    remedy: ['Sell at most {maxQuantity}.', 'Or cancel {cancel} first.'],
    grade: 'A',
    source: BROKER,
    when: ['trouble'],
    judge: (context) => shortfalls(context, (contract) => contract.secType === 'STK'),
  }),
  'SHORT-OTHER': row({
    about: 'a fund, bond, warrant or coin that could end below zero',
    message: ['Could end {short} {symbol} short: {held} held, {offered} already offered.'],
    remedy: ['Sell at most {maxQuantity}.', 'Or cancel {cancel} first.'],
    grade: 'C',
    source: 'working knowledge',
    when: ['trouble'],
    judge: (context) => shortfalls(context, (contract) => contract.secType !== 'STK'),
  }),
  // At worst prices, whatever fills.
  DEBIT: row({
    about: 'a debit in base currency',
    message: [
      'Needs {needed} {currency}, {free} {currency} is free ({reserved} {currency} reserved by working orders, {encumbered} {currency} encumbered by options and futures).',
      'The what-if answer asks for {asked} {currency}, {free} {currency} is available.',
    ],
    remedy: ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Reserved by {ids}.'],
    grade: 'A',
    source: BROKER,
    when: ['trouble', 'answer'],
    judge: (context) => [...debits(context, (currency) => currency === context.snapshot.base), ...answersAboveFunds(context)],
  }),
  // A conversion counts once it has filled.
  'CCY-DEBIT': row({
    about: 'a debit in another currency',
    message: 'Would borrow {missing} {currency}: needs {needed} {currency}, {free} {currency} is free.',
    remedy: ['First convert {missing} {currency}, wait for the fill, then send.', 'Or at most {maxQuantity}.'],
    grade: 'A',
    source: BROKER,
    when: ['trouble'],
    judge: (context) => debits(context, (currency) => currency !== context.snapshot.base),
  }),
  UNSETTLED: row({
    about: 'spending money that has not settled',
    message: [
      'Needs {needed} {currency}, only {free} {currency} is settled; trade-date cash would do.',
      'This lot was bought with proceeds that settle on {settles}; selling it before is a good-faith violation.',
    ],
    remedy: ['Wait for settlement of {missing} {currency}.', 'Or at most {maxQuantity} now.', 'Wait until {settles}.'],
    grade: 'A',
    source: 'broker practice for cash accounts; Regulation T 220.8',
    when: ['trouble', 'sale'],
    judge: (context) => [
      ...deficitsOf(context)
        .filter((deficit) => isOnlyUnsettled(context, deficit))
        .map((deficit) => ({ facts: deficitFacts(context, deficit) })),
      ...earlySales(context),
    ],
  }),
  'UNCOVERED-CALL': row({
    about: 'a short call without shares or a long call behind it',
    message: '{calls} short calls on {underlying}, {uncovered} of them without cover.',
    remedy: [
      'Own {shares} shares more, or buy a call with equal or later expiry first.',
      'At most {maxQuantity}.',
      'Or cancel {cancel}.',
    ],
    grade: 'A',
    source: BROKER,
    when: ['trouble'],
    judge: uncoveredCalls,
  }),
  'PUT-UNSECURED': row({
    about: 'a short put without the cash to take delivery',
    message: 'Needs {needed} {currency} set aside, {free} {currency} is free.',
    remedy: ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Or use a lower strike, or a long put as protection.'],
    grade: 'A',
    source: BROKER,
    when: ['trouble'],
    judge: (context) => optionDeficits(context, true),
  }),
  'SPREAD-UNFUNDED': row({
    about: 'a combination whose worst loss is not covered',
    message: 'Worst loss and cost need {needed} {currency}, {free} {currency} is free.',
    remedy: ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Or use narrower strikes.'],
    grade: 'B',
    source: 'broker trading configuration, older copy',
    when: ['trouble'],
    judge: (context) => optionDeficits(context, false),
  }),
  'SPREAD-STYLE': row({
    about: 'a spread of American-style options in a cash-type account',
    message: 'American-style options do not cover each other in a cash-type account.',
    remedy: 'Use a margin-type account, or European-style series.',
    grade: 'A',
    source: BROKER,
    when: ['trouble'],
    judge: (context) => {
      const isMeant = context.worst().uncovered.length > 0 || deficitsOf(context).some(({ cause }) => cause === 'options');
      if (!isMeant) return [];
      const { uncovered, deficits, tooMany } = context.relaxed();
      return uncovered.length === 0 && deficits.length === 0 && tooMany === undefined ? [{ facts: {} }] : [];
    },
  }),
} as const;

type Shared = keyof typeof shared;
/** Of accounts of the cash type alone. */
const CASH_TYPE: ReadonlySet<string> = new Set<Shared>(['UNSETTLED', 'SPREAD-STYLE']);

function twins<P extends 'IRA' | 'CASH'>(prefix: P): { readonly [K in Shared as `${P}-${K}`]: Row } {
  const kinds = (name: string): string =>
    prefix === 'CASH' ? 'cash' : CASH_TYPE.has(name) ? 'ira-cash' : 'ira-cash, ira-margin';
  const list = Object.entries(shared).map(([name, made]) => [`${prefix}-${name}`, { ...made, kinds: kinds(name) }]);
  return Object.fromEntries(list) as { readonly [K in Shared as `${P}-${K}`]: Row };
}

export const cashRows = { ...twins('IRA'), ...twins('CASH') } as const;
