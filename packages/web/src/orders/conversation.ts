// What is said between a submission and its outcome: questions are answered, prompts decided, none is left open.

import type { Timer } from 'ibwire';
import type { Ask, Outcome } from '../client/ask.js';
import { type Leg, type OrderAnswer, type Question, readOrderAnswer } from './answer.js';
import { decide, type QuestionPolicy } from './policy.js';

export interface ConversationParts {
  readonly ask: Ask;
  readonly timer: Timer;
  readonly questions: QuestionPolicy;
  /** Told of every question and what was said to it. */
  asked(question: Question, accepted: boolean, declined: readonly string[]): void;
}

/** What a submission came to, as far as the broker said. `legs`: what it said of single orders on the way. */
export type Said = { readonly legs: readonly Leg[] } & (
  | { readonly at: 'legs' }
  | { readonly at: 'rejected'; readonly text: string }
  | {
      readonly at: 'declined';
      readonly messageIds: readonly string[];
      readonly text: string;
      /** Whether nothing was placed: the broker has confirmed it, a whole list without it shows it, or nobody can say. */
      readonly isSure: 'yes' | 'ifNotListed' | 'no';
    }
  | { readonly at: 'unknown'; readonly why: string }
);

export interface Submission {
  readonly account: string;
  /** The only thing that is sent, once. */
  send(): Promise<Outcome>;
  /** The order that it changes: when a prompt of the change is declined, that one is not cancelled. */
  readonly changes?: string;
  readonly timeout?: number | undefined;
}

const ANSWER_WITHIN = 5_000;
/** Questions chain; nobody asks so often. */
const MOST_QUESTIONS = 20;

const read = (outcome: Outcome): OrderAnswer =>
  outcome.at === 'silence' ? { at: 'unknown', why: outcome.why } : readOrderAnswer(outcome);
const lost = (error: unknown): Outcome => ({ at: 'silence', why: error instanceof Error ? error.message : String(error) });

/** Rejects only before anything has left. */
export async function conversation(parts: ConversationParts, submission: Submission): Promise<Said> {
  const { ask, timer, questions, asked } = parts;
  const { timeout, account } = submission;
  const within = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const stop = timer.after(ANSWER_WITHIN, () => reject(new Error('late')));
      work.then(resolve, reject).finally(stop);
    });
  const reply = async (replyId: string, confirmed: boolean): Promise<OrderAnswer> => {
    const outcome = await ask
      .once('POST /iserver/reply/{replyId}', { values: [replyId], body: { confirmed } }, 'reply', { timeout })
      .catch(lost);
    // A question that is not known any more proves nothing of its order.
    if (outcome.at === 'refused' && /reply id/i.test(outcome.text)) return { at: 'unknown', why: outcome.text };
    return read(outcome);
  };
  const tell = (question: Question, accepts: boolean, declined: readonly string[]): void => {
    try {
      asked(question, accepts, declined);
    } catch {
      // what a listener throws is its own: an open question has to be answered
    }
  };
  const legs: Leg[] = [];
  const open: Question[] = [];
  const declineOpen = async (): Promise<readonly OrderAnswer[]> => {
    const answers: OrderAnswer[] = [];
    for (const question of open.splice(0)) {
      tell(question, false, question.messageIds);
      answers.push(await reply(question.replyId, false));
    }
    return answers;
  };

  const prompted = async (prompt: Extract<OrderAnswer, { at: 'prompt' }>): Promise<Said> => {
    const { orderId, reqId, messageId, text, options } = prompt;
    const question = { replyId: reqId, messageIds: messageId === undefined ? [] : [messageId], messages: [text], options };
    const { accepts, option = '', declined } = await decide(question, questions, within);
    tell(question, accepts, declined);
    if (accepts) {
      const body = { orderId, reqId, text: option };
      await ask.once('POST /iserver/notification', { body }, 'reply', { timeout }).catch(lost);
      return { at: 'unknown', why: `"${option}" was chosen, and no list of orders has told what came of it`, legs };
    }
    const name = 'DELETE /iserver/account/{accountId}/order/{orderId}';
    const isCancelled =
      Number(orderId) > 0 &&
      orderId !== submission.changes &&
      (await ask.once(name, { values: [account, orderId] }, 'cancel', { timeout }).catch(lost)).at === 'answer';
    return { at: 'declined', messageIds: declined, text, isSure: isCancelled ? 'ifNotListed' : 'no', legs };
  };

  let said = read(await submission.send());
  for (let turn = 0; ; turn += 1) {
    if (said.at === 'prompt' || said.at === 'rejected' || said.at === 'unknown') {
      await declineOpen();
      return said.at === 'prompt' ? prompted(said) : { ...said, legs };
    }
    legs.push(...said.legs);
    if (said.at === 'question') open.push(...said.questions);
    const question = open.shift();
    if (question === undefined) return { at: 'legs', legs };
    const { accepts, declined } =
      turn < MOST_QUESTIONS ? await decide(question, questions, within) : { accepts: false, declined: question.messageIds };
    tell(question, accepts, declined);
    said = await reply(question.replyId, accepts);
    if (accepts) continue;
    // "Order not confirmed": the broker's word that nothing was placed.
    const isSure = [said, ...(await declineOpen())].every(({ at }) => at === 'rejected');
    return { at: 'declined', messageIds: declined, text: question.messages.join(' '), isSure: isSure ? 'yes' : 'no', legs };
  }
}
