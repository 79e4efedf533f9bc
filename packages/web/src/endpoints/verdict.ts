// What an answer means. 200 is no success, and what is no success says why.

import { type Body, wordsOf } from '../body.js';
import { type Decoded, decode } from './decode.js';
import type { Endpoint } from './endpoint.js';

/** Why something was not answered, as far as it decides what to do next. */
export type WhyNot =
  /** 401: the session or the token is gone. */
  | 'signedOut'
  /** No brokerage session, or one that is only opening. */
  | 'noSession'
  /** `/iserver/accounts`, or `/portfolio/accounts` before what is under it, has to be asked first. */
  | 'accountsFirst'
  /** 429. */
  | 'tooFast'
  /** The path is not there. */
  | 'notFound'
  /** 503: busy, or a question that is no longer open. What was asked may have been done. */
  | 'busy'
  /** 410: a new token, or another host. */
  | 'gone'
  /** The session behind the token is stale. */
  | 'staleToken'
  /** The consumer key is not known, or not yet. */
  | 'unknownConsumer'
  /** Said in so many words: it was understood and not done. */
  | 'rejected'
  /** Anything else. */
  | 'failed';

export type Verdict =
  | ({ readonly at: 'answer' } & Decoded)
  | { readonly at: 'refused'; readonly why: WhyNot; readonly status: number; readonly text: string };

const byText: readonly (readonly [RegExp, WhyNot])[] = [
  [/query (?:\/portfolio)?\/accounts first/i, 'accountsFirst'],
  [/no bridge|init session first|not authenticated|no session/i, 'noSession'],
  [/sso dh token/i, 'staleToken'],
  [/invalid consumer/i, 'unknownConsumer'],
];

function whyOf(status: number, text: string): WhyNot {
  for (const [pattern, why] of byText) if (pattern.test(text)) return why;
  switch (status) {
    case 401:
      return 'signedOut';
    case 429:
      return 'tooFast';
    case 404:
      return 'notFound';
    case 410:
      return 'gone';
    case 503:
      return 'busy';
    default:
      return status < 300 || (status >= 400 && status < 500) ? 'rejected' : 'failed';
  }
}

/** An error that stands alone in a 200: beside an answer it belongs to the answer. */
function rejection(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { error, success, ...rest } = value as Readonly<Record<string, unknown>>;
  if (success === false) return typeof rest['text'] === 'string' ? rest['text'] : typeof error === 'string' ? error : 'refused';
  if (typeof error !== 'string' || error === '') return undefined;
  const others = Object.keys(rest).filter((name) => name !== 'statusCode' && rest[name] !== null);
  return others.length === 0 ? error : undefined;
}

/** Judges an answer by what is in it. `row` unset: the path stands in no table, and the body is kept as it is. */
export function judge(row: Endpoint | undefined, status: number, body: Body): Verdict {
  if (status < 200 || status >= 300) return { at: 'refused', why: whyOf(status, wordsOf(body)), status, text: wordsOf(body) };
  if (body.form === 'html') return { at: 'refused', why: 'failed', status, text: wordsOf(body) };
  if (body.form === 'empty') return { at: 'answer', value: undefined, troubles: [], unknown: [] };
  if (body.form !== 'json') return { at: 'answer', value: body.text, troubles: [], unknown: [] };
  const said = rejection(body.value);
  if (said !== undefined) return { at: 'refused', why: whyOf(status, said), status, text: said };
  if (typeof body.value === 'string') return { at: 'answer', value: body.value, troubles: [], unknown: [] };
  return { at: 'answer', ...decode(row?.answer ?? 'any', body.value) };
}
