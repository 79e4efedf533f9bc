// An order in words: the same sentence for the ticket, for a draft that waits, for an order at the gateway and for one that was rejected.

import { wholeIn } from './instants.js';
import { grouped } from './text.js';

/** Terms by the names of their fields, as drafts and orders carry them; what is not set is left out. */
export type Terms = Readonly<Record<string, unknown>>;

/** What the code of a type does not say to everybody; prices are said besides. */
const WORDS: Readonly<Record<string, string>> = {
  MKT: 'at the market',
  MOC: 'at the market on the close',
  LOC: 'on the close',
  MTL: 'at the market, the rest at its price',
  REL: 'pegged to the touch',
  MIDPRICE: 'at the midpoint',
};
/** What `auxPrice` is: it has another meaning with each type. */
const AUX: Readonly<Record<string, string>> = {
  ...{ STP: 'stop', 'STP LMT': 'stop', 'STP PRT': 'stop', MIT: 'if touched', LIT: 'if touched', REL: 'offset' },
  ...{ TRAIL: 'trailing by', 'TRAIL LIMIT': 'trailing by', 'TRAIL MIT': 'trailing by', 'TRAIL LIT': 'trailing by' },
};
export const auxWord = (orderType: string): string => AUX[orderType] ?? 'auxPrice';
const ROLES: Readonly<Record<string, string>> = { takeProfit: 'take profit', stopLoss: 'stop loss' };

const priced = (value: unknown): string => grouped(String(value), 2, 8);

/** `yyyyMMdd-HH:mm:ss` is UTC and is said on the viewer's clock; what names a zone is said as it stands there. */
function instantOf(told: unknown): string {
  const [, day = '', mark, time = ''] = /^(\d{8})([- ])(.+)$/.exec(String(told)) ?? [];
  const dashed = day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  if (mark === undefined) return String(told);
  return mark === '-' && /^\d\d:\d\d:\d\d$/.test(time) ? wholeIn(new Date(`${dashed}T${time}Z`)) : `${dashed} ${time}`;
}

/** `@ 187.40 LMT DAY`, with everything else that the order says of itself. */
export function termWords(terms: Terms): string {
  const type = String(terms['orderType'] ?? '');
  const told = (name: string, words: (value: unknown) => string): string =>
    terms[name] === undefined || terms[name] === '' || terms[name] === false ? '' : words(terms[name]);
  const joined = (parts: readonly string[], by: string): string => parts.filter((part) => part !== '').join(by);
  const prices = joined(
    [
      WORDS[type] ?? '',
      joined(
        [told('lmtPrice', (value) => `@ ${priced(value)}`), told('auxPrice', (value) => `${auxWord(type)} ${priced(value)}`)],
        ' ',
      ),
      told('trailingPercent', (value) => `trailing by ${grouped(String(value))} %`),
      told('trailStopPrice', (value) => `stop ${priced(value)}`),
      told('lmtPriceOffset', (value) => `limit ${priced(value)} beyond the stop`),
    ],
    ', ',
  );
  const life = told('goodTillDate', (value) => `until ${instantOf(value)}`);
  const role = ROLES[String(terms['role'])] ?? '';
  const more = [
    told('goodAfterTime', (value) => `not before ${instantOf(value)}`),
    told('outsideRth', () => 'outside regular hours'),
    told('allOrNone', () => 'all or none'),
    told('takeProfit', (value) => `take profit ${priced(value)}`),
    told('stopLoss', (value) => `stop loss ${priced(value)}`),
    role,
  ];
  return joined([joined([prices, type, String(terms['tif'] ?? ''), life], ' '), ...more], ', ');
}

export const orderWords = (action: unknown, quantity: unknown, name: string, terms: Terms): string =>
  `${String(action)} ${grouped(String(quantity))} ${name} ${termWords(terms)}`;

/** Whoever said no, the desk before it left or the broker: the page has one word for it. */
export const outcomeWord = (outcome: string): string => (outcome === 'refused' ? 'rejected' : outcome);

export const nameOf = ({ localSymbol, symbol }: { readonly localSymbol?: string | undefined; readonly symbol: string }): string =>
  localSymbol ?? symbol;
