// Example: signal → size → check → draft → approval → fill, over a desk: plain HTTP, no dependency. `npm run desk` starts one.
// The token may propose; IBWIRE_APPROVE_TOKEN stands for the person who decides, without it the draft waits for one.
const { IBWIRE_DESK_URL = 'http://127.0.0.1:7880', IBWIRE_DESK_TOKEN = '', IBWIRE_APPROVE_TOKEN = '' } = process.env;

interface Finding {
  readonly severity: string;
  readonly code: string;
}
interface Draft {
  readonly id: string;
  readonly state: string;
  readonly outcome?: { readonly status: string; readonly filled?: string; readonly averagePrice?: string };
}

async function call<T>(path: string, body?: object, token = IBWIRE_DESK_TOKEN, key?: string): Promise<T> {
  const headers = new Headers({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  if (key !== undefined) headers.set('idempotency-key', key); // a repeat after a time-out gets the first answer
  const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(`${IBWIRE_DESK_URL}/v1/${path}`, request);
  const told = (await answer.json()) as T & { detail?: string; remedy?: string };
  if (!answer.ok) throw new Error(`${told.detail} ${told.remedy ?? ''}`);
  return told;
}

// 1. The signal: where the average of ten bars last crossed that of thirty.
const symbol = process.argv[2] ?? 'AAPL';
const { bars } = await call<{ bars: { time: string; close: string }[] }>(
  `history/bars?symbol=${symbol}&duration=5%20D&size=30%20mins`,
);
const average = (end: number, count: number): number =>
  bars.slice(end - count, end).reduce((sum, { close }) => sum + Number(close), 0) / count;
const isAbove = (end: number): boolean => average(end, 10) >= average(end, 30);
let crossed = bars.length;
while (crossed > 31 && isAbove(crossed - 1) === isAbove(bars.length)) crossed--;
const bar = bars[crossed - 1]; // since it closed, the one has been above or below the other
console.log(`signal: ${isAbove(bars.length) ? 'above' : 'below'} since ${bar?.time}`);

// 2. The size: at the stop, no more than 0.5 % of the account is lost.
const side = isAbove(bars.length) ? 'long' : 'short';
const { ask } = await call<{ ask: string }>(`quotes/snapshot?symbol=${symbol}`);
const stop = (Number(ask) * (side === 'long' ? 0.98 : 1.02)).toFixed(2);
const size = await call<{ quantity?: string; binding?: string; refused?: string; draft?: { order: object } }>('plans/size', {
  ...{ contract: { symbol }, side, stop, riskFraction: '0.005', maxQuantity: '200' },
});
if (size.draft === undefined) throw new Error(`no size: ${size.refused}`);
console.log(`size: ${side} ${size.quantity}, decided by ${size.binding}`);

// 3. The check: guards, account rules, the broker's what-if. Nothing is sent.
const order = {
  ...size.draft,
  order: { ...size.draft.order, orderType: 'MKT', lmtPrice: undefined },
  note: `crossing of ${bar?.time}`,
};
const { preview } = await call<{ preview: { passes: boolean; findings: Finding[] } }>('orders/preview', order);
const said = preview.findings.map(({ severity, code }) => `${severity} ${code}`).join(', ');
console.log(`check: ${preview.passes ? 'passes' : 'refused'}${said === '' ? '' : `, ${said}`}`);

// 4. The draft: one crossing is one order, however often this program runs.
if (preview.passes) {
  let draft = await call<Draft>('orders/draft', order, IBWIRE_DESK_TOKEN, `${symbol}-${bar?.time}`);
  console.log(`draft: ${draft.state}`);
  if (draft.state === 'waiting' && IBWIRE_APPROVE_TOKEN !== '')
    draft = await call<Draft>('orders/approve', { id: draft.id }, IBWIRE_APPROVE_TOKEN);

  // 5. The fill.
  while (['approved', 'sent', 'working'].includes(draft.state)) draft = await call<Draft>(`orders/get?id=${draft.id}`);
  const { status, filled, averagePrice } = draft.outcome ?? {};
  console.log(status === undefined ? 'a person has to decide' : `${status}: ${filled} at ${averagePrice}`);
}
