// Once through every route, with a client whose types were generated from /openapi.json. The tests hold the answers against
// the document, and docs/desk.md shows them.

import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/openapi.js';

export type Api = Client<paths>;

/** One request that was made, and its answer. */
export interface Exchange {
  readonly method: string;
  /** As the document names it: `/api/ibkr/order/{id}`. */
  readonly path: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly key: string | undefined;
  readonly lastEventId: string | undefined;
  readonly body: unknown;
  readonly status: number;
  readonly type: string;
  readonly answer: unknown;
}

export interface Recorded {
  readonly api: Api;
  readonly exchanges: readonly Exchange[];
}

/** A client that keeps what it was told. */
export function recordingClient(url: string, token: string): Recorded {
  const exchanges: Exchange[] = [];
  const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const bodies = new WeakMap<Request, Promise<string>>();
  api.use({
    onRequest({ request }) {
      bodies.set(request, request.clone().text());
    },
    async onResponse({ request, response, schemaPath }) {
      const type = response.headers.get('content-type')?.split(';')[0] ?? '';
      const asked = (await bodies.get(request)) ?? '';
      exchanges.push({
        method: request.method,
        path: schemaPath,
        target: decodeURIComponent(request.url.slice(url.length)),
        key: request.headers.get('idempotency-key') ?? undefined,
        lastEventId: request.headers.get('last-event-id') ?? undefined,
        body: asked === '' ? undefined : (JSON.parse(asked) as unknown),
        status: response.status,
        type,
        answer: type === 'text/event-stream' ? await firstEvents(response.clone()) : await response.clone().json(),
      });
    },
  });
  return { api, exchanges };
}

