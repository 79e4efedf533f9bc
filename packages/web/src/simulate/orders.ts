// Orders of the simulated web gateway: questions, legs, lists. What is placed here is seen at the socket, and the other way round.

import type { OrderSummary } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import {
  type Answer,
  type Asked,
  type Door,
  empty,
  error,
  type Handler,
  json,
  type PendingReply,
  refused,
  type Ticket,
  text,
} from './door.js';
import { instrumentOf } from './market.js';
import { found, statusWord } from './order-lists.js';

const TYPES: Readonly<Record<string, string>> = { STOP_LIMIT: 'STP LMT', TRAILLMT: 'TRAIL LIMIT' };
const word = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const number = (value: unknown): number | undefined =>
  value === undefined || value === null || value === '' ? undefined : Number(value);

type Found = NonNullable<ReturnType<typeof instrumentOf>>;
const contractOf = ({ conId, symbol, secType, exchange, currency }: Found) => ({ conId, symbol, secType, exchange, currency });

/** A ticket in the engine's words, to be placed or only tried. */
const termsOf = (account: string, ticket: Ticket) => ({
  account,
  action: word(ticket['side']),
  orderType: TYPES[word(ticket['orderType'])] ?? word(ticket['orderType']),
  totalQuantity: word(ticket['quantity']),
  lmtPrice: number(ticket['price']),
  auxPrice: number(ticket['auxPrice']),
  tif: word(ticket['tif']),
  orderRef: word(ticket['cOID']),
  outsideRth: ticket['outsideRTH'] === true,
});

/** Puts one ticket to the engine; its answer as one leg. */
function put(door: Door, account: string, ticket: Ticket, orderId: number, parentId: number, isLast: boolean): object {
  const instrument = instrumentOf(door, word(ticket['conid'] ?? ticket['conidex']));
  if (instrument === undefined) return { order_id: '-1', order_status: 'Failed', text: 'unknown contract' };
  const said = door.gateway.engine.place(door.clientId, orderId, contractOf(instrument), {
    ...termsOf(account, ticket),
    parentId,
    transmit: isLast,
    ...(ticket['isSingleGroup'] === true && { ocaGroup: `${account} ${word(ticket['parentId'])}`, ocaType: 2 }),
  });
  const failed = said.find(
    (event) => event.kind === 'error' && (event.errorCode < 2100 || event.errorCode > 2200) && event.errorCode !== 399,
  );
  const order = ofEngine(door, orderId);
  if (order === undefined || (failed?.kind === 'error' && !isLive(order)))
    return {
      order_id: '-1',
      order_status: 'Failed',
      text: failed?.kind === 'error' ? failed.errorMsg : 'refused',
      local_order_id: word(ticket['cOID']),
    };
  return { order_id: order.permId, order_status: statusWord(order), encrypt_message: '1', local_order_id: word(ticket['cOID']) };
}

const ofEngine = (door: Door, orderId: number): OrderSummary | undefined =>
  door.gateway.orders.find((one) => one.clientId === door.clientId && one.orderId === orderId);
const isLive = ({ status }: OrderSummary): boolean =>
  /^(?:PendingSubmit|PreSubmitted|Submitted|Filled|PendingCancel)$/.test(status);

/** What becomes of tickets that nobody asks about any more. */
function submit(door: Door, { account, tickets, changes }: Omit<PendingReply, 'replyId'>): Answer {
  const [ticket = {}] = tickets;
  if (changes !== undefined) {
    const { orderId, order } = changes;
    return json([put(door, account, { ...ticket, cOID: order.orderRef }, orderId, order.parentId ?? 0, true)]);
  }
  const parents = new Map<string, number>();
  const legs = tickets.map((ticket, at) => {
    const cOID = word(ticket['cOID']);
    const isChild = word(ticket['parentId']) !== '';
    if (isChild && door.faults.refuseChildren)
      return {
        order_id: '-1',
        order_status: 'Failed',
        text: 'The size does not conform to the minimum variation.',
        local_order_id: cOID,
      };
    const orderId = door.gateway.engine.nextValidId(door.clientId);
    const hasChildren = tickets.slice(at + 1).some((other) => other['parentId'] !== undefined) && !door.faults.refuseChildren;
    const leg = put(door, account, ticket, orderId, parents.get(word(ticket['parentId'])) ?? 0, !hasChildren);
    parents.set(cOID, orderId);
    if (cOID !== '') door.references.set(cOID, account);
    return leg;
  });
  if (tickets.length === 1 && 'order_id' in (legs[0] ?? {}) && (legs[0] as { order_id: string }).order_id === '-1')
    return refused((legs[0] as { text: string }).text);
  const { failedChildFirst, legsWithoutReference, bareErrorForChild } = door.faults;
  const failed = legs.find(failedLeg);
  if (bareErrorForChild && failed !== undefined) return refused((failed as { text: string }).text);
  const sorted = failedChildFirst ? [...legs].sort((a, b) => Number(failedLeg(b)) - Number(failedLeg(a))) : legs;
  return json(legsWithoutReference ? sorted.map((leg) => ({ ...leg, local_order_id: undefined })) : sorted);
}

