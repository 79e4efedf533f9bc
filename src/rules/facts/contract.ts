// A contract as the rules compute with it: read once, with a key that says what nets with what.
import { ONE, readDecimal, readPositive } from '../decimal.js';
import type { ComboLeg, ContractFacts } from '../types.js';

/** `secType` of what the rules know to judge. */
export const contractKinds: ReadonlySet<string> = new Set([
  'STK',
  'OPT',
  'FUT',
  'FOP',
  'CASH',
  'BAG',
  'BOND',
  'FUND',
  'CRYPTO',
  'CFD',
  'WAR',
  'CMDTY',
]);
const DERIVATIVES = new Set(['OPT', 'FUT', 'FOP', 'WAR']);

export interface Contract {
  readonly facts: ContractFacts;
  readonly secType: string;
  readonly isKnown: boolean;
  /** Identity for netting; the exchange is no part of it. */
  readonly key: string;
  /** The same without conId. */
  readonly structure: string;
  readonly conId: number | undefined;
  readonly symbol: string;
  readonly currency: string;
  /** What it depends on: orders on one underlying can interact. */
  readonly underlying: string;
  /** Scaled; undefined when missing or not positive. */
  readonly multiplier: bigint | undefined;
  readonly strike: bigint | undefined;
  readonly right: 'C' | 'P' | undefined;
  /** YYYYMMDD as a number; a month stands for its last day. */
  readonly expiry: number | undefined;
  readonly american: boolean;
  readonly physical: boolean;
  readonly standard: boolean;
  /** The class that it is told to be of, by its own name or that of its series; empty: not told. */
  readonly series: string;
  /** When it settles, or by what name: options of one day that differ in it are gone at different times. */
  readonly settles: string;
  readonly magnifier: bigint;
  readonly margin: bigint | undefined;
  readonly ownMargin: boolean;
  readonly legs: readonly Leg[];
  /** Legs whose side is none, or the opposite of another leg's of the same contract. */
  readonly oddLegs: readonly OddLeg[];
}

interface OddLeg {
  readonly contract: Contract;
  readonly action: unknown;
}

export interface Leg {
  readonly contract: Contract;
  /** Signed quantity per unit bought. */
  readonly ratio: bigint;
  readonly reference: unknown;
}

/** Weekly and afternoon series of indices, whose class is not called like the index. */
const INDEX_SERIES: ReadonlySet<string> = new Set([
  'SPX|SPXW',
  'NDX|NDXP',
  'RUT|RUTW',
  'VIX|VIXW',
  'DJX|DJXW',
  'OEX|OEXW',
  'XSP|XSPW',
]);

/** The class in the name of a series: six places before expiry, right and strike. */
const classIn = (localSymbol: unknown): string => /^(.{6})\d{6}[CP]\d{8}$/.exec(textOf(localSymbol))?.[1] ?? '';

