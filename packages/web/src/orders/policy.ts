// What is said to the broker's questions, by the id of their message. What nobody covers is declined, and told.

import type { Question } from './answer.js';

/** `ask`: the function of the options decides. */
export type QuestionAnswer = 'accept' | 'decline' | 'ask';

export interface QuestionPolicy {
  /** By message id, as `{ o163: 'accept' }`. Ids that are not named are declined. */
  readonly byId?: Readonly<Record<string, QuestionAnswer>>;
  /** Asked for ids that say `ask`; true accepts. What it throws declines. It has five seconds: an open question becomes stale. */
  readonly ask?: (question: Question) => boolean | Promise<boolean>;
}

export interface Decision {
  readonly accepts: boolean;
  /** Ids that nobody accepted. */
  readonly declined: readonly string[];
}

/** Every id of a question has to be accepted; a question without ids is covered by nobody. */
export async function decide(
  question: Question,
  { byId = {}, ask }: QuestionPolicy,
  within: <T>(work: Promise<T>) => Promise<T>,
): Promise<Decision> {
  if (question.messageIds.length === 0) return { accepts: false, declined: ['(no id)'] };
  const says = (id: string): QuestionAnswer => (Object.hasOwn(byId, id) ? byId[id] : undefined) ?? 'decline';
  const declined = question.messageIds.filter((id) => says(id) === 'decline');
  const open = question.messageIds.filter((id) => says(id) === 'ask');
  if (declined.length > 0 || open.length === 0) return { accepts: declined.length === 0, declined };
  try {
    const accepts = ask !== undefined && (await within(Promise.resolve(ask(question)))) === true;
    return { accepts, declined: accepts ? [] : open };
  } catch {
    return { accepts: false, declined: open };
  }
}
