// `web.orders`: judged before the first POST, journalled before it leaves, sent once, and followed by its own reference.

import { createJournal, InputError, type Journal, type OrderDraft, RuleError, type Timer } from 'ibwire';
import { type ContractFacts, check, decisionOf, type Finding } from 'ibwire/rules';
import type { Ask, WebCall } from '../client/ask.js';
import { marketValue } from '../market/value.js';
import { WebRefusal } from '../problem.js';
import type { Question } from './answer.js';
import type { WebOrderOptions, WebOrders, WebPlaceOptions } from './face.js';
import { allFills, wholeOrders } from './lists.js';
import { type LegResult, resolved, round } from './round.js';
import { contractFacts, orderFacts, situationOf } from './situation.js';
import { type Ticket, ticketOf } from './ticket.js';

type Row = Readonly<Record<string, unknown>>;

export interface OrderParts {
  readonly ask: Ask;
  readonly timer: Timer;
  accounts(): readonly string[];
  /** Kind of the account in the broker's words. */
  accountType(account: string): string | undefined;
  positions(account: string, call: WebCall): Promise<readonly Row[]>;
  quote(conId: number, call: WebCall): Promise<Row | undefined>;
  /** @throws when the session is not ready in time */
  ready(call: WebCall): Promise<void>;
}

