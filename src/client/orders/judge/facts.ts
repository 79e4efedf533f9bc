// Orders and contracts of the client as the account rules read them.
import { contradictionsOf } from '../../../rules/facts/contradiction.js';
import { unjudgedOf } from '../../../rules/fields.js';
import { WITHOUT_LIMIT } from '../../../rules/guards/worth.js';
import type { ComboLeg, ContractFacts, OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { DetailsMessage } from '../../contracts/details.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { ToldContract, ToldContracts } from '../../contracts/told.js';
import { canonical } from '../../conversation/canonical.js';
import type { SeenPrice } from '../../market/followed-quotes.js';
import type { Attempt, Confirmations } from '../confirmations.js';
import type { Mutable, OrderDraft } from '../draft.js';
import type { ReportedOrder, TradedContract } from '../record/trade-types.js';
import { instructionOf } from '../recover/doubtful.js';
import { isPreviewOf, type OrderPreview } from '../send/preview.js';
import type { Trade } from '../trade.js';

/** What the gateway does not tell of a contract: exercise style, settlement, partnership, margin of a future. */
export type ExtraFacts = (contract: TradedContract) => Partial<ContractFacts> | undefined;

/** Decimal text without exponent, as the rules read it. */
export function plain(value: number | string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  const text = String(value);
  if (!/e/i.test(text)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? number.toFixed(18).replace(/\.0+$|(?<![.0])0+$/, '') : undefined;
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
  const isTold = known.contractOf(contract) !== undefined;
  const key = `${conId}|${isTold}|${exchange}|${secType}|${strike}|${right}|${multiplier}|${lastTradeDateOrContractMonth}|${tradingClass}`;
  const found = memory.facts.get(key);
  if (found !== undefined) return found;
  const made = makeFacts(contract, known, extra);
  memory.facts.set(key, made);
  return made;
}

const MULTIPLIED: ReadonlySet<string> = new Set(['OPT', 'FOP', 'FUT', 'BOND']);

/** Of a contract that nobody has told of. Its conId may stand for another size; an option by name counts with the usual one. */
function claimedMultiplier({ conId, secType, multiplier }: TradedContract): string | undefined {
  const isNamed = conId === undefined || conId === 0;
  const isBelieved = !MULTIPLIED.has(secType ?? '') || (isNamed && (secType !== 'OPT' || Number(multiplier) === 100));
  return isBelieved ? multiplier : undefined;
}

function makeFacts(contract: TradedContract, known: Knowledge, extra: ExtraFacts | undefined): ContractFacts {
  const { conId, symbol, secType, currency, strike, right, lastTradeDateOrContractMonth } = contract;
  const base = known.contractOf(contract);
  const multiplier = base === undefined ? claimedMultiplier(contract) : contract.multiplier;
  return {
    secType: filled(base?.secType) ?? secType ?? '',
    currency: filled(base?.currency) ?? currency ?? '',
    // Known details decide over what the caller wrote.
    symbol: filled(base?.symbol) ?? symbol,
    localSymbol: filled(base?.localSymbol ?? contract.localSymbol),
    conId: conId === 0 ? undefined : conId,
    lastTradeDateOrContractMonth: dayOf(filled(base?.lastTradeDateOrContractMonth) ?? filled(lastTradeDateOrContractMonth)),
    strike: plain(base?.strike || strike || undefined),
    right: filled(base?.right) ?? filled(right),
    multiplier: plain(filled(base?.multiplier) ?? filled(multiplier)),
    tradingClass: filled(base?.tradingClass) ?? filled(contract.tradingClass),
    ...detailFacts(known.detailsOf(contract)),
    ...bandsOf(contract, known),
    ...(secType === 'BAG' && { comboLegs: legsOf(contract, known, extra) }),
    ...extra?.(contract),
  };
}

/** A day with a time behind it is its day. */
const dayOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{8}\D/.test(text) ? text.slice(0, 8) : text;

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
    const leg = known.contractOf({ conId }) ?? { conId };
    return {
      action: action === 'BUY' || action === 'SELL' ? action : '',
      ratio: String(ratio ?? ''),
      contract: contractFacts(leg, known, extra),
    };
  });
}

