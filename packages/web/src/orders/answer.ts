// What the broker says to an order, told apart by the fields that are there: never by status, never by place.

import type { Verdict } from '../endpoints/verdict.js';

/** What became of one leg, as far as the answer says. */
export type Leg =
  /** Taken under this id. */
  | {
      readonly at: 'taken';
      readonly orderId: string;
      readonly status: string;
      readonly cOID: string | undefined;
      readonly text: string;
    }
  | { readonly at: 'rejected'; readonly cOID: string | undefined; readonly text: string }
  /** It has an id and does not work, or works and has none: not yet sent, or refused. Open orders tell. */
  | {
      readonly at: 'unclear';
      readonly orderId: string;
      readonly status: string;
      readonly cOID: string | undefined;
      readonly text: string;
    };

/** A question that keeps an order back until it is answered. */
export interface Question {
  readonly replyId: string;
  /** What a prompt lets choose; undefined: yes or no. */
  readonly options?: readonly string[];
  /** Empty when the broker named none: no policy covers it then. */
  readonly messageIds: readonly string[];
  readonly messages: readonly string[];
}

export type OrderAnswer =
  | { readonly at: 'legs'; readonly legs: readonly Leg[] }
  | { readonly at: 'question'; readonly questions: readonly Question[]; readonly legs: readonly Leg[] }
  /** Answered by `POST /iserver/notification`. */
  | {
      readonly at: 'prompt';
      readonly orderId: string;
      readonly reqId: string;
      /** Undefined: no policy covers it. */
      readonly messageId: string | undefined;
      readonly text: string;
      readonly options: readonly string[];
    }
  | { readonly at: 'rejected'; readonly text: string }
  /** Nobody can say from this whether there is an order. */
  | { readonly at: 'unknown'; readonly why: string };

type Row = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : typeof value === 'string' ? [value] : [];
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words of a place answer that mean that the leg lives. */
const TAKEN = new Set(['PendingSubmit', 'PreSubmitted', 'Submitted', 'Filled', 'WarnState', 'PendingCancel', 'PreCancelled']);
const REFUSED = new Set(['Failed', 'Rejected', 'Cancelled']);

function legOf(row: Row): Leg | undefined {
  const orderId = textOf(row['order_id']);
  const status = textOf(row['order_status']);
  const text = [textOf(row['text']), textOf(row['warning_message'])].filter((one) => one !== '').join(' ');
  const cOID = textOf(row['local_order_id']) || undefined;
  if (orderId === '' && typeof row['error'] === 'string') return { at: 'rejected', cOID, text: row['error'] };
  if (orderId === '' && status === '') return undefined;
  if (/^-|^0+$/.test(orderId) || REFUSED.has(status)) return { at: 'rejected', cOID, text: text || status };
  const isTaken = TAKEN.has(status) && /^\d+$/.test(orderId);
  return isTaken ? { at: 'taken', orderId, status, cOID, text } : { at: 'unclear', orderId, status, cOID, text };
}

/** Reads the verdict on a place, a reply or a change. */
export function readOrderAnswer(verdict: Verdict): OrderAnswer {
  if (verdict.at === 'refused') {
    // Only words in a 200 or in a 4xx that is about the order itself prove that nothing was done.
    if (verdict.why === 'rejected') return { at: 'rejected', text: verdict.text };
    return { at: 'unknown', why: `${verdict.status} ${verdict.text}`.trim() };
  }
  const { value } = verdict;
  if (isRow(value) && typeof value['error'] === 'string' && value['error'] !== '') {
    const { error, order_id: id } = value;
    return id === undefined ? { at: 'rejected', text: error } : { at: 'unknown', why: `an order and an error: ${error}` };
  }
  if (isRow(value) && (value['prompt'] === true || (value['reqId'] !== undefined && value['options'] !== undefined)))
    return {
      at: 'prompt',
      orderId: textOf(value['orderId']),
      reqId: textOf(value['reqId']),
      messageId: textOf(value['messageId']) || undefined,
      text: textOf(value['text']),
      options: textsOf(value['options']),
    };
  const rows = Array.isArray(value) ? value.filter(isRow) : isRow(value) ? [value] : [];
  const questions = rows
    .filter((row) => typeof row['id'] === 'string' && (row['message'] !== undefined || row['messageIds'] !== undefined))
    .map(
      (row): Question => ({
        replyId: textOf(row['id']),
        messageIds: textsOf(row['messageIds']),
        messages: textsOf(row['message']),
      }),
    );
  const legs = rows.map(legOf).filter((leg) => leg !== undefined);
  if (questions.length > 0) return { at: 'question', questions, legs };
  return legs.length > 0 ? { at: 'legs', legs } : { at: 'unknown', why: 'the answer names no order, no question and no error' };
}
