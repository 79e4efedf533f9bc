// Whether two orders are sendings of one: the same contract, and terms that mean the same.

import { isInstruction } from '../facts/exercise.js';
import type { ContractFacts, OrderFacts } from '../types.js';
import { known } from './worth.js';

/** Fields that differ between two sendings of one order, or say nothing about it. */
const APART: ReadonlySet<string> = new Set([
  ...['orderId', 'parentId', 'orderRef', 'ocaGroup', 'contract', 'exchange', 'terms', 'act', 'at', 'group', 'isTransmitted'],
  ...[
    'seen',
    'reference',
    'underlyingPrice',
    'session',
    'opensAt',
    'answer',
    'confirmed',
    'confirmation',
    'deliberate',
    'hasWaited',
    'closes',
  ],
  ...['closesTodaysOpening', 'unjudged', 'contradicts', 'rate', 'fee', 'accrued', 'account'],
]);
const NUMBERS = /^(totalQuantity|cashQty|.*(Price|Amt|Amount|Offset|Percent|percent|Value))$/;

function meaning(field: string, value: unknown): string {
  if (value === undefined || value === '' || value === false || value === 0) return '';
  if (field === 'tif' && value === 'DAY') return '';
  const number = NUMBERS.test(field) ? known(value as string) : undefined;
  return number === undefined ? JSON.stringify(value) : number.eq(0) && field !== 'lmtPrice' ? '' : number.toFixed();
}

function sameTerms(one: OrderFacts, other: OrderFacts): boolean {
  // The whole draft decides where both are known by it: the facts leave out what no rule reads.
  if (one.terms !== undefined && other.terms !== undefined) return one.terms === other.terms;
  const fields = [...Object.keys(one), ...Object.keys(other)] as (keyof OrderFacts)[];
  return fields.every((field) => APART.has(field) || meaning(field, one[field]) === meaning(field, other[field]));
}

const NAMES = ['secType', 'currency', 'lastTradeDateOrContractMonth', 'strike', 'right', 'multiplier', 'tradingClass'] as const;
const isSaid = (value: unknown): boolean => value !== undefined && value !== '' && value !== 0 && value !== '0' && value !== '?';
/** 100.0 as 100, CALL as C, a date with a time as its day. */
function plain(field: (typeof NAMES)[number], value: unknown): string {
  const text = String(value).replace(/^(\d{8})\D.*$/, '$1');
  if (field === 'right') return text.charAt(0);
  return Number.isFinite(Number(text)) ? String(Number(text)) : text;
}

/** One contract, whether it is named by its conId or by its terms. What only one of both says makes no difference. */
function sameContract(a: ContractFacts, b: ContractFacts): boolean {
  if (a.secType === 'BAG' || b.secType === 'BAG') return a.secType === b.secType && legsText(a) === legsText(b);
  if (isSaid(a.conId) && isSaid(b.conId)) return a.conId === b.conId;
  const name = isSaid(a.symbol) && isSaid(b.symbol) ? 'symbol' : 'localSymbol';
  if (a[name] !== b[name]) return false;
  return NAMES.every((field) => !isSaid(a[field]) || !isSaid(b[field]) || plain(field, a[field]) === plain(field, b[field]));
}

function legsText({ comboLegs = [], symbol, currency }: ContractFacts): string {
  const legs = comboLegs.map(({ contract, ratio, action }) => `${action} ${ratio} ${contract.conId ?? contract.symbol}`).sort();
  return `${symbol} ${currency} ${legs.join(', ')}`;
}

/** Ids, references and tokens make no difference. */
export function isSameOrder(one: OrderFacts, other: OrderFacts): boolean {
  if ((one.exchange || 'SMART') !== (other.exchange || 'SMART')) return false;
  // An exercise is no purchase of the option, nor a lapse.
  if ((isInstruction(one) || isInstruction(other)) && one.act !== other.act) return false;
  return sameTerms(one, other) && sameContract(one.contract, other.contract);
}
