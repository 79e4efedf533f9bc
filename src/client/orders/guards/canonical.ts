// One text for orders that are the same, whatever the order of their fields.
import { known } from './amounts.js';
import { type Attempt, effectiveContract, type GuardedContract, type GuardedOrder } from './guard.js';

/** Canonical JSON: keys sorted, undefined left out, Infinity and NaN kept apart from null. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
      .join(',')}}`;
  }
  return typeof value === 'number' && !Number.isFinite(value) ? `#${value}` : (JSON.stringify(value) ?? 'null');
}

/** Fields that differ between two sendings of one order. */
const OWN = new Set(['orderId', 'permId', 'clientId', 'parentId', 'orderRef', 'ocaGroup', 'transmit', 'manualOrderTime']);
const AMOUNTS = new Set(['totalQuantity', 'cashQty']);

/** What a field of an order means: numbers by value, and nothing for what is said by leaving it out. */
function meaning(field: string, value: unknown): unknown {
  if (value === undefined || value === '' || value === false || value === 0) return undefined;
  if (field === 'tif' && value === 'DAY') return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  const amount = AMOUNTS.has(field) ? known(value as string | number) : undefined;
  return amount === undefined ? value : amount.eq(0) ? undefined : amount.toFixed();
}

const terms = new WeakMap<object, string>();

function termsOf(order: GuardedOrder): string {
  const found =
    terms.get(order) ??
    canonical(
      Object.fromEntries(
        Object.entries(order).flatMap(([field, value]) => (OWN.has(field) ? [] : [[field, meaning(field, value)]])),
      ),
    );
  terms.set(order, found);
  return found;
}

const NAMES = ['secType', 'currency', 'lastTradeDateOrContractMonth', 'strike', 'right', 'multiplier', 'tradingClass'] as const;
const isSaid = (value: unknown): boolean => value !== undefined && value !== '' && value !== 0 && value !== '0' && value !== '?';
const plain = (value: unknown): unknown => (/^\d{8}/.test(String(value)) ? String(value).slice(0, 8) : String(value));

/** One contract, whether it is named by its conId or by its terms. What only one of both says makes no difference. */
function isSameContract(one: Attempt, other: Attempt): boolean {
  const [a, b] = [effectiveContract(one), effectiveContract(other)];
  if ((a.exchange || 'SMART') !== (b.exchange || 'SMART')) return false;
  if (a.secType === 'BAG' || b.secType === 'BAG') return a.secType === b.secType && legsText(a) === legsText(b);
  if (isSaid(a.conId) && isSaid(b.conId)) return a.conId === b.conId;
  const name = isSaid(a.symbol) && isSaid(b.symbol) ? 'symbol' : 'localSymbol';
  if (a[name] !== b[name]) return false;
  return NAMES.every((field) => !isSaid(a[field]) || !isSaid(b[field]) || plain(a[field]) === plain(b[field]));
}

function legsText({ comboLegs = [], symbol, currency }: GuardedContract): string {
  const legs = comboLegs.map(({ conId, ratio, action }) => `${action} ${ratio} ${conId}`).sort();
  return `${symbol} ${currency} ${legs.join(', ')}`;
}

/** Whether two attempts are sendings of one order: the same contract, and terms that mean the same. */
export function isSameOrder(one: Attempt, other: Attempt): boolean {
  return termsOf(one.order) === termsOf(other.order) && isSameContract(one, other);
}

/**
 * Everything about what is to be done: a token for it is good for nothing else. Unsaid and default are one, 1 and 1.0 too. A
 * group is confirmed as a whole.
 */
export function fingerprint({
  orderId,
  act = orderId === undefined ? 'place' : 'modify',
  contract,
  order,
  group,
}: Attempt): string {
  const members = group ?? [{ contract, order }];
  const ofChange = act === 'modify' ? orderId : undefined;
  return canonical({
    act,
    orderId: ofChange,
    members: members.map((one) => ({ contract: one.contract, order: meant(one.order) })),
  });
}

function meant(order: GuardedOrder): object {
  const { tif, totalQuantity, transmit, ...rest }: GuardedOrder & { readonly transmit?: boolean | undefined } = order;
  return {
    ...rest,
    tif: tif === undefined || tif === '' ? 'DAY' : tif,
    totalQuantity: known(totalQuantity)?.toFixed() ?? totalQuantity,
    transmit: transmit !== false,
  };
}
