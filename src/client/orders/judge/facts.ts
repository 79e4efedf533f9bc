// Orders and contracts of the client as the account rules read them.
import { contradictionsOf } from '../../../rules/facts/contradiction.js';
import { unjudgedOf } from '../../../rules/fields.js';
import type { ComboLeg, ContractFacts, OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { DetailsMessage } from '../../contracts/facade.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { OrderDraft } from '../draft.js';
import type { SeenPrice } from '../guards/guard.js';
import type { RuledOrder } from '../policy.js';
import type { ReportedOrder, TradedContract } from '../record/trade-types.js';
import type { InstructionDraft } from '../send/exercise.js';
import type { Trade } from '../trade.js';

/** What the gateway does not tell of a contract: exercise style, settlement, partnership, margin of a future. */
export type ExtraFacts = (contract: TradedContract) => Partial<ContractFacts> | undefined;

/** Decimal text without exponent, as the rules read it. */
export function plain(value: number | string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  const text = String(value);
  if (!/e/i.test(text)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? number.toFixed(18).replace(/0+$/, '').replace(/\.$/, '') : undefined;
}

interface Remembered {
  version: number;
  readonly facts: Map<string, ContractFacts>;
}

const remembered = new WeakMap<Knowledge, Remembered>();

/** The facts of a contract: the same object while nothing new is learned, so that the rules read each contract once. */
export function contractFacts(contract: TradedContract, known: Knowledge, extra: ExtraFacts | undefined): ContractFacts {
  const { conId, exchange, secType, strike, right, multiplier, lastTradeDateOrContractMonth, tradingClass } = contract;
  if (conId === undefined || conId === 0 || secType === 'BAG') return makeFacts(contract, known, extra);
  const memory = remembered.get(known) ?? { version: known.version, facts: new Map<string, ContractFacts>() };
  remembered.set(known, memory);
  if (memory.version !== known.version || memory.facts.size > 20_000) memory.facts.clear();
  memory.version = known.version;
  const key = `${conId}|${exchange}|${secType}|${strike}|${right}|${multiplier}|${lastTradeDateOrContractMonth}|${tradingClass}`;
  const found = memory.facts.get(key) ?? makeFacts(contract, known, extra);
  memory.facts.set(key, found);
  return found;
}

function makeFacts(contract: TradedContract, known: Knowledge, extra: ExtraFacts | undefined): ContractFacts {
  const details = known.detailsOf(contract);
  const { conId, symbol, secType, currency, strike, right, multiplier, lastTradeDateOrContractMonth } = contract;
  const base = details?.contract;
  return {
    secType: secType ?? base?.secType ?? '',
    currency: currency ?? base?.currency ?? '',
    symbol: symbol ?? base?.symbol,
    conId: conId === 0 ? undefined : conId,
    lastTradeDateOrContractMonth: filled(lastTradeDateOrContractMonth) ?? filled(base?.lastTradeDateOrContractMonth),
    strike: strike === undefined || strike === 0 ? undefined : plain(strike),
    right: filled(right),
    multiplier: plain(filled(multiplier) ?? filled(base?.multiplier)),
    tradingClass: filled(contract.tradingClass) ?? filled(base?.tradingClass),
    ...detailFacts(details),
    ...bandsOf(contract, known),
    ...(secType === 'BAG' && { comboLegs: legsOf(contract, known, extra) }),
    ...extra?.(contract),
  };
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === '?' || text === '0' ? undefined : text;
}

function detailFacts(details: DetailsMessage | undefined): Partial<ContractFacts> {
  const record = details?.contractDetails;
  if (record === undefined) return {};
  return {
    underConId: record.underConId === 0 ? undefined : record.underConId,
    stockType: filled(record.stockType),
    minTick: plain(record.minTick),
    minSize: plain(record.minSize),
    sizeIncrement: plain(record.sizeIncrement),
    priceMagnifier: plain(record.priceMagnifier),
  };
}

function bandsOf(contract: TradedContract, known: Knowledge): Partial<ContractFacts> {
  const id = known.ruleIdOf(contract);
  const rule = id === undefined ? undefined : known.ruleOf(id);
  if (rule?.priceIncrements === undefined) return {};
  const priceBands = rule.priceIncrements.flatMap(({ lowEdge, increment }) => {
    const step = plain(increment);
    return step === undefined ? [] : [{ lowEdge: plain(lowEdge) ?? '0', increment: step }];
  });
  return { priceBands };
}

/** A leg that was never asked for has no facts, and the rules say which are missing. */
function legsOf(contract: TradedContract, known: Knowledge, extra: ExtraFacts | undefined): readonly ComboLeg[] {
  return (contract.comboLegs ?? []).map(({ conId, ratio, action }) => {
    const leg = known.detailsOf({ conId })?.contract ?? { conId };
    return {
      action: action === 'BUY' || action === 'SELL' ? action : '',
      ratio: String(ratio ?? ''),
      contract: contractFacts(leg, known, extra),
    };
  });
}

/** The terms of an order, whether as sent or as the gateway reports it. */
export function orderFacts(contract: ContractFacts, order: OrderDraft | ReportedOrder): OrderFacts {
  const parentId = order.parentId === 0 ? undefined : order.parentId;
  const routing = order.smartComboRoutingParams ?? [];
  return {
    contract,
    action: order.action === 'SSHORT' || order.action === 'SLONG' ? 'SELL' : (order.action ?? ''),
    totalQuantity: plain(order.totalQuantity),
    cashQty: order.cashQty === undefined || order.cashQty === 0 ? undefined : plain(order.cashQty),
    orderType: order.orderType ?? '',
    lmtPrice: plain(order.lmtPrice),
    auxPrice: plain(order.auxPrice),
    trailingPercent: plain(order.trailingPercent),
    trailStopPrice: plain(order.trailStopPrice),
    lmtPriceOffset: plain(order.lmtPriceOffset),
    percentOffset: plain(order.percentOffset),
    discretionaryAmt: plain(order.discretionaryAmt),
    triggerPrice: plain(order.triggerPrice),
    adjustedOrderType: filled(order.adjustedOrderType),
    adjustedStopPrice: plain(order.adjustedStopPrice),
    adjustedStopLimitPrice: plain(order.adjustedStopLimitPrice),
    adjustedTrailingAmount: plain(order.adjustedTrailingAmount),
    adjustableTrailingUnit: order.adjustableTrailingUnit,
    scalePriceAdjustValue: plain(order.scalePriceAdjustValue),
    outsideRth: order.outsideRth,
    goodTillDate: filled(order.goodTillDate),
    orderRef: filled(order.orderRef),
    tif: filled(order.tif),
    account: filled(order.account),
    parentId,
    ocaGroup: filled(order.ocaGroup),
    ocaType: order.ocaType,
    whatIf: order.whatIf,
    faGroup: filled(order.faGroup),
    nonGuaranteed: routing.some(({ tag, value }) => tag === 'NonGuaranteed' && value === '1'),
  };
}

const FRESH_MS = 60_000;

/** An order that is about to leave, with what the market and the details say of it. */
export function proposedFacts(
  { act, contract, order, orderId }: RuledOrder,
  known: Knowledge,
  extra: ExtraFacts | undefined,
  lastPrice: ((contract: TradedContract) => SeenPrice | undefined) | undefined,
  now: number,
): OrderFacts {
  const facts = orderFacts(contractFacts(contract, known, extra), order);
  const seen = lastPrice?.(contract);
  const isFresh = seen !== undefined && seen.at <= now && now - seen.at <= FRESH_MS;
  const market = known.market(contract, order, now);
  return {
    ...facts,
    act,
    // A mark is refused by name; only a working order that bears one counts as what it does.
    action: order.action,
    ...(orderId !== undefined && { orderId: String(orderId) }),
    ...(facts.parentId !== undefined && { parentId: String(facts.parentId) }),
    ...(isFresh && { reference: plain(seen.price) }),
    ...((market === 'open' || market === 'closed') && { session: market }),
    exchange: contract.exchange,
    unjudged: unjudgedOf(order, contract),
    contradicts: contradictionsOf(contract, known.detailsOf(contract)?.contract),
  };
}

/** The id the rules know a trade by: order ids of other clients are theirs. */
export function ruleId(trade: Pick<Trade, 'clientId' | 'orderId' | 'permId'>, own: number): string {
  if (trade.orderId === 0) return trade.permId === undefined ? waitingId(trade) : `perm:${trade.permId}`;
  return trade.clientId === own ? String(trade.orderId) : `${trade.clientId}:${trade.orderId}`;
}

const waitingIds = new WeakMap<object, string>();
let waitingCount = 0;

/** An order that waits for its turn has no id of its own yet. */
function waitingId(trade: object): string {
  const id = waitingIds.get(trade) ?? `waiting:${++waitingCount}`;
  waitingIds.set(trade, id);
  return id;
}

/** A live trade as a working order. `unsettled`: executed quantity that the account's numbers do not show yet. */
export function workingOrder(
  trade: Trade,
  own: number,
  unsettled: string | undefined,
  known: Knowledge,
  extra: ExtraFacts | undefined,
): WorkingOrder {
  const terms = trade.reported?.totalQuantity === undefined ? (trade.draft ?? trade.reported) : trade.reported;
  const contract = contractFacts(trade.contract ?? {}, known, extra);
  const facts = orderFacts(contract, terms ?? { action: 'BUY', orderType: 'MKT', totalQuantity: '0' });
  const act = trade.draft !== undefined && 'act' in trade.draft ? (trade.draft as InstructionDraft).act : undefined;
  return {
    ...facts,
    act,
    orderId: ruleId(trade, own),
    account: trade.account,
    parentId: facts.parentId === undefined ? undefined : String(facts.parentId),
    totalQuantity: trade.total?.toFixed() ?? facts.totalQuantity,
    remaining: unsettled ?? trade.remaining?.toFixed(),
    ...(trade.asked === 'modify' && trade.draft !== undefined && { alternatives: [termsOf(trade.draft)] }),
  };
}

/** Terms on their way to a working order. The old order may fill, and so may the new one: the rules count the dearer. */
function termsOf(draft: OrderDraft): Partial<OrderFacts> {
  const {
    contract: _contract,
    account: _account,
    parentId: _parent,
    ...terms
  } = orderFacts({ secType: '', currency: '' }, draft);
  return terms;
}