/** An order in the rules' words with every property, set or not: all have one shape, which is what makes them quick to read. */
type WholeFacts = Mutable<{ [K in keyof Required<WorkingOrder>]: WorkingOrder[K] }>;

/** The terms of an order, whether as sent or as the gateway reports it. What its terms do not say is unset. */
export function orderFacts(contract: ContractFacts, order: OrderDraft | Partial<ReportedOrder>): WholeFacts {
  const parentId = order.parentId === 0 ? undefined : order.parentId;
  const routing = order.smartComboRoutingParams ?? [];
  return {
    act: undefined,
    orderId: undefined,
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
    faMethod: filled(order.faMethod),
    nonGuaranteed: routing.some(({ tag, value }) => tag === 'NonGuaranteed' && value === '1'),
    exchange: undefined,
    fee: undefined,
    accrued: undefined,
    reference: undefined,
    underlyingPrice: undefined,
    session: undefined,
    opensAt: undefined,
    answer: undefined,
    confirmed: undefined,
    deliberate: undefined,
    hasWaited: undefined,
    closesTodaysOpening: undefined,
    unjudged: undefined,
    contradicts: undefined,
    seen: undefined,
    confirmation: undefined,
    rate: undefined,
    terms: undefined,
    isHedge: undefined,
    pricesLegs: undefined,
    closes: undefined,
    at: undefined,
    remaining: undefined,
    ageSeconds: undefined,
    sentAt: undefined,
    alternatives: undefined,
    isUnreadable: undefined,
  };
}

/** Where the caller contradicts what is known; what a row of the gateway says itself, as that of a holding, is no mistake of the caller. */
function contradicts(contract: TradedContract, known: ToldContract | undefined, told: ToldContracts): readonly string[] {
  const found = contradictionsOf(contract, known);
  const row = found.length === 0 ? undefined : told.fitting(contract);
  return row !== undefined && contradictionsOf(row, known).length > 0 ? [] : found;
}

/** Prices of legs stand on an order as it is built, and on the legs as the wire has them. */
function pricesLegs({ orderComboLegs = [] }: OrderDraft, { comboLegs = [] }: TradedContract): boolean {
  return (
    orderComboLegs.some(({ price }) => price !== undefined) || comboLegs.some(({ perLegPrice }) => perLegPrice !== undefined)
  );
}

const FRESH_MS = 60_000;

function isFresh(seen: OrderFacts['seen']): seen is NonNullable<OrderFacts['seen']> {
  return seen !== undefined && seen.ageSeconds >= 0 && seen.ageSeconds * 1000 <= FRESH_MS;
}

/** One order that wants to leave, before it is translated. */
export interface Proposal {
  readonly contract: TradedContract;
  readonly order: OrderDraft;
  readonly token: string | undefined;
  readonly orderId: number | undefined;
  /** Quantity already executed when the order changes a working one. */
  readonly filled: string | undefined;
  /** What it is; unset: a new order. */
  readonly act?: OrderFacts['act'];
  /** A repeat that is meant. */
  readonly deliberate?: boolean | undefined;
  readonly hasWaited?: boolean;
  /** A what-if that the caller has asked before; of another order it counts for nothing. */
  readonly preview?: OrderPreview | undefined;
  /** Drafts of all that leave together, before they have ids. */
  readonly group?: readonly OrderDraft[] | undefined;
}

/** The one way from the client's words to the rules'. */
export interface Translator {
  readonly known: Knowledge;
  readonly extra: ExtraFacts | undefined;
  /** An order that is about to leave, with what the market and the details say of it. `attempt`: what a confirmation is read by. */
  proposed(proposal: Proposal, attempt: Attempt | undefined): OrderFacts;
}

