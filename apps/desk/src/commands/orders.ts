// Orders: one way through. A draft is previewed, approved by somebody who may, sent, and followed to its end.

import type { OrderDraft } from 'ibwire';
import * as z from 'zod';
import { tradesOf } from '../orders/at-gateway.js';
import { cancelAll } from '../orders/cancel-all.js';
import { cancelDraft, modifyDraft } from '../orders/change.js';
import { fillOut, shownFill } from '../orders/fills.js';
import { draftOut, previewOut, shownDraft } from '../orders/record.js';
import { orderOut, shownTrade } from '../orders/shown-order.js';
import { DRAFT_STATES } from '../orders/states.js';
import { draftInput, exitsOf, termsOf } from '../orders/terms.js';
import { worstOut, worstPrice } from '../orders/worst-price.js';
import { qualified, shownContract } from '../session/contract.js';
import { ROLES } from '../store/journal-line.js';
import { accountOf } from './accounts.js';
import { command } from './command.js';
import { account, contractOut, contractShape, positive } from './schemas.js';

/** On the gateway's wire, in UTC. */
const wireInstant = z.string().regex(/^\d{8}-([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);
const id = z.string().min(1).max(40);
const CANCELLED = ['cancelled', 'filled', 'rejected', 'refused', 'declined'] as const;

const draft = command({
  name: 'orders.draft',
  need: 'propose',
  title: 'Draft an order',
  text:
    'Checks an order, asks the broker what it would do, and keeps it. Where the owner allows it (simulation by default) it is sent ' +
    'at once; else it waits for orders.approve. Give an Idempotency-Key: a repeat then gets the first answer.',
  input: draftInput,
  output: draftOut,
  status: ({ state }) => (state === 'waiting' || state === 'approved' ? 202 : 201),
  run: async (asked, { desk, who, key, signal }) => (await desk.orders.draft(asked, who, { key, signal })).draft,
});

const preview = command({
  name: 'orders.preview',
  need: 'propose',
  title: 'Preview an order',
  text: 'What guards, account rules and the broker say of an order, with the quote and its age. Nothing is kept or sent.',
  input: draftInput,
  output: z.object({ account: z.string(), contract: contractOut, preview: previewOut }),
  async run(asked, { desk, who, signal }) {
    const connected = desk.connection.need();
    const named = accountOf({ desk, who }, asked.account);
    const contract = await qualified(connected.ib, asked.contract, signal);
    const terms: OrderDraft = termsOf(asked.order, named, 'desk:preview');
    const { shown } = await desk.previewer.preview(connected, { contract, terms, exits: exitsOf(asked.order) }, signal);
    return { account: named, contract: shownContract(contract), preview: shown };
  },
});

const approve = command({
  name: 'orders.approve',
  need: 'approve',
  title: 'Approve a draft',
  text: 'Previews it again; if nothing is worse than what was shown, it is sent. If something is, the answer is 409 with the new preview.',
  input: z.strictObject({ id }),
  output: draftOut,
  run: async (asked, { desk, who, signal }) => shownDraft(await desk.orders.approve(asked.id, who, signal)),
});

const decline = command({
  name: 'orders.decline',
  need: 'propose',
  title: 'Decline a draft',
  text: 'Ends a draft that waits. Nothing is sent.',
  input: z.strictObject({ id, reason: z.string().max(300).default('') }),
  output: draftOut,
  run: async (asked, { desk, who }) => shownDraft(await desk.orders.decline(asked.id, who, asked.reason)),
});

const drafts = command({
  name: 'orders.drafts',
  need: 'read',
  title: 'Drafts',
  text: 'Drafts with their state, newest first.',
  input: z.strictObject({
    state: z.array(z.enum(DRAFT_STATES)).optional().describe('Only these; default all'),
    limit: z.int().min(1).max(1000).default(100),
  }),
  output: z.array(draftOut),
  run: async ({ state, limit }, { desk, who }) =>
    (await desk.drafts.list({ states: state, accounts: who.accounts, limit })).map(shownDraft),
});

const list = command({
  name: 'orders.list',
  need: 'read',
  title: 'Orders at the gateway',
  text: 'Every order of the login, whoever placed it; with `ended` also those that are over.',
  input: z.strictObject({ ended: z.boolean().default(false), account: account.optional().describe('Only this account') }),
  output: z.array(orderOut),
  async run({ ended, account: asked }, { desk, who, signal }) {
    const mine = asked === undefined ? undefined : accountOf({ desk, who }, asked);
    const all = (await tradesOf(desk, who, { ended, signal })).map(shownTrade);
    return mine === undefined ? all : all.filter((one) => one.account === mine);
  },
});

const get = command({
  name: 'orders.get',
  need: 'read',
  title: 'One draft',
  text: 'A draft with state, preview and outcome. An unknown outcome is asked again.',
  input: z.strictObject({ id }),
  output: draftOut,
  async run(asked, { desk, who }) {
    const found = await desk.drafts.get(asked.id, who);
    if (found.state === 'unknown' && desk.connection.current !== undefined) await desk.recover();
    return shownDraft(await desk.drafts.get(asked.id));
  },
});

const modify = command({
  name: 'orders.modify',
  need: 'approve',
  title: 'Change a working order',
  text: 'Changes price, size, lifetime or dates of an order that this desk placed. The same limits and rules judge it.',
  input: z.strictObject({
    id,
    role: z.enum(ROLES).optional().describe('Of a bracket, which of its orders; default the entry'),
    totalQuantity: positive.optional(),
    lmtPrice: positive.optional(),
    auxPrice: positive.optional().describe('Stop or touched price; distance of a trailing order'),
    trailingPercent: positive.optional(),
    trailStopPrice: positive.optional().describe('Of a trailing order that was sent with one'),
    lmtPriceOffset: positive.optional(),
    tif: z.enum(['DAY', 'GTC']).optional(),
    goodTillDate: wireInstant.optional().describe('Of an order that is good till one; `yyyyMMdd-HH:mm:ss`, UTC'),
    goodAfterTime: wireInstant.optional().describe('Of an order that waits for one; the same form'),
  }),
  output: z.object({ outcome: z.enum(['modified', 'same', 'refused', 'ended']), why: z.string().optional(), draft: draftOut }),
  run: async ({ id: of, ...changes }, { desk, who }) => modifyDraft(desk, of, changes, who),
});

const cancel = command({
  name: 'orders.cancel',
  need: 'propose',
  title: 'Cancel an order',
  text: 'Cancels what is left and waits for the verdict; declines a draft that waits. What has left takes `approve`, save where drafts are sent at once.',
  input: z.strictObject({ id: id.describe('Of the draft, or the order id at the gateway') }),
  output: z.object({ outcome: z.enum(CANCELLED), why: z.string().optional() }),
  run: async (asked, { desk, who, signal }) => cancelDraft(desk, asked.id, who, signal),
});

const cancelEvery = command({
  name: 'orders.cancelAll',
  need: 'approve',
  title: 'Cancel all working orders',
  text:
    'Cancels the orders that work, or those of them that `ids` names, and tells what became of each. What belongs to another client ' +
    'is told as failed, unless `everybody`: then one global cancel ends every order of the login.',
  input: z.strictObject({
    account: account.optional().describe('Only those of this account'),
    ids: z
      .array(id)
      .min(1)
      .max(500)
      .optional()
      .describe('permIds, or order ids where there is none yet, as orders.list shows them'),
    everybody: z.boolean().default(false).describe('One global cancel; not together with `account` or `ids`'),
  }),
  output: z.array(
    z.object({
      orderId: z.int(),
      permId: z.string().optional(),
      symbol: z.string(),
      outcome: z.enum([...CANCELLED, 'failed']),
      why: z.string().optional(),
    }),
  ),
  run: async (asked, { desk, who, signal }) => cancelAll(desk, asked, who, signal),
});

const worst = command({
  name: 'orders.worst',
  need: 'read',
  title: 'What an order at the market would meet',
  text: 'Walks the book as far as it is told now: the worst and the average price of the quantity. Nothing is kept or sent.',
  input: z.strictObject({ ...contractShape, action: z.enum(['BUY', 'SELL']), totalQuantity: positive }),
  output: worstOut,
  run: async (asked, { desk, signal }) => worstPrice(desk, asked, signal),
});

const executions = command({
  name: 'orders.executions',
  need: 'read',
  title: 'Executions',
  text: 'Fills that the desk has seen, newest first, with their commissions as far as they are known.',
  input: z.strictObject({ draftId: id.optional(), limit: z.int().min(1).max(1000).default(100) }),
  output: z.array(fillOut),
  async run({ draftId, limit }, { desk, who }) {
    await desk.follower.settled();
    let query = desk.store.db.selectFrom('fills').selectAll().orderBy('time', 'desc').limit(limit);
    if (who.accounts !== undefined) query = query.where('account', 'in', [...who.accounts]);
    if (draftId !== undefined) query = query.where('draft_id', '=', draftId);
    return (await query.execute()).map(shownFill);
  },
});

export const orderCommands = [
  ...([draft, preview, worst, approve, decline, drafts, list, get, modify, cancel, cancelEvery, executions] as const),
] as const;
