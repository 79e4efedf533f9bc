// `web.orders`: judged before the first POST, journalled before it leaves, sent once, and followed by its own reference.

import { InputError, isPaper, type OrderDraft, RuleError } from 'ibwire';
import { decisionOf } from 'ibwire/rules';
import type { WebCall } from '../client/ask.js';
import { checkNames } from '../names.js';
import { WebRefusal } from '../problem.js';
import { type ConversationParts, conversation, type Said, type Submission } from './conversation.js';
import type { WebCancel, WebOrderOptions, WebOrders, WebPlaceOptions } from './face.js';
import { membersOf, type Referenced } from './group.js';
import { createJudge, type Judged, type JudgeParts } from './judge.js';
import type { ListedOrder } from './listed.js';
import { allFills, wholeOrders } from './lists.js';
import { changed } from './modified.js';
import { createNotes } from './notes.js';
import { tried } from './preview.js';
import { answered, type LegResult, resolved } from './round.js';
import { createSentOrders } from './sent.js';
import { checkReference, ticketOf } from './ticket.js';

export interface OrderParts extends Omit<JudgeParts, 'preview'> {
  /** @throws when the session is not ready in time */
  ready(call: WebCall): Promise<void>;
}

const PLACE = 'POST /iserver/account/{accountId}/orders';
const CHANGE = 'POST /iserver/account/{accountId}/order/{orderId}';
const CANCEL = 'DELETE /iserver/account/{accountId}/order/{orderId}';