/** What only the program knows of a market. */
export interface MarketSources {
  /**
   * What a contract can be bought or sold at, and when that was seen. Without it the newest tick of a quote that this session follows
   * by the contract's conId (`market.quotes`): the ask for a purchase, the bid for a sale, else the last trade.
   */
  readonly lastPrice?: (contract: TradedContract, action?: string) => SeenPrice | undefined;
  /** Units of the guards' currency for one unit of the contract's. */
  readonly rate?: (currency: string) => number | string | undefined;
  /** Whether an order only reduces a position. */
  readonly closes?: (attempt: Attempt) => boolean | undefined;
  /** Two-step confirmation: its guard is added, and its token used up, by the order path. */
  readonly confirm?: Confirmations;
}

type Sources = MarketSources & { readonly guards?: readonly unknown[] };

export function createTranslator(
  known: Knowledge,
  told: ToldContracts,
  extra: ExtraFacts | undefined,
  { guards = [], lastPrice, rate, closes, confirm }: Sources,
  now: () => number,
): Translator {
  // Only guards compare whole drafts.
  const wantsTerms = guards.length > 0;
  const seenOf = (contract: TradedContract, at: number, action?: string): OrderFacts['seen'] => {
    const seen = lastPrice?.(contract, action);
    const price = plain(seen?.price);
    if (seen === undefined || price === undefined) return undefined;
    return { price, ageSeconds: (at - seen.at) / 1000, ...(seen.source !== undefined && { source: seen.source }) };
  };
  const withLegPrices = (contract: ContractFacts, at: number): ContractFacts => {
    const { comboLegs } = contract;
    if (lastPrice === undefined || comboLegs === undefined) return contract;
    const legs = comboLegs.map((leg) => {
      const told = known.contractOf(leg.contract);
      return told === undefined ? leg : { ...leg, seen: seenOf(told, at, leg.action) };
    });
    return { ...contract, comboLegs: legs };
  };
  return {
    known,
    extra,
    proposed({ act, contract, order, orderId, filled, deliberate, hasWaited, preview }, attempt) {
      const at = now();
      const seen = seenOf(contract, at, order.action);
      const market = known.market(contract, order, at);
      const units = contract.currency === undefined ? undefined : rate?.(contract.currency);
      const facts = orderFacts(withLegPrices(contractFacts(contract, known, extra), at), order);
      facts.at = at;
      facts.act = act ?? (filled === undefined ? undefined : 'modify');
      // A mark is refused by name; only a working order that bears one counts as what it does.
      facts.action = order.action;
      facts.orderId = orderId === undefined ? undefined : String(orderId);
      facts.parentId = facts.parentId === undefined ? undefined : String(facts.parentId);
      facts.reference = isFresh(seen) ? seen.price : undefined;
      const { underConId } = facts.contract;
      const under = underConId === undefined ? undefined : seenOf({ conId: underConId }, at);
      if (isFresh(under)) facts.underlyingPrice = under.price;
      if (preview !== undefined && isPreviewOf(preview, contract, order)) Object.assign(facts, answerOf(preview));
      facts.seen = seen;
      facts.session = market === 'open' || market === 'closed' ? market : undefined;
      facts.rate = plain(units);
      facts.closes = attempt === undefined ? undefined : closes?.(attempt);
      facts.confirmation = attempt === undefined ? undefined : confirm?.standing(attempt);
      facts.deliberate = deliberate;
      facts.hasWaited = hasWaited;
      facts.isHedge = order.hedgeType !== undefined && order.parentId !== undefined ? true : undefined;
      facts.exchange = contract.exchange;
      facts.pricesLegs = contract.secType === 'BAG' && pricesLegs(order, contract);
      facts.unjudged = unjudgedOf(order, contract);
      facts.contradicts = contradicts(contract, known.contractOf(contract), told);
      facts.terms = wantsTerms ? termsTextOf(order) : undefined;
      return facts;
    },
  };
}

