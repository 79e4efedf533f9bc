// Reads what the account rules have to know of an account, and judges by it.

import { InputError, type OrderDraft, type Timer } from 'ibwire';
import {
  type ContractFacts,
  check,
  decisionOf,
  type Finding,
  type OrderFacts,
  type SeenPrice,
  type WhatIfAnswer,
} from 'ibwire/rules';
import type { Ask, WebCall } from '../client/ask.js';
import { decimalText } from '../endpoints/decode.js';
import { dataKind, marketValue } from '../market/value.js';
import type { WebOrderOptions, WebPreview } from './face.js';
import type { ListedFill, ListedOrder } from './listed.js';
import { allFills, wholeOrders } from './lists.js';
import type { SentOrders } from './sent.js';
import { contractFacts, orderFacts, situationOf, type WebSituation } from './situation.js';

type Row = Readonly<Record<string, unknown>>;

export interface JudgeParts {
  readonly ask: Ask;
  readonly timer: Timer;
  accounts(): readonly string[];
  /** Kind of the account in the broker's words. */
  accountType(account: string): string | undefined;
  baseCurrency(account: string): string | undefined;
  /** Rows that the broker may have kept for minutes. */
  positions(account: string, call: WebCall): Promise<readonly Row[]>;
  quote(conId: number, call: WebCall): Promise<Row | undefined>;
  /** Tries an order at the broker, within the turn of whoever judges. */
  preview(account: string, conId: number, order: OrderDraft, call: WebCall): Promise<WebPreview>;
}

export interface Judged {
  readonly findings: readonly Finding[];
  /** The orders as the rules have read them, in their order. */
  readonly facts: readonly OrderFacts[];
  /** Every order of the day; undefined: no whole list came. */
  readonly listed: readonly ListedOrder[] | undefined;
}

export type Judge = (
  account: string,
  conId: number,
  orders: readonly OrderDraft[],
  call: WebCall,
  how?: {
    /** The order that these are new terms of. */
    readonly changes?: string;
    /** Nothing leaves: lists that were read seconds ago will do. */
    readonly isTrial?: boolean;
  },
) => Promise<Judged>;

/** So many contracts in one question. */
const MOST_CONIDS = 200;
/** The broker keeps answers about portfolios so long. */
const KEPT = 600_000;

const LISTS_KEPT = 5_000;

const untold = (): undefined => undefined;