export function createWebOrders(parts: OrderParts, options: WebOrderOptions): { readonly orders: WebOrders; close(): void } {
  checkNames<WebOrderOptions>(
    options,
    { questions: true, onQuestion: true, journal: true, kinds: true, policy: true, guards: true, live: true },
    'orders.',
  );
  const { ask, timer } = parts;
  const notes = createNotes(options.journal, timer);
  const sent = createSentOrders();
  const preview: JudgeParts['preview'] = (...trial) => tried(ask, ...trial);
  const judge = createJudge({ ...parts, preview }, options, sent);
  const used = new Set<string>();
  /** One submission at a time: a second one would make an open question stale. */
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };

  const accountOf = (given: string | undefined, order: OrderDraft | undefined, isReading = false): string => {
    const accounts = parts.accounts();
    const named = given ?? order?.account;
    if (order?.account !== undefined && order.account !== named)
      throw new InputError('order.account', 'is another one than the account of the options');
    const account = named ?? (accounts.length === 1 ? accounts[0] : undefined);
    if (account === undefined || !accounts.includes(account))
      throw new InputError('account', `one of the ${accounts.length} accounts of the login has to be named`);
    if (!isReading && !isPaper(account) && options.live?.includes(account) !== true)
      throw new InputError(
        'account',
        'is a live account, and `orders.live` does not name it: orders are for paper accounts until it does',
      );
    return account;
  };

  const conversationParts: ConversationParts = {
    ask,
    timer,
    questions: options.questions ?? {},
    asked: (question, accepted, declined) => options.onQuestion?.(question, accepted, declined),
  };
  const lookParts = {
    timer,
    async listed() {
      const list = await wholeOrders(parts);
      return list === undefined
        ? undefined
        : new Map(list.flatMap((order) => (order.orderRef === undefined ? [] : [[order.orderRef, order] as const])));
    },
  };

  /** Journalled, and refused where the rules say so. */
  const cleared = (
    action: 'place' | 'modify',
    account: string,
    orders: readonly OrderDraft[],
    conId: number,
    { findings }: Judged,
  ): void => {
    const passed = decisionOf(findings) !== 'reject';
    for (const order of orders)
      notes.attempt(account, action, passed, { findings, contract: { conId }, order, orderRef: order.orderRef });
    if (!passed) throw new RuleError(findings);
  };

  /** What has left counts until it is known not to be there. */
  const settle = (account: string, results: readonly LegResult[], changes?: string): readonly LegResult[] => {
    for (const result of results) if (result.at === 'rejected' || result.at === 'declined') sent.drop(result.orderRef, changes);
    notes.outcomes(account, results);
    return results;
  };

  const placeAll = async (conId: number, given: readonly Referenced[], how: WebPlaceOptions): Promise<readonly LegResult[]> => {
    checkPlace(how);
    const [parent] = given;
    const refs = given.map(({ orderRef }) => orderRef);
    for (const [at, order] of given.entries()) ticketOf(conId, order, '', { parentRef: at === 0 ? undefined : refs[0] });
    for (const [at, ref] of refs.entries())
      if (used.has(ref) || refs.indexOf(ref) !== at) throw new InputError('order.orderRef', usedBefore(ref));
    for (const ref of refs) used.add(ref);
    let account = '';
    let said: Said;
    try {
      said = await alone(async () => {
        await parts.ready(how);
        account = accountOf(how.account, parent);
        for (const order of given) accountOf(account, order);
        const judged = await judge(account, conId, given, how);
        const before = judged.listed?.find(({ orderRef }) => orderRef !== undefined && refs.includes(orderRef));
        if (before !== undefined) throw new InputError('order.orderRef', usedBefore(before.orderRef ?? ''));
        cleared('place', account, given, conId, judged);
        const tickets = given.map((order, at) => ticketOf(conId, order, account, { parentRef: at === 0 ? undefined : refs[0] }));
        for (const [at, facts] of judged.facts.entries()) sent.add(refs[at] ?? '', facts, timer.now());
        const send: Submission['send'] = () => ask.once(PLACE, { values: [account], body: { orders: tickets } }, 'place', how);
        return conversation(conversationParts, { account, send, timeout: how.timeout });
      });
    } catch (error) {
      // Nothing has left: the references are free, and the journal says so.
      for (const ref of refs) {
        used.delete(ref);
        sent.never(ref);
      }
      notes.never(account, refs, error);
      throw error;
    }
    const known = answered(said, refs);
    return settle(account, await resolved(lookParts, refs, said, known));
  };

  const modify: WebOrders['modify'] = async (orderId, { conId }, order, how = {}) => {
    checkPlace(how);
    checkReference(order.orderRef);
    const { orderRef } = order;
    ticketOf(conId, order, '');
    let account = '';
    let said: Said;
    try {
      said = await alone(async () => {
        await parts.ready(how);
        account = accountOf(how.account, order);
        const judged = await judge(account, conId, [order], how, { changes: orderId });
        checkChange(judged.listed, orderId, conId, order);
        cleared('modify', account, [order], conId, judged);
        const [facts] = judged.facts;
        if (facts !== undefined) sent.add(orderRef, facts, timer.now(), orderId);
        const body = ticketOf(conId, order, account);
        const send: Submission['send'] = () => ask.once(CHANGE, { values: [account, orderId], body }, 'place', how);
        return conversation(conversationParts, { account, send, changes: orderId, timeout: how.timeout });
      });
    } catch (error) {
      sent.never(orderRef, orderId);
      notes.never(account, [orderRef], error);
      throw error;
    }
    const [result] = settle(account, [await changed(parts, orderId, order, said)], orderId);
    return result as LegResult; // one for each
  };

  const cancel: WebOrders['cancel'] = async (orderId, how = {}): Promise<WebCancel> => {
    checkPlace(how);
    await parts.ready(how);
    const account = accountOf(how.account, undefined);
    notes.attempt(account, 'cancel', true, { findings: [], permId: orderId });
    const outcome = await ask.once(CANCEL, { values: [account, orderId] }, 'cancel', how);
    if (outcome.at === 'refused' && outcome.why === 'rejected') return { at: 'refused', text: outcome.text };
    const found = (await wholeOrders(parts, { timeout: how.timeout }))?.find((order) => order.orderId === orderId);
    switch (found?.status) {
      case 'Cancelled':
        return { at: 'cancelled' };
      case 'Filled':
        return { at: 'filled' };
      case undefined:
        return { at: 'unknown', why: 'no list of orders has told of it' };
      default:
        if (outcome.at === 'answer') return { at: 'requested' };
        return { at: 'unknown', why: outcome.at === 'silence' ? outcome.why : `${outcome.status} ${outcome.text}`.trim() };
    }
  };

  const orders: WebOrders = {
    async place({ conId }, order, how = {}) {
      checkReference(order.orderRef);
      const [result] = await placeAll(conId, [{ ...order, orderRef: order.orderRef }], how);
      return result as LegResult; // one for each
    },
    placeGroup: async ({ conId }, given, how = {}) => placeAll(conId, membersOf(given), how),
    modify,
    cancel,
    async preview({ conId }, order, how = {}) {
      checkPlace(how);
      await parts.ready(how);
      const account = accountOf(how.account, order, true);
      await parts.quote(conId, how).catch(() => undefined); // a preview without one may be refused
      // Whatever is submitted makes an open question stale: a trial too.
      return alone(() => tried(ask, account, conId, order, how));
    },
    async judge({ conId }, order, how = {}) {
      checkPlace(how);
      await parts.ready(how);
      return alone(
        async () => (await judge(accountOf(how.account, order, true), conId, [order], how, { isTrial: true })).findings,
      );
    },
    async all(call) {
      const list = await wholeOrders(parts, call);
      if (list !== undefined) return list;
      const text = 'no list says that it is whole';
      throw new WebRefusal('GET /iserver/account/orders', { why: 'failed', status: 200, text });
    },
    executions: (call) => allFills(parts, call),
    async find(orderRef) {
      const [result] = await resolved(lookParts, [orderRef], { at: 'unknown', why: 'no list of orders has it', legs: [] });
      return result as LegResult;
    },
    dismiss: sent.dismiss,
  };
  return { orders, close: () => notes.close() };
}

const usedBefore = (ref: string): string => `${ref} was used before: each order has its own`;

const checkPlace = (how: WebPlaceOptions): void =>
  checkNames<WebPlaceOptions>(how, { account: true, signal: true, timeout: true });

/** A change keeps what an order is. */
function checkChange(
  listed: readonly ListedOrder[] | undefined,
  orderId: string,
  conId: number,
  { action, orderRef }: OrderDraft,
): void {
  const found = listed?.find((order) => order.orderId === orderId);
  if (listed !== undefined && found === undefined)
    throw new InputError('orderId', `no order of the day is ${orderId}: it is the broker's id, as \`orders.all\` lists it`);
  const keeps: readonly (readonly [string, unknown, unknown])[] = [
    ['order.action', found?.action, action],
    ['contract.conId', found?.conId, conId],
    ['order.orderRef', found?.orderRef, orderRef],
  ];
  for (const [field, was, is] of keeps)
    if (was !== undefined && was !== is) throw new InputError(field, `a change keeps it: the order has ${String(was)}`);
}
