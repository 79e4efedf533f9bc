// One example file against the table: whose path it is, what it means, and what the table cannot read of it.

import { readBody } from './body.js';
import { type EndpointName, findByPath, rowOf } from './endpoints/list.js';
import { judge, type Verdict } from './endpoints/verdict.js';
import { readBars } from './market/bars.js';
import { dataKind } from './market/value.js';
import { readOrderAnswer } from './orders/answer.js';
import { readListedFill, readListedOrder } from './orders/listed.js';
import { authOf, readingOf } from './session/auth.js';
import { readFrame } from './streams/frame.js';

type Row = Readonly<Record<string, unknown>>;

/** The form of example files. `path` is without `/v1/api`; a body that is no JSON is text. */
export interface Example {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown };
  readonly note?: string;
  /** What it has to mean; unset: anything that can be read. */
  readonly expected?: unknown;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks the form of an example. @throws {TypeError} what is missing of it */
export function exampleOf(value: unknown, name: string): Example {
  if (!isRow(value)) throw new TypeError('an example is an object with request and response');
  const { request, response } = value;
  if (!isRow(request) || typeof request['method'] !== 'string' || typeof request['path'] !== 'string')
    throw new TypeError('request: method and path are texts');
  if (!isRow(response) || !Number.isInteger(response['status'])) throw new TypeError('response.status is a whole number');
  return { name, ...value } as unknown as Example;
}

export interface ExampleReading {
  readonly name: string;
  /** Undefined: no row of the table has this path. */
  readonly endpoint: EndpointName | undefined;
  readonly verdict: Verdict;
  readonly meaning: Meaning;
}

/** What an answer comes to, by its endpoint. */
export type Meaning =
  | { readonly of: 'refused'; readonly why: string; readonly text: string }
  | { readonly of: 'order'; readonly answer: ReturnType<typeof readOrderAnswer> }
  | { readonly of: 'session'; readonly reading: string }
  | { readonly of: 'orders'; readonly isWhole: boolean; readonly orders: readonly unknown[] }
  | { readonly of: 'fills'; readonly fills: readonly unknown[] }
  | { readonly of: 'bars'; readonly bars: number; readonly damaged: number; readonly volume: string | undefined }
  | {
      readonly of: 'quotes';
      readonly quotes: readonly { readonly conId: unknown; readonly data: string; readonly fields: number }[];
    }
  | { readonly of: 'cancel'; readonly isRequested: boolean }
  /** A frame of the stream. `orders`, `fills`: of those topics. */
  | {
      readonly of: 'frame';
      readonly topic: string;
      readonly reading?: string;
      readonly orders?: readonly unknown[];
      readonly fills?: readonly unknown[];
    }
  | { readonly of: 'data' };

const ORDER_ANSWERS: ReadonlySet<string | undefined> = new Set<EndpointName>([
  'POST /iserver/account/{accountId}/orders',
  'POST /iserver/account/{accountId}/order/{orderId}',
  'POST /iserver/reply/{replyId}',
]);

/** What stands for the meaning of an answer. An empty list of orders is whole only when it says so. */
export function meaningOf(name: EndpointName | undefined, verdict: Verdict): Meaning {
  if (ORDER_ANSWERS.has(name)) return { of: 'order', answer: readOrderAnswer(verdict) };
  if (verdict.at === 'refused') return { of: 'refused', why: verdict.why, text: verdict.text };
  const { value } = verdict;
  const rows = (list: unknown): readonly Row[] => (Array.isArray(list) ? (list as Row[]) : []);
  switch (name) {
    case 'POST /iserver/auth/status':
    case 'POST /iserver/auth/ssodh/init':
    case 'POST /tickle': {
      const auth = authOf(value);
      return { of: 'session', reading: auth === undefined ? 'unknown' : readingOf(auth) };
    }
    case 'GET /iserver/account/orders': {
      const list = Array.isArray(value) ? value : rows((value as Row | undefined)?.['orders']);
      const isWhole = (Array.isArray(value) && value.length > 0) || (value as Row | undefined)?.['snapshot'] === true;
      return { of: 'orders', isWhole, orders: rows(list).flatMap((row) => readListedOrder(row) ?? []) };
    }
    case 'GET /iserver/account/order/status/{orderId}':
      return { of: 'orders', isWhole: true, orders: [readListedOrder((value ?? {}) as Row)].filter((one) => one !== undefined) };
    case 'GET /iserver/account/trades':
      return { of: 'fills', fills: rows(value).flatMap((row) => readListedFill(row) ?? []) };
    case 'GET /iserver/marketdata/history': {
      const { bars, damaged } = readBars(value);
      return { of: 'bars', bars: bars.length, damaged, volume: bars[0]?.volume };
    }
    case 'GET /iserver/marketdata/snapshot':
      return {
        of: 'quotes',
        quotes: rows(value).map((row) => ({
          conId: row['conid'],
          data: dataKind(row['6509']),
          fields: Object.keys(row).filter((key) => /^\d+$/.test(key) && key !== '6509').length,
        })),
      };
    case 'DELETE /iserver/account/{accountId}/order/{orderId}':
      return { of: 'cancel', isRequested: typeof (value as Row | undefined)?.['msg'] === 'string' };
    default:
      return { of: 'data' };
  }
}