export function createJudge(parts: JudgeParts, options: WebOrderOptions, sent: SentOrders): Judge {
  const { ask, timer } = parts;

  const factsOf = async (conIds: readonly number[], call: WebCall): Promise<ReadonlyMap<number, ContractFacts>> => {
    const found = new Map<number, ContractFacts>();
    for (let at = 0; at < conIds.length; at += MOST_CONIDS) {
      const conids = conIds.slice(at, at + MOST_CONIDS).join(',');
      const answer = (await ask.read('GET /trsrv/secdef', { query: { conids } }, call)) as
        | { secdef?: readonly Row[] }
        | undefined;
      for (const row of answer?.secdef ?? []) found.set(Number(row['conid']), contractFacts(row));
    }
    return found;
  };

  /** The list that the broker does not keep; where it is away, the kept one, with when it may be of. */
  const freshPositions = async (
    account: string,
    call: WebCall,
  ): Promise<{ readonly rows: readonly Row[]; readonly at: number | undefined } | undefined> => {
    const fresh = await ask.read('GET /portfolio2/{accountId}/positions', { values: [account] }, call).catch(untold);
    if (Array.isArray(fresh)) return { rows: fresh as readonly Row[], at: undefined };
    const rows = await parts.positions(account, call).catch(untold);
    return rows === undefined ? undefined : { rows, at: timer.now() - KEPT };
  };

  const priceOf = (row: Row | undefined, ...ids: readonly string[]): string | undefined => {
    for (const id of ids) {
      const read = marketValue(row?.[id]);
      if (read?.is === 'price') return read.value;
    }
    return undefined;
  };
  /** It was asked for just now: what is old or stands still says so by its letters. */
  const seenIn = (row: Row | undefined): SeenPrice | undefined => {
    const price = priceOf(row, '31');
    return price === undefined ? undefined : { price, ageSeconds: 0, source: dataKind(row?.['6509']) };
  };
  const whatIf = async (account: string, conId: number, order: OrderDraft, call: WebCall): Promise<WhatIfAnswer> => {
    const { initMarginChange, maintMarginChange } = await parts.preview(account, conId, order, call);
    const amount = (text: string | undefined): string | undefined => decimalText(text?.split(' ')[0]);
    return { initMarginChange: amount(initMarginChange), maintMarginChange: amount(maintMarginChange) };
  };

  /** The lists as they were read last: they may be asked for once in five seconds. */
  let lists: { readonly at: number; readonly listed: readonly ListedOrder[]; readonly fills: readonly ListedFill[] } | undefined;
  const readLists = async (call: WebCall, isTrial: boolean) => {
    if (isTrial && lists !== undefined && timer.now() - lists.at < LISTS_KEPT) return [lists.listed, lists.fills] as const;
    const [listed, fills] = await Promise.all([wholeOrders(parts, call), allFills(parts, call).catch(untold)]);
    if (listed !== undefined && fills !== undefined) lists = { at: timer.now(), listed, fills };
    return [listed, fills] as const;
  };

  return async (account, conId, orders, call, { changes, isTrial = false } = {}) => {
    const [ledger, totals, positions, [listed, fills], quote] = await Promise.all([
      ask.read('GET /portfolio/{accountId}/ledger', { values: [account] }, call).catch(untold),
      ask.read('GET /portfolio/{accountId}/summary', { values: [account] }, call).catch(untold),
      freshPositions(account, call),
      readLists(call, isTrial),
      parts.quote(conId, call).catch(untold),
    ]);
    call.signal?.throwIfAborted();
    const conIds = new Set([conId]);
    for (const one of [...(listed ?? []), ...(fills ?? [])]) if (one.conId !== undefined) conIds.add(one.conId);
    for (const row of positions?.rows ?? []) if (Number(row['conid']) > 0) conIds.add(Number(row['conid']));
    const contracts = await factsOf([...conIds], call);
    const contract = contracts.get(conId);
    if (contract === undefined) throw new InputError('contract.conId', `the broker knows no ${conId}`);
    const now = timer.now();
    const read = situationOf({
      account,
      accountType: parts.accountType(account),
      configuredKind: options.kinds?.[account],
      baseCurrency: parts.baseCurrency(account),
      ledger: ledger as Readonly<Record<string, Row>> | undefined,
      totals: totals as Readonly<Record<string, Row>> | undefined,
      positions: positions?.rows,
      positionsAt: positions?.at,
      orders: listed,
      fills,
      unseen: sent.unseen(listed ?? [], account, now),
      changesOf: sent.changesOf,
      answerOf: sent.answerOf,
      sent: sent.all(now),
      contracts,
      login: parts.accounts(),
      now,
    });
    const [parent] = orders;
    const factsWith = (answer?: WhatIfAnswer): readonly OrderFacts[] =>
      orders.map((order, at) =>
        orderFacts(contract, order, account, {
          answer,
          reference: priceOf(quote, order.action === 'BUY' ? '86' : '84', '31'),
          seen: seenIn(quote),
          now,
          parentId: at === 0 ? undefined : parent?.orderRef,
          orderId: changes,
        }),
      );
    const facts = factsWith();
    const findings = findingsOf(facts, read, options);
    const [only, another] = orders;
    if (only === undefined || another !== undefined || !findings.some(({ code }) => code === 'MARGIN-NEEDS-WHATIF'))
      return { findings, facts, listed };
    // Margin that is not estimated here is asked of the broker; where that fails, the order stays.
    const answer = await whatIf(account, conId, only, call).catch(untold);
    if (answer === undefined) return { findings, facts, listed };
    const asked = factsWith(answer);
    return { findings: findingsOf(asked, read, options), facts: asked, listed };
  };
}

/**
 * Where nobody has told how much is settled, an order is refused that all of the cash would not do for, and taken that none of it
 * has to do for; what lies between is refused because it is not known.
 */
function findingsOf(
  facts: readonly OrderFacts[],
  { situation, unsettled }: WebSituation,
  { policy, guards = [] }: WebOrderOptions,
): readonly Finding[] {
  const judge = (settledCash: Readonly<Record<string, string>>, picture = situation.picture): readonly Finding[] =>
    check(facts, { ...situation, settledCash, picture }, policy, guards);
  const isRefused = (findings: readonly Finding[]): boolean => decisionOf(findings) === 'reject';
  const { cash, settledCash = {}, picture } = situation;
  if (unsettled.length === 0 || picture === undefined) return judge(settledCash);
  const most = { ...settledCash, ...Object.fromEntries(unsettled.map((currency) => [currency, cash[currency] ?? '0'])) };
  const best = judge(most);
  if (isRefused(best)) return best;
  const worst = judge(settledCash);
  if (!isRefused(worst)) return worst;
  const why = `of ${unsettled.join(', ')} nobody has told how much is settled`;
  const unknown = judge(most, { ...picture, cash: { at: 'stale', why } });
  return isRefused(unknown) ? unknown : worst;
}
