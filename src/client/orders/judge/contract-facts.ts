// Contracts of the client as the rules read them: what the gateway has told decides over what a caller wrote.
import type { ComboLeg, ContractFacts } from '../../../rules/types.js';
import type { DetailsMessage } from '../../contracts/details.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { SeenShares } from '../../market/followed-quotes.js';
import type { TradedContract } from '../record/trade-types.js';

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

/** What a contract was called when its facts were made. */
interface Made {
  readonly isTold: boolean;
  readonly from: TradedContract;
  readonly facts: ContractFacts;
}

interface Remembered {
  version: number;
  readonly made: Map<number, readonly Made[]>;
}

const remembered = new WeakMap<Knowledge, Remembered>();
/** Ways to write one contract that are remembered. */
const MOST_WAYS = 8;

const isSameWay = (a: TradedContract, b: TradedContract): boolean =>
  a.exchange === b.exchange &&
  a.secType === b.secType &&
  a.strike === b.strike &&
  a.right === b.right &&
  a.multiplier === b.multiplier &&
  a.lastTradeDateOrContractMonth === b.lastTradeDateOrContractMonth &&
  a.tradingClass === b.tradingClass;

/** The facts of a contract: the same object while nothing new is learned, so that the rules read each contract once. */
export function contractFacts(contract: TradedContract, known: Knowledge, extra: ExtraFacts | undefined): ContractFacts {
  const { conId } = contract;
  if (conId === undefined || conId === 0 || contract.secType === 'BAG') return makeFacts(contract, known, extra);
  const memory = remembered.get(known) ?? { version: known.version, made: new Map<number, readonly Made[]>() };
  remembered.set(known, memory);
  if (memory.version !== known.version || memory.made.size > 20_000) memory.made.clear();
  memory.version = known.version;
  const isTold = known.contractOf(contract) !== undefined;
  const ways = memory.made.get(conId) ?? [];
  for (const way of ways) if (way.isTold === isTold && isSameWay(way.from, contract)) return way.facts;
  const { exchange, secType, strike, right, multiplier, lastTradeDateOrContractMonth, tradingClass } = contract;
  const from = { exchange, secType, strike, right, multiplier, lastTradeDateOrContractMonth, tradingClass };
  const facts = makeFacts(contract, known, extra);
  memory.made.set(conId, [{ isTold, from, facts }, ...ways.slice(0, MOST_WAYS - 1)]);
  return facts;
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
    ...detailFacts(known.lastDetailsOf(contract)),
    ...((base?.secType ?? secType) === 'BOND' && { coupon: couponOf(known.lastDetailsOf(contract)) }),
    ...bandsOf(contract, known),
    ...(secType === 'BAG' && { comboLegs: legsOf(contract, known, extra) }),
    ...extra?.(contract),
  };
}

/** A quote that has been silent for so long may have ended, and lenders may have gone. */
const LENT_MS = 15 * 60_000;

/** The facts with the shares that a quote tells; what the program itself has said of them stays. */
export function withShares(facts: ContractFacts, seen: SeenShares | undefined, at: number): ContractFacts {
  if (seen === undefined || facts.shortableShares !== undefined || at - seen.at > LENT_MS) return facts;
  return { ...facts, shortableShares: plain(seen.shares) };
}

/** What is not told of a coupon is taken for a high one. */
const UNTOLD_COUPON = '10';
const couponOf = (details: DetailsMessage | undefined): string => plain(details?.contractDetails?.coupon) ?? UNTOLD_COUPON;

/** A day with a time behind it is its day. */
const dayOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{8}\D/.test(text) ? text.slice(0, 8) : text;

export function filled(text: string | undefined): string | undefined {
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
      action: action ?? '',
      ratio: String(ratio ?? ''),
      contract: contractFacts(leg, known, extra),
    };
  });
}
