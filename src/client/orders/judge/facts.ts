// Orders and contracts of the client as the account rules read them.
import { contradictionsOf } from '../../../rules/facts/contradiction.js';
import { WITHOUT_LIMIT } from '../../../rules/facts/order-types.js';
import { unjudgedOf } from '../../../rules/fields.js';
import type { ContractFacts, OrderFacts, WorkingOrder } from '../../../rules/types.js';
import type { DayOverride } from '../../contracts/day-overrides.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import { canonical } from '../../conversation/canonical.js';
import type { ToldContract, ToldContracts } from '../../conversation/told.js';
import type { FollowedQuotes, SeenPrice } from '../../market/followed-quotes.js';
import type { GroupMember } from '../builders/group.js';
import type { PercentChangeConditionDraft, PriceConditionDraft } from '../conditions/draft.js';
import type { Attempt, Confirmations } from '../confirmations.js';
import type { Mutable, OrderDraft } from '../draft.js';
import type { ReportedOrder, TradedContract } from '../record/trade-types.js';
import { isPreviewOf, type OrderPreview } from '../send/preview.js';
import { type CloseOf, withCloses } from './closes.js';
import { contractFacts, type ExtraFacts, filled, plain, withShares } from './contract-facts.js';

type Compared = Omit<PriceConditionDraft, 'conditionType'> & Omit<PercentChangeConditionDraft, 'conditionType'>;

/** An order in the rules' words with every property, set or not: all have one shape, which is what makes them quick to read. */
export type WholeFacts = Mutable<{ [K in keyof Required<WorkingOrder>]: WorkingOrder[K] }>;

/** Conditions about prices; others say when, and nothing of a price. */
function conditionFacts(given: readonly object[] | undefined): OrderFacts['conditions'] {
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return given.flatMap(({ conId, isMore, price, changePercent }: Partial<Compared>) =>
    conId === undefined || (price === undefined && changePercent === undefined)
      ? []
      : [{ conId, isMore: isMore === true, price: plain(price), changePercent: plain(changePercent) }],
  );
}

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
    conditions: conditionFacts(order.conditions),
    conditionsCancelOrder: order.conditionsCancelOrder,
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
    nonGuaranteed: routing.some(({ tag, value }) => tag === 'NonGuaranteed' && value !== '0'),
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
    executed: undefined,
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

const isYoung = (ageMs: number): boolean => ageMs >= 0 && ageMs <= FRESH_MS;

function isFresh(seen: OrderFacts['seen']): seen is NonNullable<OrderFacts['seen']> {
  return seen !== undefined && isYoung(seen.ageSeconds * 1000);
}

/** What an order is counted at that only the market bounds: a price as it is seen now. Undefined: none, or one that is too old. */
export function freshPrice(seen: SeenPrice | undefined, now: number): string | undefined {
  return seen !== undefined && isYoung(now - seen.at) ? plain(seen.price) : undefined;
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
  /** All that leave together, before they have ids. */
  readonly group?: readonly GroupMember[] | undefined;
  /** Of an instruction about an option: against the system's natural action. */
  readonly override?: boolean | undefined;
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
  /** Days of a contract's exchange that are not as published: on a half day `openMarket` refuses what comes after its close. */
  readonly days?: (contract: TradedContract) => readonly DayOverride[] | undefined;
  /** Units of the guards' currency for one unit of the contract's. */
  readonly rate?: (currency: string) => number | string | undefined;
  /** Whether an order only reduces a position. */
  readonly closes?: (attempt: Attempt) => boolean | undefined;
  /** Two-step confirmation: its guard is added, and its token used up, by the order path. */
  readonly confirm?: Confirmations;
}

type Sources = MarketSources & Partial<Pick<FollowedQuotes, 'sharesOf'>> & { readonly guards?: readonly unknown[] };

export function createTranslator(
  known: Knowledge,
  told: ToldContracts,
  extra: ExtraFacts | undefined,
  { guards = [], lastPrice, rate, closes, confirm, days, sharesOf }: Sources,
  now: () => number,
  closeOf: CloseOf,
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
      const seen = told === undefined ? undefined : seenOf(told, at, leg.action);
      return seen === undefined ? leg : { ...leg, seen, reference: isFresh(seen) ? seen.price : undefined };
    });
    return { ...contract, comboLegs: legs };
  };
  return {
    known,
    extra,
    proposed({ act, contract, order, orderId, filled, deliberate, hasWaited, preview }, attempt) {
      const at = now();
      const seen = seenOf(contract, at, order.action);
      const market = known.market(contract, order, at, days?.(contract));
      const units = contract.currency === undefined ? undefined : rate?.(contract.currency);
      const priced = withLegPrices(contractFacts(contract, known, extra), at);
      const facts = orderFacts(order.action === 'SELL' ? withShares(priced, sharesOf?.(contract), at) : priced, order);
      withCloses(facts, closeOf);
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
    const given = order[field];
    if (given === undefined || OWN.has(field) || (field === 'lmtPrice' && WITHOUT_LIMIT.has(order.orderType))) continue;
    const value = meaning(field, given);
    if (value !== undefined) said.push(`${field}:${typeof value === 'number' ? value : canonical(value)}`);
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

/** What the gateway says of margin and commission. */
function answerOf({ initMargin, maintMargin, commission }: OrderPreview): Partial<OrderFacts> {
  const fee = commission.max ?? commission.amount;
  return {
    answer: { initMarginChange: initMargin.change?.toFixed(), maintMarginChange: maintMargin.change?.toFixed() },
    ...(fee !== undefined && { fee: fee.toFixed() }),
  };
}