/** An option whose class is called otherwise than its underlying is taken for an adjusted series, unless facts say standard. */
function isStandard(facts: Partial<ContractFacts>): boolean {
  if (facts.nonStandard !== undefined && facts.nonStandard !== null) return facts.nonStandard !== true;
  if (facts.secType !== 'OPT') return true;
  const symbol = textOf(facts.symbol);
  const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  return [textOf(facts.tradingClass), classIn(facts.localSymbol)].every(
    (series) => plain(series) === '' || plain(series) === plain(symbol) || INDEX_SERIES.has(`${symbol}|${series.trim()}`),
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `20270115`, `2027-01-15`, `20270115 10:00:00`, `202701` as a number of eight digits. */
export function readDay(value: unknown): number | undefined {
  const digits = textOf(value).replaceAll('-', '').slice(0, 8).trim();
  if (/^\d{8}$/.test(digits)) return Number(digits);
  return /^\d{6}$/.test(digits) ? Number(digits) * 100 + 31 : undefined;
}

function readRight(value: unknown): 'C' | 'P' | undefined {
  const right = textOf(value).toUpperCase();
  if (right === 'C' || right === 'CALL') return 'C';
  return right === 'P' || right === 'PUT' ? 'P' : undefined;
}

export const isSide = (given: unknown): given is 'BUY' | 'SELL' => given === 'BUY' || given === 'SELL';

function readLegs(facts: ContractFacts): Pick<Contract, 'legs' | 'oddLegs'> {
  const byKey = new Map<string, Leg>();
  const oddLegs: OddLeg[] = [];
  for (const leg of Array.isArray(facts.comboLegs) ? facts.comboLegs : []) {
    const given: Partial<ComboLeg> = typeof leg === 'object' && leg !== null ? leg : {};
    const contract = readContract(given.contract, false);
    const { action } = given;
    const ratio = (action === 'BUY' ? 1n : -1n) * (readPositive(given.ratio) ?? 0n);
    const same = byKey.get(contract.key);
    const opposes = same !== undefined && same.ratio > 0n !== ratio > 0n;
    if (opposes || !isSide(action)) oddLegs.push({ contract, action });
    byKey.set(contract.key, { contract, ratio: (same?.ratio ?? 0n) + ratio, reference: given.reference ?? same?.reference });
  }
  return { legs: [...byKey.values()], oddLegs };
}

/** Underlying of a kind: shares, options and warrants of one symbol belong together, futures and their options likewise. */
function underlyingOf(secType: string, symbol: string, currency: string, key: string): string {
  if (secType === 'STK' || secType === 'OPT') return `${symbol}|${currency}`;
  if (secType === 'FUT' || secType === 'FOP') return `F|${symbol}|${currency}`;
  return key;
}

const NO_LEGS = { legs: [], oddLegs: [] };
const read = new WeakMap<object, Contract>();

/** Reads contract facts of any shape; what is malformed counts as missing. Cached by identity. */
export function readContract(given: unknown, withLegs = true): Contract {
  const facts = (typeof given === 'object' && given !== null ? given : {}) as Partial<ContractFacts>;
  const known = read.get(facts);
  if (known !== undefined) return known;
  const secType = textOf(facts.secType);
  const symbol = textOf(facts.symbol);
  const currency = textOf(facts.currency);
  const conId = typeof facts.conId === 'number' && facts.conId > 0 ? facts.conId : undefined;
  const derivative = DERIVATIVES.has(secType);
  const multiplier = derivative || secType === 'BOND' ? readPositive(facts.multiplier) : ONE;
  const strike = readPositive(facts.strike);
  const right = readRight(facts.right);
  const expiry = readDay(facts.lastTradeDateOrContractMonth);
  const standard = isStandard(facts);
  const series = textOf(facts.tradingClass) || classIn(facts.localSymbol).trim();
  const { legs, oddLegs } = secType === 'BAG' && withLegs ? readLegs(facts as ContractFacts) : NO_LEGS;
  const terms = derivative
    ? `|${expiry ?? ''}|${strike ?? ''}|${right ?? ''}|${multiplier ?? ''}|${standard ? '' : 'adjusted'}`
    : '';
  const spread = legs.map((leg) => `${leg.ratio}*${leg.contract.key}`).sort();
  const structure = `${secType}|${symbol}|${currency}${terms}${secType === 'BAG' ? `|${spread.join('+')}` : ''}`;
  const key = conId === undefined || secType === 'BAG' ? structure : `#${conId}`;
  const contract: Contract = {
    facts: facts as ContractFacts,
    secType,
    isKnown: contractKinds.has(secType),
    key,
    structure,
    conId,
    symbol,
    currency,
    underlying: underlyingOf(secType, symbol, currency, key),
    multiplier: secType === 'WAR' ? (multiplier ?? ONE) : multiplier,
    strike,
    right,
    expiry,
    american: facts.exerciseStyle !== 'european',
    physical: facts.settlement !== 'cash',
    standard,
    series,
    settles: textOf(facts.settlesAt) || series,
    magnifier: readPositive(facts.priceMagnifier) ?? ONE,
    margin: readDecimal(facts.initMargin),
    ownMargin: facts.marginSource === 'account',
    legs,
    oddLegs,
  };
  if (given === facts) read.set(facts, contract);
  return contract;
}
