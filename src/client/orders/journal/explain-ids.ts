// After a crash: what became of every order id that the journal mentions, by the journal and by the gateway's own lists.
import type { OrderStory } from './stories.js';

/** What the gateway says of one order of this client id, after it was asked. */
export interface GatewaySays {
  readonly state: 'working' | 'filled' | 'cancelled' | 'rejected' | 'unclear';
  readonly filled: string;
}

/**
 * `notSent`: nothing ever left. `neverArrived`: written, and the gateway's next id says that it never saw it. `known`: the
 * gateway tells what became of it. `ended`: the journal heard its end, and the gateway no more lists it. `unknown`: it may live;
 * a person has to look.
 */
export type IdFate =
  | { readonly is: 'notSent' }
  | { readonly is: 'neverArrived' }
  | { readonly is: 'known'; readonly says: GatewaySays }
  | { readonly is: 'ended'; readonly status: string }
  | { readonly is: 'unknown'; readonly last: string };

/** An order id of a journal, and what became of it. */
export interface ExplainedId {
  readonly orderId: number;
  readonly fate: IdFate;
}

const ENDS: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'ApiCancelled']);

/**
 * Explains every order id of a client. `nextValidId`: what the gateway gave at the start of the new session; `says`: what it
 * lists for an order of this client id or a permId, after open orders, executions and completed orders were asked for.
 */
export function explainIds(
  stories: Iterable<OrderStory>,
  clientId: number,
  nextValidId: number,
  says: (orderId: number, permIds: readonly string[]) => GatewaySays | undefined,
): readonly ExplainedId[] {
  const explained: ExplainedId[] = [];
  for (const story of stories) {
    if (story.orderId === undefined || (story.clientId !== undefined && story.clientId !== clientId)) continue;
    explained.push({ orderId: story.orderId, fate: fateOf(story, story.orderId, nextValidId, says) });
  }
  return explained.sort((a, b) => a.orderId - b.orderId);
}

function fateOf(
  story: OrderStory,
  orderId: number,
  nextValidId: number,
  says: (orderId: number, permIds: readonly string[]) => GatewaySays | undefined,
): IdFate {
  if (story.state === 'refused' || story.state === 'failed') return { is: 'notSent' };
  const known = says(orderId, story.permIds);
  if (known !== undefined && known.state !== 'unclear') return { is: 'known', says: known };
  if (story.status !== undefined && ENDS.has(story.status)) return { is: 'ended', status: story.status };
  if (story.outcomes.some(({ event }) => event === 'error') && known === undefined)
    return { is: 'ended', status: story.status ?? 'refused' };
  if (story.state === 'lost' || (orderId >= nextValidId && story.permIds.length === 0)) return { is: 'neverArrived' };
  return { is: 'unknown', last: story.status ?? story.state };
}
