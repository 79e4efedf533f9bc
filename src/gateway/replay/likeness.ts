// How well a client's request fits one that was recorded.

/** What a request is about: an answer to another one would be a wrong answer. Compared where both sides say something. */
const SUBJECT: ReadonlySet<string> = new Set([
  'action',
  'articleId',
  'auxPrice',
  'barSizeSetting',
  'conId',
  'currency',
  'faDataType',
  'lastTradeDateOrContractMonth',
  'lmtPrice',
  'localSymbol',
  'marketRuleId',
  'orderType',
  'pattern',
  'providerCode',
  'reportType',
  'right',
  'scanCode',
  'secType',
  'strike',
  'subscribe',
  'symbol',
  'tickType',
  'totalQuantity',
  'underlyingConId',
  'underlyingSymbol',
  'whatIf',
  'whatToShow',
]);

/** Ids are bound, not compared. */
const IDS: ReadonlySet<string> = new Set(['reqId', 'orderId', 'parentId', 'clientId', 'kind']);

/**
 * 0 for the same request, more for each difference that does not matter for the answer's subject, `undefined` when the request
 * is about something else. `asked` and `recorded` are decoded messages of one kind.
 */
export function likeness(asked: object, recorded: object): number | undefined {
  const was = leavesOf(recorded);
  const is = leavesOf(asked);
  let distance = 0;
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (IDS.has(name)) continue;
    const [a, b] = [is.get(path), was.get(path)];
    if (isSame(name, a, b)) continue;
    if (SUBJECT.has(name) && (typeof a === 'boolean' || typeof b === 'boolean' || (says(a) && says(b)))) return undefined;
    distance += 1;
  }
  return distance;
}

function leavesOf(message: object, prefix = '', into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(message)) {
    if (typeof value === 'object' && value !== null) leavesOf(value, `${prefix}${name}.`, into);
    else into.set(prefix + name, value);
  }
  return into;
}

/** Zero and the empty text stand for "not given" in requests; so does the question mark in a right. */
function says(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== false && value !== '?' && Number(value) !== 0;
}

function isSame(name: string, a: unknown, b: unknown): boolean {
  if (a === b || (!says(a) && !says(b))) return true;
  if (name === 'lastTradeDateOrContractMonth') return isSameDate(String(a ?? ''), String(b ?? ''));
  return says(a) && says(b) && Number(a) === Number(b); // 100 and 100.0
}

/** A month, a day and an instant of that day name one contract. */
function isSameDate(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short !== '' && long.slice(0, 8).startsWith(short.slice(0, 8));
}
