// place_order: always a draft with its preview. It is sent by a person's yes, or at once where the owner allows that. Whatever a host
// answers, or does not, the order goes at most once, and what is not known is said to be unknown.

import {
  type CallToolResult,
  type ElicitRequestFormParams,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { accountOf } from '../commands/accounts.js';
import type { Caller } from '../commands/command.js';
import { account, contractShape } from '../commands/schemas.js';
import type { Desk } from '../desk.js';
import { refusedProblem } from '../orders/order-desk.js';
import { type DraftOut, draftOut, shownDraft } from '../orders/record.js';
import { orderInput } from '../orders/terms.js';
import { Problem } from '../problem.js';
import { answered, envelope, failed } from './answer.js';
import { type AskState, type Asks, PATIENCE_MS } from './asks.js';
import type { Drafting, Wish } from './drafting.js';
import { questionOf } from './question.js';

const { symbol, conId, secType, currency, exchange } = contractShape;
const { action, orderType, totalQuantity, lmtPrice, auxPrice, trailingPercent, tif, outsideRth, takeProfit, stopLoss } =
  orderInput.shape;

export const placeInput = z
  .strictObject({
    account,
    ...{ symbol, conId, secType, currency, exchange },
    ...{ action, orderType, totalQuantity, lmtPrice, auxPrice, trailingPercent, tif, outsideRth, takeProfit, stopLoss },
    note: z.string().max(500).optional().describe('Why: shown to the person'),
    key: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/)
      .optional()
      .describe('Names this order; a new one makes another'),
  })
  .partial({ account: true });

export const placeOutput = z.object({
  status: z.enum(['sent', 'done', 'waiting_for_approval', 'declined', 'unknown']),
  says: z.string(),
  how: z.string().optional(),
  draftId: z.string().optional(),
  isRepeat: z.boolean().optional(),
  draft: draftOut.optional(),
  ...envelope,
});
type Placed = Omit<z.input<typeof placeOutput>, 'asOf' | 'state'>;

export interface Placing {
  readonly desk: Desk;
  readonly who: Caller;
  readonly asks: Asks;
  readonly drafting: Drafting;
  /** How a person approves, in words that can be followed. */
  readonly how: (id: string) => string;
  /** How a question reaches a person; undefined: it does not. */
  readonly ask: 'push' | 'return' | undefined;
  seal(state: AskState, context: ServerContext): Promise<string>;
}

/** How long a draft may take before its outcome is said to be unknown. */
export const DRAFT_MS = 45_000;
const QUESTION = 'decision';

const RETRY = 'Calling place_order again with the same arguments is safe: it gives this draft, never a second order.';
const FIND = 'It may have been placed. get_order with this id tells what became of it, get_orders what is at the gateway.';

function wishOf(input: z.output<typeof placeInput>, { desk, who }: Placing): Wish {
  const { account: asked, note, key, ...rest } = input;
  const { symbol: name, conId: id, secType: type, currency: money, exchange: venue, ...order } = rest;
  const contract = { symbol: name, conId: id, secType: type, currency: money, exchange: venue };
  const told = Object.fromEntries(Object.entries(contract).filter(([, value]) => value !== undefined));
  return { asked: { account: accountOf({ desk, who }, asked), contract: told, order }, note, key };
}

function placedOf(draft: DraftOut, isRepeat: boolean, how: (id: string) => string, because?: string): Placed {
  const head = { draftId: draft.id, isRepeat, draft };
  switch (draft.state) {
    case 'waiting':
      return {
        ...{ ...head, status: 'waiting_for_approval' },
        says: `${because ?? 'The order waits for a person.'} Nothing was sent.`,
        how: how(draft.id),
      };
    case 'sent':
      // On its way, and not a word of the gateway yet.
      if (draft.outcome?.status === 'sent') return { ...head, status: 'unknown', says: FIND, how: RETRY };
      return { ...head, status: 'sent', says: 'The order is at the gateway.' };
    case 'working':
      return { ...head, status: 'sent', says: 'The order is at the gateway.' };
    case 'done':
      return { ...head, status: 'done', says: 'The order has come to its end: see draft.outcome.' };
    case 'refused':
      return { ...head, status: 'declined', says: 'The draft was declined or has ended. Nothing was sent.' };
    default:
      return { ...head, status: 'unknown', says: FIND, how: RETRY };
  }
}

