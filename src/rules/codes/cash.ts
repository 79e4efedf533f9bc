// Codes that IRA and cash accounts share: nothing may be borrowed, in no currency and no security.
import { type CodeEntry, entry } from './entry.js';

const A = 'broker knowledge base 188 and 2187';

const shared = {
  'SHORT-STOCK': entry(
    'reject',
    '',
    'stock that could end below zero',
    ['Could end {short} {symbol} short: {held} held, {offered} already offered.'],
    ['Sell at most {maxQuantity}.', 'Or cancel {cancel} first.'],
    'A',
    A,
  ),
  'SHORT-OTHER': entry(
    'reject',
    '',
    'a fund, bond, warrant or coin that could end below zero',
    ['Could end {short} {symbol} short: {held} held, {offered} already offered.'],
    ['Sell at most {maxQuantity}.', 'Or cancel {cancel} first.'],
    'C',
    'working knowledge',
  ),
  DEBIT: entry(
    'reject',
    '',
    'a debit in base currency',
    [
      'Needs {needed} {currency}, {free} {currency} is free ({reserved} {currency} reserved by working orders, {encumbered} {currency} encumbered by options and futures).',
      'The what-if answer asks for {asked} {currency}, {free} {currency} is available.',
    ],
    ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Reserved by {ids}.'],
    'A',
    A,
  ),
  'CCY-DEBIT': entry(
    'reject',
    '',
    'a debit in another currency',
    'Would borrow {missing} {currency}: needs {needed} {currency}, {free} {currency} is free.',
    ['First convert {missing} {currency}, wait for the fill, then send.', 'Or at most {maxQuantity}.'],
    'A',
    A,
  ),
  UNSETTLED: entry(
    'reject',
    '',
    'spending money that has not settled',
    [
      'Needs {needed} {currency}, only {free} {currency} is settled; trade-date cash would do.',
      'This lot was bought with proceeds that settle on {settles}; selling it before is a good-faith violation.',
    ],
    ['Wait for settlement of {missing} {currency}.', 'Or at most {maxQuantity} now.', 'Wait until {settles}.'],
    'A',
    'broker practice for cash accounts; Regulation T 220.8',
  ),
  'UNCOVERED-CALL': entry(
    'reject',
    '',
    'a short call without shares or a long call behind it',
    '{calls} short calls on {underlying}, {uncovered} of them without cover.',
    [
      'Own {shares} shares more, or buy a call with equal or later expiry first.',
      'At most {maxQuantity}.',
      'Or cancel {cancel}.',
    ],
    'A',
    A,
  ),
  'PUT-UNSECURED': entry(
    'reject',
    '',
    'a short put without the cash to take delivery',
    'Needs {needed} {currency} set aside, {free} {currency} is free.',
    ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Or use a lower strike, or a long put as protection.'],
    'A',
    A,
  ),
  'SPREAD-UNFUNDED': entry(
    'reject',
    '',
    'a combination whose worst loss is not covered',
    'Worst loss and cost need {needed} {currency}, {free} {currency} is free.',
    ['At most {maxQuantity}.', '{missing} {currency} is missing.', 'Or use narrower strikes.'],
    'B',
    'broker trading configuration, older copy',
  ),
  'SPREAD-STYLE': entry(
    'reject',
    '',
    'a spread of American-style options in a cash-type account',
    'American-style options do not cover each other in a cash-type account.',
    'Use a margin-type account, or European-style series.',
    'A',
    A,
  ),
} as const;

const both = 'ira-cash, ira-margin';
type Shared = keyof typeof shared;

const kindsOf = (name: Shared, prefix: string): string => {
  const cashOnly = name === 'UNSETTLED' || name === 'SPREAD-STYLE';
  return prefix === 'CASH' ? 'cash' : cashOnly ? 'ira-cash' : both;
};

function twins<P extends 'IRA' | 'CASH'>(prefix: P): { readonly [K in Shared as `${P}-${K}`]: CodeEntry } {
  const list = Object.entries(shared).map(([name, made]) => [
    `${prefix}-${name}`,
    { ...made, kinds: kindsOf(name as Shared, prefix) },
  ]);
  return Object.fromEntries(list) as { readonly [K in Shared as `${P}-${K}`]: CodeEntry };
}

export const cashCodes = {
  ...twins('IRA'),
  ...twins('CASH'),
  'FUT-MARGIN': entry(
    'reject',
    'all',
    'futures margin that does not fit',
    ['Needs {needed} {currency} for {secType}, {free} {currency} is free.'],
    ['At most {maxQuantity}.', '{missing} {currency} is missing.'],
    'A',
    'broker knowledge base 188: generally twice the margin in an IRA',
  ),
  'FOP-NEEDS-WHATIF': entry(
    'reject',
    'ira-cash, ira-margin, cash',
    'writing a futures option with unknown margin',
    'The margin of writing {contract} is not known.',
    'Run a what-if for this account and supply the answer.',
    'D',
    'decision of this library',
  ),
  'FOP-MARGIN': entry(
    'reject',
    'ira-cash, ira-margin, cash',
    'a what-if answer for a futures option that does not fit',
    'Needs {needed} {currency}, {free} {currency} is free.',
    ['{missing} {currency} is missing.'],
    'D',
    'decision of this library',
  ),
  'OPT-NONSTANDARD': entry(
    'reject',
    'all',
    'writing an adjusted series',
    'The deliverable of {contract} is not the usual one.',
    'Adjusted series can only be closed.',
    'D',
    'decision of this library',
  ),
} as const;