/** What a frame of the stream means. */
function meaningOfFrame(raw: string): Meaning {
  const frame = readFrame(raw);
  switch (frame.topic) {
    case 'sts': {
      const auth = authOf(frame.value);
      return { of: 'frame', topic: 'sts', reading: auth === undefined ? 'unknown' : readingOf(auth) };
    }
    case 'data': {
      const { name, rows } = frame;
      if (name.startsWith('sor')) return { of: 'frame', topic: name, orders: rows.flatMap((row) => readListedOrder(row) ?? []) };
      if (name.startsWith('str')) return { of: 'frame', topic: name, fills: rows.flatMap((row) => readListedFill(row) ?? []) };
      return { of: 'frame', topic: name };
    }
    case 'unknown':
      return { of: 'frame', topic: frame.name === '' ? 'unknown' : frame.name };
    default:
      return { of: 'frame', topic: frame.topic };
  }
}

const isFrame = ({ method, path }: Example['request']): boolean => /^wss?$/i.test(method) || /^(?:wss?:.*)?\/ws\b/.test(path);

/** Reads an example as it would have come over the wire. */
export function readExample({ name, request, response }: Example): ExampleReading {
  const { body } = response;
  const raw = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  if (isFrame(request)) {
    const { value, troubles, unknown } = { value: readBody(raw), troubles: [], unknown: [] };
    return { name, endpoint: 'GET /ws', verdict: { at: 'answer', value, troubles, unknown }, meaning: meaningOfFrame(raw) };
  }
  const found = findByPath(request.method, request.path);
  const verdict = judge(found === undefined ? undefined : rowOf(found.name), response.status, readBody(raw));
  return { name, endpoint: found?.name, verdict, meaning: meaningOf(found?.name, verdict) };
}

/** Values that the table wanted otherwise: told, and left out of the answer. The broker's own descriptions are wrong in places. */
export function differencesOf({ verdict }: ExampleReading): readonly string[] {
  if (verdict.at === 'refused') return [];
  return verdict.troubles.map(({ path, wanted, saw }) => `${path}: ${JSON.stringify(saw)} is no ${wanted}`);
}

/** What makes an example fail: an answer under a path that no row has, of another form than its row, or without its meaning. */
export function faultsOf(reading: ExampleReading): readonly string[] {
  const { endpoint, verdict, meaning } = reading;
  if (verdict.at === 'refused') return [];
  if (meaning.of === 'frame') return meaning.topic === 'unknown' ? ['the frame has no topic that anybody knows'] : [];
  const faults: string[] = [];
  if (endpoint === undefined) faults.push('no row of the table has this path');
  if (verdict.troubles.some(({ path }) => path === '')) faults.push('the body has another form than its row');
  switch (meaning.of) {
    case 'order':
      if (meaning.answer.at === 'unknown') faults.push(meaning.answer.why);
      break;
    case 'session':
      if (meaning.reading === 'unknown' && verdict.value !== undefined) faults.push('it does not say how the session stands');
      break;
    case 'bars':
      if (meaning.damaged > 0) faults.push(`${meaning.damaged} bars without a time or a price`);
      break;
    case 'orders':
    case 'fills': {
      const listed = Array.isArray(verdict.value) ? verdict.value : (verdict.value as { orders?: unknown[] } | undefined)?.orders;
      const read = meaning.of === 'orders' ? meaning.orders : meaning.fills;
      if (Array.isArray(listed) && listed.length > read.length) faults.push(`${listed.length - read.length} rows without an id`);
    }
  }
  // What decides about money is read whole.
  if (meaning.of !== 'data') faults.push(...differencesOf(reading));
  return faults;
}