const failedLeg = (leg: object): boolean => (leg as { order_id: string }).order_id === '-1';

function ask(door: Door, pending: Omit<PendingReply, 'replyId'>): Answer {
  const replyId = `q-${door.next()}-${Math.abs(Math.sin(door.next()) * 1e9).toFixed(0)}`;
  door.session.pending = { ...pending, replyId };
  const [first = ''] = pending.messageIds;
  return json([
    {
      id: replyId,
      message: [`Question ${first}: are you sure you want to submit this order?`],
      isSuppressed: false,
      messageIds: [first],
      messageOptions: ['Yes', 'No'],
    },
  ]);
}

const PROMPT_OPTIONS = ['Use on this order', 'Always use', 'Do not use'];

/** Whatever is submitted, a new order or a change: questions first, and what goes wrong on the way. */
function arrive(door: Door, arrived: Omit<PendingReply, 'replyId' | 'messageIds'>): Answer | 'lost' {
  const { faults, session } = door;
  if (faults.placeUnauthorised > 0) {
    faults.placeUnauthorised -= 1;
    return text('Unauthorized', 401);
  }
  if (faults.placeTooFast > 0) {
    faults.placeTooFast -= 1;
    return json({ error: 'Too many requests' }, 429);
  }
  // Whatever is submitted makes an open question stale.
  if (session.pending !== undefined) session.stale.add(session.pending.replyId);
  session.pending = undefined;
  if (arrived.changes === undefined)
    for (const ticket of arrived.tickets)
      if (door.references.has(word(ticket['cOID'])))
        return refused(`Local order ID=${word(ticket['cOID'])} is already registered.`);
  const wanted = faults.questionsNow === 'always' || door.next() % 2 === 0 ? faults.questions : [];
  const messageIds = wanted.filter((id) => !session.suppressed.has(id));
  if (messageIds.length > 0) return ask(door, { ...arrived, messageIds });
  if (faults.prompt !== undefined) {
    const [orderId, reqId] = [String(900_000 + door.next()), String(door.next())];
    session.prompted = { orderId, reqId, of: { ...arrived, replyId: reqId, messageIds: [] } };
    const asked = { text: `Prompt ${faults.prompt}`, options: PROMPT_OPTIONS, type: 'M', messageId: faults.prompt };
    return json({ orderId: Number(orderId), reqId, dismissable: [], ...asked, prompt: true });
  }
  const answer = submit(door, { ...arrived, messageIds });
  if (faults.placeBusyThenLive > 0) {
    faults.placeBusyThenLive -= 1;
    return empty(503);
  }
  if (faults.placeAnswerLost > 0) {
    faults.placeAnswerLost -= 1;
    return 'lost';
  }
  return answer;
}

function begin(door: Door, { values: [account = ''], body }: Asked): Answer | 'lost' {
  if (!door.session.accountsAsked) return error('Bad Request: Please query /accounts first', 400);
  if (!door.gateway.accounts.includes(account)) return error('unknown account', 400);
  const tickets = ((body as { orders?: readonly Ticket[] } | undefined)?.orders ?? []) as readonly Ticket[];
  if (tickets.length === 0) return error('Bad Request: no orders', 400);
  return arrive(door, { account, tickets, changes: undefined });
}