/** What a stream says until its first event is whole. */
async function firstEvents({ body }: Response): Promise<string> {
  let text = '';
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader !== undefined && !/^data: .*\n\n/m.test(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return text;
}

interface Told<T> {
  readonly data?: T;
  readonly error?: unknown;
}

/** @throws where the route refused. */
async function told<T>(asked: Promise<Told<T>>): Promise<T> {
  const { data, error } = await asked;
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

/** Rounded to cents, since a price has a step. */
const cents = (price: string | undefined, times: number): string => (Number(price) * times).toFixed(2);

const aapl = { symbol: 'AAPL' };

/** `port`: of the simulated gateway. Leaves the desk connected, with nothing working. */
export async function tour(api: Api, port: number): Promise<void> {
  await open(api);
  await session(api);
  await reading(api);
  await orders(api);
  await nineRoutes(api, port);
  await control(api);
  await streams(api);
  await told(api.POST('/v1/session/disconnect', { body: {} }));
  await told(api.POST('/v1/session/connect', { body: { host: '127.0.0.1', port, clientId: 1 } }));
  await told(api.GET('/v1/session/log', { params: { query: { limit: 2 } } }));
}

async function open(api: Api): Promise<void> {
  await told(api.GET('/healthz'));
  await told(api.GET('/readyz'));
  await told(api.GET('/openapi.json'));
  await told(api.POST('/session'));
}

async function session(api: Api): Promise<void> {
  await told(api.GET('/v1/session/status'));
  await told(api.GET('/v1/session/health'));
  await told(api.GET('/v1/session/farms'));
  await told(api.GET('/v1/session/budgets'));
  await told(api.GET('/v1/session/outages'));
  await told(api.POST('/v1/session/doctor', { body: { symbol: 'MSFT' } }));
  await told(api.POST('/v1/session/record', { body: { megabytes: 50 } }));
  await told(api.POST('/v1/session/stopRecording', { body: {} }));
  await told(api.GET('/v1/session/recording'));
}

async function reading(api: Api): Promise<void> {
  const [own] = await told(api.GET('/v1/accounts/list'));
  await told(api.POST('/v1/accounts/use', { body: { account: own?.account ?? '' } }));
  await told(api.GET('/v1/accounts/summary'));
  await told(api.GET('/v1/accounts/values'));
  await told(api.GET('/v1/accounts/pnl'));
  await told(api.GET('/v1/accounts/rules'));
  await told(api.GET('/v1/portfolio/positions'));
  await told(api.GET('/v1/portfolio/pnl'));
  await told(api.GET('/v1/portfolio/byCurrency'));
  await told(api.GET('/v1/portfolio/merged'));
  await told(api.GET('/v1/portfolio/brokers'));
  await told(api.GET('/v1/contracts/search', { params: { query: { pattern: 'AA' } } }));
  await told(api.GET('/v1/contracts/qualify', { params: { query: { symbol: '0700.HK' } } }));
  await told(api.GET('/v1/contracts/details', { params: { query: aapl } }));
  await told(api.GET('/v1/contracts/steps', { params: { query: { ...aapl, prices: ['187.425'] } } }));
  await told(api.GET('/v1/contracts/hours', { params: { query: aapl } }));
  await told(api.GET('/v1/contracts/chain', { params: { query: aapl } }));
  await told(api.GET('/v1/quotes/snapshot', { params: { query: aapl } }));
  await told(api.GET('/v1/quotes/list', { params: { query: { symbols: ['MSFT', 'NOSUCHTHING'] } } }));
  await told(api.GET('/v1/quotes/watch'));
  await told(api.GET('/v1/history/bars', { params: { query: { ...aapl, duration: '1 D', size: '1 hour' } } }));
  const now = Date.now();
  const [from, to] = [new Date(now - 600_000).toISOString(), new Date(now).toISOString()];
  await told(api.GET('/v1/history/ticks', { params: { query: { ...aapl, from, to, show: 'MIDPOINT', limit: 5 } } }));
  await told(api.GET('/v1/history/schedule', { params: { query: { ...aapl, duration: '2 D' } } }));
  await told(api.GET('/v1/news/providers'));
  const { headlines } = await told(api.GET('/v1/news/headlines', { params: { query: { ...aapl, limit: 2 } } }));
  const { provider = '', articleId = '' } = headlines[0] ?? {};
  await told(api.GET('/v1/news/article', { params: { query: { provider, articleId } } }));
  await told(api.GET('/v1/shorting/shares', { params: { query: aapl } }));
  await told(api.GET('/v1/shorting/rate', { params: { query: aapl } }));
  await told(api.GET('/v1/shorting/margin', { params: { query: { ...aapl, quantity: '100' } } }));
  await told(api.GET('/v1/shorting/analysis', { params: { query: { ...aapl, quantity: '100' } } }));
}

async function orders(api: Api): Promise<void> {
  const sendAtOnce = { simulated: false, paper: false };
  await told(api.GET('/v1/control/limits'));
  await told(api.POST('/v1/control/setLimits', { body: { sendAtOnce } }));
  const { ask, bid } = await told(api.GET('/v1/quotes/snapshot', { params: { query: aapl } }));
  const sized = await told(
    api.POST('/v1/plans/size', { body: { contract: aapl, stop: cents(ask, 0.95), riskFraction: '0.001', maxQuantity: '20' } }),
  );
  if (sized.draft === undefined) throw new Error('no size');
  await told(api.POST('/v1/plans/rebalance', { body: { targets: { MSFT: '0.02' } } }));
  const low = {
    contract: aapl,
    order: { action: 'BUY', orderType: 'LMT', totalQuantity: '10', lmtPrice: cents(bid, 0.95) },
  } as const;
  await told(api.POST('/v1/orders/preview', { body: low }));
  await told(api.GET('/v1/orders/worst', { params: { query: { ...aapl, action: 'BUY', totalQuantity: '10' } } }));
  const header = { 'Idempotency-Key': 'tour-1' };
  const draft = await told(api.POST('/v1/orders/draft', { params: { header }, body: { ...low, note: 'the tour' } }));
  await told(api.GET('/v1/orders/drafts', { params: { query: { state: ['waiting'] } } }));
  const { id } = await told(api.POST('/v1/orders/approve', { body: { id: draft.id } }));
  await told(api.GET('/v1/orders/list'));
  await told(api.POST('/v1/orders/modify', { body: { id, totalQuantity: '12' } }));
  await told(api.POST('/v1/orders/cancel', { body: { id } }));
  await told(api.POST('/v1/orders/cancelAll', { body: {} }));
  await told(api.GET('/v1/orders/get', { params: { query: { id } } }));
  const other = await told(api.POST('/v1/orders/draft', { body: sized.draft }));
  await told(api.POST('/v1/orders/decline', { body: { id: other.id, reason: 'not today' } }));
  await told(api.GET('/v1/journal/explain', { params: { query: { id } } }));
  await told(api.GET('/v1/journal/entries', { params: { query: { limit: 2 } } }));
}

async function nineRoutes(api: Api, port: number): Promise<void> {
  await told(api.GET('/api/ibkr/status'));
  await told(api.POST('/api/ibkr/disconnect'));
  await told(
    api.POST('/api/ibkr/connect', { body: { host: '127.0.0.1', port, clientId: 1, account: 'DU9000001', readonly: false } }),
  );
  await told(api.GET('/api/ibkr/account'));
  await told(api.GET('/api/ibkr/positions'));
  const query = { symbol: '0700.HK', marketType: 'HShare' } as const;
  const { last } = await told(api.GET('/api/ibkr/quote', { params: { query } }));
  const market = { symbol: 'AAPL', side: 'buy', quantity: 10, marketType: 'USStock' } as const;
  await told(api.POST('/api/ibkr/order', { body: market }));
  const price = Math.round(Number(last) * 0.96);
  const limit = { symbol: '00700', side: 'buy', quantity: 100, marketType: 'HShare', orderType: 'limit', price } as const;
  const { id } = await told(api.POST('/api/ibkr/order', { body: limit }));
  await told(api.GET('/api/ibkr/orders'));
  await told(api.DELETE('/api/ibkr/order/{id}', { params: { path: { id } } }));
  await told(api.GET('/v1/orders/executions', { params: { query: { limit: 2 } } }));
}

async function control(api: Api): Promise<void> {
  await told(api.POST('/v1/control/stop', { body: { reason: 'the tour stops' } }));
  await told(api.POST('/v1/control/release', { body: {} }));
  const { id } = await told(api.POST('/v1/control/createToken', { body: { name: 'assistant', scopes: ['read', 'propose'] } }));
  await told(api.POST('/v1/control/revokeToken', { body: { id } }));
  await told(api.POST('/v1/control/tokens', { body: {} }));
}

async function streams(api: Api): Promise<void> {
  const header = { 'Last-Event-ID': '0' };
  await api.GET('/v1/streams/orders', { params: { header }, parseAs: 'stream' });
  await api.GET('/v1/streams/session', { params: { header }, parseAs: 'stream' });
  await api.GET('/v1/streams/quotes', { params: { query: { symbol: ['AAPL', 'MSFT'] } }, parseAs: 'stream' });
}
