// What a what-if says, in the words of the broker.

import { Big, type MarginChange, type OrderDraft } from 'ibwire';
import type { Ask, WebCall } from '../client/ask.js';
import { WebError, WebRefusal } from '../problem.js';
import { readOrderAnswer } from './answer.js';
import type { WebPreview } from './face.js';
import { ticketOf } from './ticket.js';

type Row = Readonly<Record<string, unknown>>;

/** Numbers in a text such as `1,977.60 USD (10 Shares)`: what stands before the unit. */
function numbers(text: string): readonly Big[] {
  const found = text.split('(')[0]?.match(/-?\d[\d,]*(?:\.\d+)?/g) ?? [];
  return found.map((one) => new Big(one.replaceAll(',', '')));
}

function marginOf(row: unknown): MarginChange {
  const one = (name: string): Big | undefined => {
    const said = typeof row === 'object' && row !== null ? (row as Row)[name] : undefined;
    return typeof said === 'string' ? numbers(said)[0] : undefined;
  };
  return { before: one('current'), change: one('change'), after: one('after') };
}

/** One amount, or a range of two. */
function commissionOf(text: string | undefined): Pick<WebPreview, 'commission' | 'commissionCurrency'> {
  const [first, second] = numbers(text ?? '');
  const commissionCurrency = /\b[A-Z]{3}\b/.exec(text ?? '')?.[0];
  return second === undefined
    ? { commission: { amount: first, min: undefined, max: undefined }, commissionCurrency }
    : { commission: { amount: undefined, min: first, max: second }, commissionCurrency };
}

/** Amounts with their unit, without the commas between thousands; what was not told is undefined. */
export function previewOf(value: unknown): WebPreview {
  const body = (typeof value === 'object' && value !== null ? value : {}) as Row;
  const { amount, initial, maintenance, equity, warn, error } = body;
  if (typeof error === 'string' && error !== '') throw new WebRefusal('whatif', { why: 'rejected', status: 200, text: error });
  const word = (row: unknown, name: string): string | undefined => {
    const said = typeof row === 'object' && row !== null ? (row as Row)[name] : undefined;
    return typeof said === 'string' && said.trim() !== '' ? said.replaceAll(/(\d),(?=\d{3})/g, '$1') : undefined;
  };
  if ([amount, initial, maintenance, equity].every((one) => one === undefined))
    throw new WebRefusal('whatif', { why: 'failed', status: 200, text: 'the answer has no amounts' });
  return {
    initMargin: marginOf(initial),
    maintMargin: marginOf(maintenance),
    equityWithLoan: marginOf(equity),
    marginCurrency: undefined,
    ...commissionOf(word(amount, 'commission')),
    suggestedSize: undefined,
    rejectReason: undefined,
    status: undefined,
    initMarginChange: word(initial, 'change'),
    maintMarginChange: word(maintenance, 'change'),
    equityWithLoanChange: word(equity, 'change'),
    warningText: typeof warn === 'string' && warn !== '' ? warn : undefined,
  };
}

/** Tries an order at the broker. A question instead of an answer is declined, so that none stays open. @throws {WebRefusal} {WebError} */
export async function tried(ask: Ask, account: string, conId: number, order: OrderDraft, call: WebCall): Promise<WebPreview> {
  const body = { orders: [ticketOf(conId, order, account, { isTrial: true })] };
  const outcome = await ask.once('POST /iserver/account/{accountId}/orders/whatif', { values: [account], body }, 'read', call);
  if (outcome.at === 'silence') throw new WebError('WEB_TRANSPORT', `whatif: ${outcome.why}`);
  if (outcome.at === 'refused') throw new WebRefusal('whatif', outcome);
  const said = readOrderAnswer(outcome);
  if (said.at !== 'question') return previewOf(outcome.value);
  for (const { replyId } of said.questions)
    await ask.once('POST /iserver/reply/{replyId}', { values: [replyId], body: { confirmed: false } }, 'reply');
  const text = `a question, not an answer: ${said.questions.flatMap(({ messages }) => messages).join(' ')}`;
  throw new WebRefusal('whatif', { why: 'rejected', status: 200, text });
}