function reply(door: Door, { values: [replyId = ''], body }: Asked): Answer {
  const { session, faults } = door;
  if (session.stale.has(replyId)) return json({ error: 'Service Unavailable', statusCode: 503 }, 503);
  const { pending } = session;
  if (pending === undefined || pending.replyId !== replyId) return error(`reply id not found: '${replyId}'`, 400);
  session.pending = undefined;
  if ((body as { confirmed?: unknown } | undefined)?.confirmed !== true) return json({ error: 'Order not confirmed ' });
  const [, ...rest] = pending.messageIds;
  if (rest.length > 0) return ask(door, { ...pending, messageIds: rest });
  const answer = submit(door, pending);
  if (faults.replyBusyThenLive > 0) {
    faults.replyBusyThenLive -= 1;
    return json({ error: 'Service Unavailable', statusCode: 503 }, 503);
  }
  return answer;
}

export const orderHandlers = {
  'POST /iserver/account/{accountId}/orders': begin,
  'POST /iserver/reply/{replyId}': reply,
  'POST /iserver/notification': (door, { body }) => {
    const { prompted } = door.session;
    const { reqId, text: option } = (body ?? {}) as { reqId?: unknown; text?: unknown };
    if (prompted === undefined || prompted.reqId !== String(reqId) || !PROMPT_OPTIONS.includes(String(option)))
      return error('unknown notification', 400);
    door.session.prompted = undefined;
    submit(door, prompted.of);
    return text('Request was submitted', 200);
  },
  'DELETE /iserver/account/{accountId}/order/{orderId}': (door, { values: [account, orderId = ''] }) => {
    if (door.session.prompted?.orderId === orderId) {
      door.session.prompted = undefined;
      return json({ msg: 'Request was submitted', order_id: Number(orderId), conid: -1, account });
    }
    const one = found(door, orderId);
    if (one === undefined) return refused(`OrderID ${orderId} doesn't exist`);
    if (!isLive(one) || statusWord(one) === 'Filled') return refused('Order is inactive');
    door.gateway.engine.cancel(one.clientId, one.orderId);
    return json({
      msg: 'Request was submitted',
      order_id: Number(orderId),
      conid: one.contract.conId,
      account: one.order.account,
    });
  },
  'POST /iserver/account/{accountId}/order/{orderId}': (door, { values: [account = '', orderId = ''], body }) => {
    const one = found(door, orderId);
    if (one === undefined) return refused(`OrderID ${orderId} doesn't exist`);
    if (one.clientId !== door.clientId) return refused('Order was entered elsewhere');
    if (!isLive(one) || statusWord(one) === 'Filled') return refused('Order is inactive');
    return arrive(door, { account, tickets: [body as Ticket], changes: one });
  },
  'POST /iserver/account/{accountId}/orders/whatif': (door, { values: [account = ''], body }) => {
    const [ticket = {}] = ((body as { orders?: readonly Ticket[] } | undefined)?.orders ?? []) as readonly Ticket[];
    const instrument = instrumentOf(door, word(ticket['conid']));
    if (instrument === undefined) return error('unknown contract', 400);
    const said = door.gateway.engine.place(
      door.clientId,
      door.gateway.engine.nextValidId(door.clientId),
      contractOf(instrument),
      {
        ...termsOf(account, ticket),
        whatIf: true,
        transmit: true,
      },
    );
    const state = said.flatMap((event) => (event.kind === 'openOrder' ? [event.orderState] : []))[0];
    const failed = said.flatMap((event) => (event.kind === 'error' ? [event.errorMsg] : []))[0];
    const money = (amount: number | undefined): string => (amount ?? 0).toLocaleString('en-US', { maximumFractionDigits: 2 });
    const change = (before?: number, by?: number, after?: number) => ({
      current: money(before),
      change: money(by),
      after: money(after),
    });
    return json({
      amount: {
        amount: '',
        commission: `${money(state?.commissionAndFees)} ${state?.commissionAndFeesCurrency ?? 'USD'}`,
        total: '',
      },
      equity: change(state?.equityWithLoanBefore, state?.equityWithLoanChange, state?.equityWithLoanAfter),
      initial: change(state?.initMarginBefore, state?.initMarginChange, state?.initMarginAfter),
      maintenance: change(state?.maintMarginBefore, state?.maintMarginChange, state?.maintMarginAfter),
      warn: null,
      error: failed ?? null,
    });
  },
} satisfies Partial<Record<EndpointName, Handler>>;