/** What comes first: the work, or the end of patience. */
async function within<T>(desk: Desk, ms: number, work: Promise<T>): Promise<T | 'late'> {
  let stop = (): void => {};
  const late = new Promise<'late'>((resolve) => {
    stop = desk.timer.after(ms, () => resolve('late'));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop();
  }
}

export async function placeOrder(
  input: z.output<typeof placeInput>,
  context: ServerContext,
  placing: Placing,
): Promise<CallToolResult | InputRequiredResult> {
  const { desk, who, drafting, how } = placing;
  const done = (placed: Placed): CallToolResult => answered(desk, placed);
  try {
    const wish = wishOf(input, placing);
    const work = drafting.draft(wish, who);
    const told = await within(desk, DRAFT_MS, work);
    if (told === 'late') {
      work.catch(() => {});
      return done({
        status: 'unknown',
        says: 'The draft is not through yet. It may still be placed: get_orders tells.',
        how: RETRY,
      });
    }
    const { draft, isRepeat } = told;
    if (draft.state === 'refused' && !isRepeat) throw refusedProblem(draft);
    if (draft.state !== 'waiting') return done(placedOf(draft, isRepeat, how));
    const of = drafting.hashOf(wish);
    const state = context.mcpReq.requestState<AskState>();
    if (state !== undefined) return done(await heard(state, draft, of, context, placing));
    if (placing.ask === undefined || desk.settings.stop !== undefined)
      return done(placedOf(draft, isRepeat, how, whyNot(placing)));
    const question = placing.asks.open(draft.id, who.id, of);
    if (question === undefined) return done(placedOf(draft, isRepeat, how, 'A person was asked about it and has not decided.'));
    const form = questionOf(draft, input.note);
    if (placing.ask === 'push') return done(await pushed(question, draft, form, context, placing));
    return inputRequired({
      inputRequests: { [QUESTION]: inputRequired.elicit(form) },
      requestState: await placing.seal(question, context),
    });
  } catch (error) {
    return failed(error);
  }
}

function whyNot({ desk }: Placing): string {
  const { stop } = desk.settings;
  return stop === undefined ? 'This host cannot ask a person here.' : 'Trading is stopped; the owner has to release it first.';
}

/** The answer that came with a repeated call. */
async function heard(state: AskState, draft: DraftOut, of: string, context: ServerContext, placing: Placing): Promise<Placed> {
  const taken = placing.asks.take(state, draft.id, placing.who.id, of);
  const waits = (because: string): Placed => placedOf(draft, true, placing.how, because);
  if (taken.is === 'foreign') return waits('The host brought an answer to another question.');
  if (taken.is === 'late') return waits('The answer came too late.');
  const told = inputResponse(context.mcpReq.inputResponses, QUESTION);
  if (told.kind !== 'elicit') return waits('The host brought no answer.');
  return decided(told, draft, placing);
}

/** Asks over the connection itself, for at most a minute of our own clock. */
async function pushed(
  question: AskState,
  draft: DraftOut,
  form: ElicitRequestFormParams,
  context: ServerContext,
  placing: Placing,
): Promise<Placed> {
  const { desk, who, asks, how } = placing;
  const control = new AbortController();
  const gone = (): void => control.abort();
  context.mcpReq.signal.addEventListener('abort', gone);
  const asked = context.mcpReq
    .elicitInput(form, { signal: control.signal, timeout: 2 * PATIENCE_MS })
    .catch((): 'failed' => 'failed');
  const told = await within(desk, PATIENCE_MS, asked);
  context.mcpReq.signal.removeEventListener('abort', gone);
  control.abort();
  const taken = asks.take(question, draft.id, who.id, question.of);
  if (told === 'late' || taken.is !== 'good') return placedOf(draft, false, how, 'No answer came within a minute.');
  if (told === 'failed') return placedOf(draft, false, how, 'The host could not ask.');
  return decided(told, draft, placing);
}

interface Told {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

async function decided({ action: act, content }: Told, draft: DraftOut, { desk, who, how }: Placing): Promise<Placed> {
  const decision = act === 'accept' ? content?.[QUESTION] : undefined;
  // Hosts decline by themselves: only what was chosen in the form is a person's word.
  if (decision !== 'approve' && decision !== 'decline')
    return placedOf(draft, false, how, `The host answered "${act}" and brought no decision of a person.`);
  const person: Caller = { ...who, name: `a person, asked through ${who.name}` };
  try {
    if (decision === 'decline') await desk.orders.decline(draft.id, person, '');
    else await desk.orders.approve(draft.id, person);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const now = shownDraft(await desk.drafts.get(draft.id));
    return placedOf(now, false, how, `It was approved, but ${error.message}.`);
  }
  const now = shownDraft(await desk.drafts.get(draft.id));
  if (now.state === 'refused' && decision === 'approve') throw refusedProblem(now);
  return placedOf(now, false, how);
}
