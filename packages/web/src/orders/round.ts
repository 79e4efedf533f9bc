// One round of placing: sent once, its questions answered, and what nobody said is looked for by the order's own reference.

import type { Timer } from 'ibwire';
import type { Ask, Outcome, WebCall } from '../client/ask.js';
import { type OrderAnswer, type Question, readOrderAnswer } from './answer.js';
import type { ListedOrder } from './listed.js';
import { decide, type QuestionPolicy } from './policy.js';
import type { Ticket } from './ticket.js';

/** What became of one leg. `unknown`: it may live; its reference finds it when it does. */
export type LegResult =
  | { readonly at: 'working'; readonly orderRef: string; readonly orderId: string; readonly status: string }
  | { readonly at: 'rejected'; readonly orderRef: string; readonly text: string }
  /** A question was not accepted; its ids say which. */
  | { readonly at: 'declined'; readonly orderRef: string; readonly messageIds: readonly string[]; readonly text: string }
  | { readonly at: 'unknown'; readonly orderRef: string; readonly why: string };

export interface RoundParts {
  readonly ask: Ask;
  readonly timer: Timer;
  readonly questions: QuestionPolicy;
  /** Told of every question and what was said to it. */
  asked(question: Question, accepted: boolean, declined: readonly string[]): void;
  /** Whole lists of orders by reference; undefined: no whole list came. */
  listed(): Promise<ReadonlyMap<string, ListedOrder> | undefined>;
}

const ANSWER_WITHIN = 5_000;
/** Questions chain; nobody asks so often. */
const MOST_QUESTIONS = 20;
/** When it is looked for: an order can go live after the broker has said that it did not. */
const LOOKS = [0, 6_000, 15_000] as const;

type Said = OrderAnswer | { readonly at: 'declined'; readonly messageIds: readonly string[]; readonly text: string };

async function conversation(parts: RoundParts, account: string, tickets: readonly Ticket[], call: WebCall): Promise<Said> {
  const { ask, timer, questions } = parts;
  const read = (outcome: Outcome): OrderAnswer =>
    outcome.at === 'silence' ? { at: 'unknown', why: outcome.why } : readOrderAnswer(outcome);
  const within = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const stop = timer.after(ANSWER_WITHIN, () => reject(new Error('late')));
      work.then(resolve, reject).finally(stop);
    });
  // A call that is given up while its order is on the way would leave nobody to answer its questions: the signal holds before that.
  const { timeout } = call;
  const orders = { values: [account], body: { orders: tickets } };
  let said = read(await ask.once('POST /iserver/account/{accountId}/orders', orders, 'place', call));
  for (let turn = 0; said.at === 'question' && turn < MOST_QUESTIONS; turn += 1) {
    const [question] = said.questions;
    if (question === undefined) break;
    const { accepts, declined } = await decide(question, questions, within);
    parts.asked(question, accepts, declined);
    const body = { confirmed: accepts };
    const reply = await ask
      .once('POST /iserver/reply/{replyId}', { values: [question.replyId], body }, 'reply', { timeout })
      .then(read, (error: unknown): OrderAnswer => ({ at: 'unknown', why: String(error) }));
    if (!accepts) {
      // "Order not confirmed": the broker's word that nothing was placed.
      if (reply.at === 'rejected') return { at: 'declined', messageIds: declined, text: question.messages.join(' ') };
      return { at: 'unknown', why: 'the question was declined, and the broker has not confirmed that' };
    }
    said = reply;
  }
  return said;
}

const REFUSED: ReadonlySet<string> = new Set(['Inactive', 'Cancelled', 'Rejected', 'Failed']);

function fromList(orderRef: string, found: ListedOrder): LegResult {
  const status = found.status ?? '';
  if (REFUSED.has(status) && Number(found.filled ?? 0) === 0) return { at: 'rejected', orderRef, text: found.text ?? status };
  return { at: 'working', orderRef, orderId: found.orderId, status };
}

/** Legs of the answer by their own reference; where it names none, by the order only if there is but one. */
function fromAnswer(said: Extract<OrderAnswer, { at: 'legs' }>, refs: readonly string[]): ReadonlyMap<string, LegResult> {
  const results = new Map<string, LegResult>();
  for (const leg of said.legs) {
    const orderRef = leg.cOID ?? (refs.length === 1 && said.legs.length === 1 ? refs[0] : undefined);
    if (orderRef === undefined || !refs.includes(orderRef) || leg.at === 'unclear') continue;
    results.set(
      orderRef,
      leg.at === 'taken'
        ? { at: 'working', orderRef, orderId: leg.orderId, status: leg.status }
        : { at: 'rejected', orderRef, text: leg.text },
    );
  }
  return results;
}

/** Sends tickets that belong together, once. A result for each, in their order. */
export async function round(
  parts: RoundParts,
  account: string,
  tickets: readonly Ticket[],
  call: WebCall,
): Promise<readonly LegResult[]> {
  const refs = tickets.map(({ cOID = '' }) => cOID);
  const said = await conversation(parts, account, tickets, call);
  if (said.at === 'declined') return refs.map((orderRef) => ({ ...said, at: 'declined', orderRef }));
  if (said.at === 'rejected') return refs.map((orderRef) => ({ at: 'rejected', orderRef, text: said.text }));
  const results = new Map(said.at === 'legs' ? fromAnswer(said, refs) : []);
  const why =
    said.at === 'unknown'
      ? said.why
      : said.at === 'prompt'
        ? `the broker wants it decided: ${said.text}`
        : 'the answer does not say';
  return resolved(parts, refs, results, why);
}

/** Looks for what is not known, by reference, in whole lists; never by sending anything. */
export async function resolved(
  parts: Pick<RoundParts, 'timer' | 'listed'>,
  refs: readonly string[],
  known: ReadonlyMap<string, LegResult>,
  why: string,
): Promise<readonly LegResult[]> {
  const results = new Map(known);
  for (const wait of LOOKS) {
    if (refs.every((ref) => results.has(ref))) break;
    if (wait > 0) await new Promise<void>((resolve) => parts.timer.after(wait, resolve));
    const list = await parts.listed();
    for (const ref of refs) {
      const found = list?.get(ref);
      if (found !== undefined && !results.has(ref)) results.set(ref, fromList(ref, found));
    }
  }
  return refs.map((orderRef) => results.get(orderRef) ?? { at: 'unknown', orderRef, why });
}