/** Fields that differ between two sendings of one order. */
const OWN: ReadonlySet<string> = new Set([
  'orderId',
  'permId',
  'clientId',
  'parentId',
  'orderRef',
  'ocaGroup',
  'transmit',
  'manualOrderTime',
]);

/** Everything that a draft means, as one text: unsaid and default are one, 1 and 1.0 too. */
function termsTextOf(order: OrderDraft): string {
  const said: string[] = [];
  for (const field of Object.keys(order) as (keyof OrderDraft)[]) {
    const isSilent = OWN.has(field) || (field === 'lmtPrice' && WITHOUT_LIMIT.has(order.orderType));
    const value = isSilent ? undefined : meaning(field, order[field]);
    if (value !== undefined) said.push(`${field}:${canonical(value)}`);
  }
  return said.sort().join(',');
}

function meaning(field: string, value: unknown): unknown {
  if (value === undefined || value === '' || value === false || value === 0) return undefined;
  if ((field === 'tif' && value === 'DAY') || (Array.isArray(value) && value.length === 0)) return undefined;
  if (field !== 'totalQuantity' && field !== 'cashQty') return value;
  const amount = Number(value);
  return amount === 0 ? undefined : Number.isFinite(amount) ? amount : value;
}

const NO_TERMS: Partial<ReportedOrder> = {};
const read = new WeakMap<OrderDraft | Partial<ReportedOrder>, OrderFacts>();

/** A live order of this session as guards see it; made once while neither it nor what is known of its contract changes. */
export function workingFacts({ contract, draft, reported }: Trade, { known, extra }: Translator): OrderFacts {
  const facts = contractFacts(contract ?? {}, known, extra);
  const terms = draft ?? reported ?? NO_TERMS;
  const found = read.get(terms);
  if (found?.contract === facts) return found;
  const made = orderFacts(facts, terms);
  read.set(terms, made);
  return made;
}

/** What the gateway says of margin and commission. */
function answerOf({ initMargin, maintMargin, commission }: OrderPreview): Partial<OrderFacts> {
  const fee = commission.max ?? commission.amount;
  return {
    answer: { initMarginChange: initMargin.change?.toFixed(), maintMarginChange: maintMargin.change?.toFixed() },
    ...(fee !== undefined && { fee: fee.toFixed() }),
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
  const { draft, reported, isPlaced, sentAt } = trade;
  const contract = contractFacts(trade.contract ?? {}, known, extra);
  const identified = (terms: Parameters<typeof orderFacts>[1]): WholeFacts => {
    const facts = orderFacts(contract, terms);
    facts.act = instructionOf(trade);
    facts.orderId = ruleId(trade, own);
    facts.account = trade.account;
    facts.parentId = facts.parentId === undefined ? undefined : String(facts.parentId);
    return facts;
  };
  const told = reported?.totalQuantity === undefined ? (draft ?? reported) : reported;
  const facts = identified(told ?? executedTerms(trade));
  facts.totalQuantity = trade.total?.toFixed() ?? facts.totalQuantity;
  facts.remaining = unsettled ?? trade.remaining?.toFixed();
  // Of orders of others nobody knows how old they are; one of ours that waits for its turn does not grow older.
  if (isPlaced && sentAt === undefined) facts.ageSeconds = 0;
  if (isPlaced) facts.sentAt = sentAt;
  // Terms on their way to it: the old order may fill, and so may the new one, and the rules count the dearer.
  if (trade.asked === 'modify' && draft !== undefined) facts.alternatives = [identified(draft)];
  return facts;
}

/** Of an order that only its executions tell of. */
function executedTerms({ fills }: Trade): OrderDraft {
  const [first] = fills;
  if (first === undefined) return { action: 'BUY', orderType: 'MKT', totalQuantity: '0' };
  const dearest = fills.reduce((most, { price }) => (price.gt(most) ? price : most), first.price);
  const action = first.side === 'BOT' ? 'BUY' : 'SELL';
  return { action, orderType: 'LMT', lmtPrice: dearest.toNumber(), totalQuantity: '0' };
}
