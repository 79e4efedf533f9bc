// What is said to the broker's questions, by the id of their message. What nobody covers is declined, and told.

import type { Question } from './answer.js';

/** `ask`: the function of the options decides. `choose`: that option of a prompt, word by word. */
export type QuestionAnswer = 'accept' | 'decline' | 'ask' | { readonly choose: string };

/** What is said to the broker's questions. */
export interface QuestionPolicy {
  /** By message id, as `{ o163: 'accept', p12: { choose: 'Do not use' } }`. Ids that are not named are declined. */
  readonly byId?: Readonly<Record<string, QuestionAnswer>>;
  /**
   * Asked for ids that say `ask`: true accepts, and of a prompt the option that is chosen. What it throws declines. It has five
   * seconds: an open question becomes stale.
   */
  readonly ask?: (question: Question) => boolean | string | Promise<boolean | string>;
}

/** What is decided of one question. */
export interface Decision {
  readonly accepts: boolean;
  /** Of a prompt that is accepted. */
  readonly option?: string;
  /** Ids that nobody accepted. */
  readonly declined: readonly string[];
}

/** What an answer comes to: of a prompt with several options a bare yes says nothing. */
function settled({ messageIds, options }: Question, said: boolean | string): Decision {
  if (options === undefined) return said === true ? { accepts: true, declined: [] } : { accepts: false, declined: messageIds };
  const option = said === true && options.length === 1 ? options[0] : said;
  if (typeof option === 'string' && options.includes(option)) return { accepts: true, option, declined: [] };
  return { accepts: false, declined: messageIds };
}

/** Every id of a question has to be accepted; a question without ids is covered by nobody. */
export async function decide(
  question: Question,
  { byId = {}, ask }: QuestionPolicy,
  within: <T>(work: Promise<T>) => Promise<T>,
): Promise<Decision> {
  const { messageIds } = question;
  if (messageIds.length === 0) return { accepts: false, declined: ['(no id)'] };
  const says = (id: string): QuestionAnswer => (Object.hasOwn(byId, id) ? byId[id] : undefined) ?? 'decline';
  const chosen = messageIds.map(says).find((one) => typeof one === 'object');
  if (typeof chosen === 'object') return settled(question, messageIds.length === 1 && chosen.choose);
  const declined = messageIds.filter((id) => says(id) === 'decline');
  if (declined.length > 0) return { accepts: false, declined };
  const open = messageIds.filter((id) => says(id) === 'ask');
  if (open.length === 0) return settled(question, true);
  try {
    const decision = settled(question, ask !== undefined && (await within(Promise.resolve(ask(question)))));
    return decision.accepts ? decision : { accepts: false, declined: open };
  } catch {
    return { accepts: false, declined: open };
  }
}
