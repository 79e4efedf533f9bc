// The signature of a SnapTrade request: base64 of HMAC-SHA256 over canonical JSON of content, path and query.

import { createHmac } from 'node:crypto';

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export interface Signable {
  readonly path: string;
  /** As it is sent, without `?`. */
  readonly query: string;
  readonly body?: unknown;
}

/** What is signed: keys in order at every level, no spaces; no body and `{}` are null. */
export function canonicalRequest({ path, query, body }: Signable): string {
  const isNothing = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
  return canonical({ content: isNothing ? null : body, path, query });
}

export function signature(request: Signable, consumerKey: string): string {
  return createHmac('sha256', consumerKey).update(canonicalRequest(request)).digest('base64');
}
