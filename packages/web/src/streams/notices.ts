// What the broker tells people over the stream: notifications, questions about orders, bulletins.

import { visibleText } from 'ibwire';
import type { Frame, Row } from './frame.js';
import type { TopicHands, TopicTerms } from './topic.js';

/** Words of the broker, as they came: data, never something to be done. */
export type WebNotice =
  | { readonly is: 'notification'; readonly id: string; readonly title: string | undefined; readonly text: string }
  /** An order waits for an answer, by `POST /iserver/notification`. */
  | {
      readonly is: 'prompt';
      readonly orderId: string;
      readonly reqId: string;
      readonly messageId: string | undefined;
      readonly text: string;
      readonly options: readonly string[];
    }
  | { readonly is: 'bulletin'; readonly id: string; readonly text: string }
  /** A subscription was refused. */
  | { readonly is: 'error'; readonly text: string };

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? visibleText(String(value)) : '';
const orNone = (value: unknown): string | undefined => word(value) || undefined;

function noticeOf(topic: 'ntf' | 'blt', row: Row): WebNotice {
  if (topic === 'blt') return { is: 'bulletin', id: word(row['id']), text: word(row['message'] ?? row['text']) };
  if (row['prompt'] !== true)
    return { is: 'notification', id: word(row['id']), title: orNone(row['title']), text: word(row['text']) };
  const { options } = row;
  return {
    is: 'prompt',
    orderId: word(row['orderId']),
    reqId: word(row['reqId']),
    messageId: orNone(row['messageId']),
    text: word(row['text']),
    options: Array.isArray(options) ? options.map(word) : [],
  };
}

/** Notices of a frame; none for one that tells people nothing. */
export function noticesOf(frame: Frame): readonly WebNotice[] {
  if (frame.topic === 'error') return [{ is: 'error', text: word(frame.text) }];
  return frame.topic === 'ntf' || frame.topic === 'blt'
    ? frame.rows.map((row) => noticeOf(frame.topic as 'ntf' | 'blt', row))
    : [];
}

export const NOTICES_KEY = 'notices';

/** Unasked: there is nothing to subscribe. `noticed`: who is told while somebody reads. */
export function noticeTopic(
  hands: TopicHands<WebNotice>,
  noticed: Set<(notice: WebNotice) => void>,
): TopicTerms<WebNotice, undefined> {
  const push = (notice: WebNotice): void => hands.push([notice]);
  noticed.add(push);
  return {
    key: NOTICES_KEY,
    names: [],
    rank: 'data',
    view: undefined,
    subscribe: () => [],
    unsubscribe: () => [],
    take: () => [],
    onEnd: () => void noticed.delete(push),
  };
}