export function createWebOrders(parts: OrderParts, options: WebOrderOptions): { readonly orders: WebOrders; close(): void } {
  const { ask, timer } = parts;
  const journal: Journal | undefined =
    options.journal === undefined ? undefined : createJournal(options.journal, () => timer.now());
  const used = new Set<string>();
  /** A second round would make an open question stale. */
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };

  const accountFor = (given: string | undefined): string => {
    const accounts = parts.accounts();
    const account = given ?? (accounts.length === 1 ? accounts[0] : undefined);
    if (account === undefined || !accounts.includes(account))
      throw new InputError('account', `one of the ${accounts.length} accounts of the login has to be named`);
    if (!account.startsWith('D') && options.live?.includes(account) !== true)
      throw new InputError(
        'account',
        'is a live account, and `live` of the options does not name it: orders are for paper accounts until it does',
      );
    return account;
  };

  const factsOf = async (conIds: readonly number[], call: WebCall): Promise<ReadonlyMap<number, ContractFacts>> => {
    if (conIds.length === 0) return new Map();
    const answer = (await ask.read('GET /trsrv/secdef', { query: { conids: conIds.join(',') } }, call)) as
      | { secdef?: readonly Row[] }
      | undefined;
    return new Map((answer?.secdef ?? []).map((row) => [Number(row['conid']), contractFacts(row)]));
  };

  const referenceOf = (row: Row | undefined, action: string | undefined): string | undefined => {
    for (const id of action === 'BUY' ? ['86', '31'] : ['84', '31']) {
      const read = marketValue(row?.[id]);
      if (read?.is === 'price') return read.value;
    }
    return undefined;
  };

  const judged = async (
    account: string,
    conId: number,
    orders: readonly OrderDraft[],
    call: WebCall,
  ): Promise<readonly Finding[]> => {
    const untold = (): undefined => undefined;
    const [ledger, positions, listed, quote] = await Promise.all([
      ask.read('GET /portfolio/{accountId}/ledger', { values: [account] }, call).catch(untold),
      parts.positions(account, call).catch(untold),
      wholeOrders(parts, call),
      parts.quote(conId, call).catch(untold),
    ]);
    const conIds = new Set([conId, ...(listed ?? []).flatMap((order) => order.conId ?? [])]);
    const contracts = await factsOf([...conIds], call);
    const contract = contracts.get(conId);
    if (contract === undefined) throw new InputError('contract.conId', `the broker knows no ${conId}`);
    const situation = situationOf({
      account,
      accountType: parts.accountType(account),
      configuredKind: options.kinds?.[account],
      ledger: ledger as Readonly<Record<string, Row>> | undefined,
      positions,
      orders: listed,
      contracts,
      login: parts.accounts(),
    });
    const [parent] = orders;
    const facts = orders.map((order, at) =>
      orderFacts(contract, order, account, referenceOf(quote, order.action), at === 0 ? undefined : parent?.orderRef),
    );
    return check(facts, situation, options.policy, options.guards ?? []);
  };

  /** Judged, journalled, and then handed on to be sent. */
  const cleared = async (
    action: 'place' | 'modify',
    account: string,
    conId: number,
    orders: readonly OrderDraft[],
    call: WebCall,
  ): Promise<void> => {
    const findings = await judged(account, conId, orders, call);
    const passed = decisionOf(findings) !== 'reject';
    for (const order of orders)
      journal?.record({
        event: 'attempt',
        account,
        action,
        passed,
        findings,
        contract: { conId },
        order,
        ...(order.orderRef !== undefined && { orderRef: order.orderRef }),
      });
    if (!passed) throw new RuleError(findings);
  };

  const noted = (account: string, results: readonly LegResult[]): readonly LegResult[] => {
    for (const result of results) {
      const { orderRef } = result;
      if (result.at === 'working')
        journal?.record({ event: 'status', account, orderRef, status: result.status, permId: result.orderId });
      else journal?.record({ event: result.at === 'unknown' ? 'lost' : 'error', account, orderRef, detail: result });
    }
    return results;
  };

  const roundParts = {
    ask,
    timer,
    questions: options.questions ?? {},
    asked: (question: Question, accepted: boolean, declined: readonly string[]) =>
      options.onQuestion?.(question, accepted, declined),
    async listed() {
      const list = await wholeOrders(parts);
      return list === undefined
        ? undefined
        : new Map(list.flatMap((order) => (order.orderRef === undefined ? [] : [[order.orderRef, order] as const])));
    },
  };

  const placeAll = (conId: number, given: readonly OrderDraft[], how: WebPlaceOptions): Promise<readonly LegResult[]> => {
    const account = accountFor(how.account);
    const [parent] = given;
    if (parent === undefined) throw new InputError('orders', 'none is given');
    const tickets: readonly Ticket[] = given.map((order, at) =>
      ticketOf(conId, order, account, at === 0 ? undefined : parent.orderRef),
    );
    const refs = tickets.map(({ cOID = '' }) => cOID);
    for (const [at, ref] of refs.entries())
      if (used.has(ref) || refs.indexOf(ref) !== at)
        throw new InputError('order.orderRef', `${ref} was used before: each order has its own`);
    for (const ref of refs) used.add(ref);
    return alone(async () => {
      try {
        await parts.ready(how);
        how.signal?.throwIfAborted();
        await cleared('place', account, conId, given, how);
      } catch (error) {
        for (const ref of refs) used.delete(ref); // nothing has left
        throw error;
      }
      return noted(account, await round(roundParts, account, tickets, how));
    });
  };

  const orders: WebOrders = {
    async place({ conId }, order, how = {}) {
      const [result] = await placeAll(conId, [order], how);
      return result as LegResult; // one for each
    },
    placeGroup: async ({ conId }, given, how = {}) => placeAll(conId, given, how),
    async modify(orderId, { conId }, order, how = {}) {
      const account = accountFor(how.account);
      const ticket = ticketOf(conId, order, account);
      const orderRef = ticket.cOID ?? '';
      return alone(async () => {
        await parts.ready(how);
        await cleared('modify', account, conId, [order], how);
        const outcome = await ask.once(
          'POST /iserver/account/{accountId}/order/{orderId}',
          { values: [account, orderId], body: ticket },
          'place',
          how,
        );
        if (outcome.at === 'refused' && outcome.why === 'rejected') return { at: 'rejected', orderRef, text: outcome.text };
        const why = outcome.at === 'silence' ? outcome.why : 'the list of orders does not tell';
        const [result] = noted(account, await resolved(roundParts, [orderRef], new Map(), why));
        return result as LegResult;
      });
    },
    async cancel(orderId, how = {}) {
      const account = accountFor(how.account);
      journal?.record({ event: 'attempt', account, action: 'cancel', passed: true, findings: [], permId: orderId });
      const outcome = await ask.once(
        'DELETE /iserver/account/{accountId}/order/{orderId}',
        { values: [account, orderId] },
        'cancel',
        how,
      );
      if (outcome.at === 'refused' && outcome.why === 'rejected') return { at: 'refused', text: outcome.text };
      const found = (await wholeOrders(parts, how))?.find((order) => order.orderId === orderId);
      switch (found?.status) {
        case 'Cancelled':
          return { at: 'cancelled' };
        case 'Filled':
          return { at: 'filled' };
        case undefined:
          return { at: 'unknown', why: 'no list of orders has told of it' };
        default:
          return outcome.at === 'answer' ? { at: 'requested' } : { at: 'unknown', why: 'why' in outcome ? outcome.why : '' };
      }
    },
    async preview({ conId }, order, how = {}) {
      const account = accountFor(how.account);
      await parts.quote(conId, how).catch(() => undefined); // a preview without one may be refused
      const body = { orders: [ticketOf(conId, order, account)] };
      const outcome = await ask.once('POST /iserver/account/{accountId}/orders/whatif', { values: [account], body }, 'read', how);
      if (outcome.at === 'silence') throw new WebRefusal('whatif', { why: 'failed', status: 0, text: outcome.why });
      if (outcome.at === 'refused') throw new WebRefusal('whatif', outcome);
      const { amount, initial, maintenance, equity, warn, error } = outcome.value as Readonly<
        Record<string, Row | string | undefined>
      >;
      if (typeof error === 'string' && error !== '')
        throw new WebRefusal('whatif', { why: 'rejected', status: 200, text: error });
      const word = (row: Row | string | undefined, name: string): string | undefined => {
        const value = typeof row === 'object' ? row[name] : undefined;
        return typeof value === 'string' && value !== '' ? value.replaceAll(',', '') : undefined;
      };
      return {
        commission: word(amount, 'commission'),
        initMarginChange: word(initial, 'change'),
        maintMarginChange: word(maintenance, 'change'),
        equityWithLoanChange: word(equity, 'change'),
        warningText: typeof warn === 'string' && warn !== '' ? warn : undefined,
      };
    },
    judge: async ({ conId }, order, how = {}) => judged(accountFor(how.account), conId, [order], how),
    async all(call) {
      const list = await wholeOrders(parts, call);
      if (list === undefined)
        throw new WebRefusal('GET /iserver/account/orders', {
          why: 'failed',
          status: 200,
          text: 'no list says that it is whole',
        });
      return list;
    },
    executions: (call) => allFills(parts, call),
    async find(orderRef) {
      const [result] = await resolved(roundParts, [orderRef], new Map(), 'no list of orders has it');
      return result as LegResult;
    },
  };
  return { orders, close: () => journal?.close() };
}
