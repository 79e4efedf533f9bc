// Codes of the book that guards report too: their words without the judgement, so that a guard does not bring the book along.
import { type CodeEntry, code } from './row.js';

/** What each of them means, its words, and what to do. The rows of the same names judge for the book. */
export const sharedCodes = {
  RESTRICTED: code(
    'a symbol on the restricted list',
    '{symbol} is restricted ({mode}).',
    'Choose another symbol, or change the list on purpose.',
  ),
  'PRICE-COLLAR': code(
    'a stock limit far through the market',
    '{price} is {percent} percent through {reference}.',
    'Use a limit between {low} and {high}.',
  ),
  'MAX-QUANTITY': code(
    'a size above the cap of the policy',
    '{quantity} exceeds the cap of {cap} for {secType}.',
    'Send at most {cap}, split the order, or raise the cap on purpose.',
  ),
  'MAX-NOTIONAL': code('an order worth more than the cap', '{notional} {currency} exceeds {cap} {currency}.', [
    'At most {maxQuantity}.',
    'Send less, or raise the cap on purpose.',
  ]),
  'NOTIONAL-UNKNOWN': code(
    'a value that is not known while it is limited',
    'The value of the order is not known: {missing} missing.',
    ['Supply the {missing}.', 'Or raise the cap on purpose.'],
  ),
  'DUPLICATE-ORDER': code('a repeat of an order sent moments ago', 'Looks like a repeat of {orderId}, sent {age} s ago.', [
    'Mark the order as deliberate if it is meant.',
    'Or wait {waitMs} ms.',
  ]),
  'PRICE-UNKNOWN': code(
    'a cost that cannot be bounded',
    'The cost of {order} cannot be bounded: no limit and no reference price.',
    ['Use a limit or supply a quote.', 'Or cancel {cancel}.'],
  ),
  'LOT-SIZE': {
    ...code(
      'a size that is no whole number of lots',
      ['{quantity} is not a multiple of {lot}.', '{quantity} is below the smallest size of {minSize}.'],
      ['Use {floor} or {ceil}.', 'Use {ceilOnly}.', 'The whole odd lot {wholeHolding} may leave on the odd-lot market.'],
    ),
    grade: 'B',
    source: 'exchange lot sizes in contract details',
  },
  'HOURS-CLOSED': code(
    'an order while the venue is shut',
    ['The venue is closed.', 'It opens at {opensAt}.'],
    'Use a limit; it waits for the opening.',
  ),
  'CONFIRMATION-REQUIRED': code(
    'an order that a person has to confirm',
    'The policy wants a person to confirm this order.',
    'Confirm this exact order.',
  ),
  'READ-ONLY': code(
    'the switch that keeps every order at home',
    'Read-only mode: nothing is sent.',
    'Switch read-only mode off on purpose.',
  ),
  'ACCOUNT-UNKNOWN': code(
    'an account whose kind is not known',
    ['Account type "{accountType}" is not mapped to a kind of account.', '{untold}'],
    ['Map "{accountType}" in the configuration: ira-cash, ira-margin, cash, reg-t or portfolio-margin.', '{help}'],
  ),
  'ACCOUNT-MISSING': {
    ...code(
      'no account named although the session sees several',
      'The session sees several accounts and the order names none.',
      'Set the account on the order.',
    ),
    grade: 'C',
    source: 'working knowledge',
  },
  'SNAPSHOT-STALE': code(
    'balances too old to open anything, or positions and orders not told on this connection',
    ['Balances are {age} s old, at most {limit} s are allowed.', 'Not told on this connection: {untold}.', '{stale}'],
    ['Refresh the account data and check again.', '{help}'],
  ),
} satisfies Record<string, CodeEntry>;
/** A code that the book and guards share. */
export type SharedCode = keyof typeof sharedCodes;
