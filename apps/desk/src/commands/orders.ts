// Orders: one way through. A draft is previewed, approved by somebody who may, sent, and followed to its end.

import type { OrderDraft, Trade } from 'ibwire';
import * as z from 'zod';
import { tradesOf } from '../orders/at-gateway.js';
import { cancelDraft, modifyDraft } from '../orders/change.js';
import { fillOut, shownFill } from '../orders/fills.js';
import { draftOut, previewOut, shownDraft } from '../orders/record.js';
import { DRAFT_STATES } from '../orders/states.js';
import { draftInput, exitsOf, termsOf } from '../orders/terms.js';
import { qualified, shownContract } from '../session/contract.js';
import { partOfRef, ROLES } from '../store/journal-line.js';
import { accountOf } from './accounts.js';
import { command } from './command.js';
import { account, contractOut, decimal, positive } from './schemas.js';

const id = z.string().min(1).max(40);

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

export const orderOut = z
  .object({
    draftId: z.string().optional().describe('Absent: not placed through this desk'),
    role: z.string().optional().describe('Within its draft: entry, or takeProfit or stopLoss of a bracket'),
    orderId: z.int(),
    permId: z.string().optional(),
    clientId: z.int(),
    account: z.string(),
    contract: contractOut,
    action: z.string(),
    orderType: z.string(),
    quantity: decimal.optional(),
    filled: decimal,
    remaining: decimal.optional(),
    averagePrice: decimal.optional(),
    lmtPrice: decimal.optional(),
    auxPrice: decimal.optional(),
    tif: z.string().optional(),
    state: z
      .string()
      .describe('waiting, sent, pending, accepted, working, cancelling, inactive, unclear, filled, cancelled, rejected'),
    status: z.string().optional().describe("The gateway's word"),
  })
  .meta({ id: 'Order' });

export function shownTrade(trade: Trade): z.input<typeof orderOut> {
  const terms = trade.draft ?? trade.reported;
  const price = (value: number | undefined): string | undefined =>
    value === undefined || value === 0 || Math.abs(value) > 1e300 ? undefined : String(value);
  const [lmtPrice, auxPrice] = [price(terms?.lmtPrice), price(terms?.auxPrice)];
  const { orderRef, remaining, averagePrice, total, permId } = trade;
  const status = trade.statuses.at(-1)?.status;
  return {
    ...partOfRef(orderRef),
    orderId: trade.orderId,
    ...(permId === undefined ? {} : { permId }),
    clientId: trade.clientId,
    account: trade.account ?? '',
    contract: shownContract((trade.contract ?? {}) as Parameters<typeof shownContract>[0]),
    action: terms?.action ?? '',
    orderType: terms?.orderType ?? '',
    ...(total === undefined ? {} : { quantity: total.toFixed() }),
    filled: trade.filledQuantity.toFixed(),
    ...(remaining === undefined ? {} : { remaining: remaining.toFixed() }),
    ...(averagePrice === undefined ? {} : { averagePrice: averagePrice.toFixed() }),
    ...(lmtPrice === undefined ? {} : { lmtPrice }),
    ...(auxPrice === undefined ? {} : { auxPrice }),
    ...(terms?.tif ? { tif: terms.tif } : {}),
    state: trade.state.at,
    ...(status === undefined ? {} : { status }),
  };
}

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
  text: 'Changes price, size or lifetime of an order that this desk placed. The same limits and rules judge it.',
  input: z.strictObject({
    id,
    role: z.enum(ROLES).optional().describe('Of a bracket, which of its orders; default the entry'),
    totalQuantity: positive.optional(),
    lmtPrice: positive.optional(),
    auxPrice: positive.optional(),
    tif: z.enum(['DAY', 'GTC']).optional(),
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
  output: z.object({ outcome: z.enum(['cancelled', 'filled', 'rejected', 'refused', 'declined']), why: z.string().optional() }),
  run: async (asked, { desk, who, signal }) => cancelDraft(desk, asked.id, who, signal),
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

export const orderCommands = [draft, preview, approve, decline, drafts, list, get, modify, cancel, executions] as const;
