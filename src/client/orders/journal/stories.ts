// What was attempted, order by order, told from journal entries.
import { type Keyed, KeyedMap } from '../../../input/keyed.js';
import type { AttemptEntry, JournalEntry, OutcomeEntry } from './entry.js';

/**
 * How far an order came: `refused` nothing was ever sent; `unknown` an attempt passed, but neither "sent" nor an answer is
 * written: it may live; `sent` no answer is written; `failed` the socket did not take it; `answered` the gateway spoke of it;
 * `lost` it was found never to have arrived.
 */
export type StoryState = 'refused' | 'unknown' | 'sent' | 'failed' | 'answered' | 'lost';

/** What a journal knows of one order, its entries put together; undefined is what none of them said. */
export interface OrderStory {
  readonly key: string;
  readonly account: string;
  readonly clientId: number | undefined;
  readonly orderId: number | undefined;
  /** Every permId seen: two are an alarm. */
  readonly permIds: readonly string[];
  readonly attempts: readonly (AttemptEntry & JournalEntry)[];
  readonly outcomes: readonly (OutcomeEntry & JournalEntry)[];
  readonly state: StoryState;
  /** The last raw status text, when there is one. */
  readonly status: string | undefined;
}

/** One story per (client id, order id); entries without an order id make one each. In order of first mention. */
export function storiesOf(entries: readonly JournalEntry[]): Keyed<string, OrderStory> {
  const grouped = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const key = entry.orderId === undefined ? `#${entry.seq}` : `${entry.clientId ?? '?'}:${entry.orderId}`;
    const found = grouped.get(key);
    if (found === undefined) grouped.set(key, [entry]);
    else found.push(entry);
  }
  return new KeyedMap([...grouped].map(([key, own]) => [key, story(key, own)]));
}

function story(key: string, entries: readonly JournalEntry[]): OrderStory {
  const attempts = entries.filter((entry) => entry.event === 'attempt');
  const outcomes = entries.filter((entry) => entry.event !== 'attempt');
  const [first] = entries;
  return {
    key,
    account: first?.account ?? '',
    clientId: first?.clientId,
    orderId: first?.orderId,
    permIds: [...new Set(entries.flatMap((entry) => entry.permId ?? []))],
    attempts,
    outcomes,
    state: stateOf(entries),
    status: outcomes.findLast((entry) => entry.status !== undefined)?.status,
  };
}

// The last word counts, but a later refused attempt (a modify) takes nothing back.
function stateOf(entries: readonly JournalEntry[]): StoryState {
  return entries.reduce<StoryState>((state, entry) => {
    switch (entry.event) {
      case 'attempt':
        if (!entry.passed) return state;
        return state === 'answered' ? state : 'unknown';
      case 'sent':
        return state === 'answered' ? state : 'sent';
      case 'failed':
        return state === 'answered' ? state : 'failed';
      case 'lost':
        return 'lost';
      default:
        return 'answered';
    }
  }, 'refused');
}
