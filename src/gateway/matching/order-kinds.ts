/** One row per order type: which prices it needs, what wakes it, how it is priced, where it is taken. */
import type { SecType } from '../world/instrument.js';

/** `stop`: when the market moves away through the trigger; `touch`: when it comes to it; `trail`: a stop that follows. */
export type Wake = 'stop' | 'touch' | 'trail' | 'trailTouch';
/** How the working price is found. */
export type Pricing = 'market' | 'limit' | 'protected' | 'primary' | 'far' | 'mid' | 'bench' | 'touchThenLimit';

export interface OrderKind {
  readonly pricing: Pricing;
  readonly wake?: Wake;
  readonly needs: readonly ('lmtPrice' | 'auxPrice' | 'trail')[];
  /** Executes in the closing auction. */
  readonly atClose?: true;
  /** The limit price is a cap that may be left out. */
  readonly capped?: true;
  /** Set once, not followed. */
  readonly snaps?: true;
  readonly secTypes?: readonly SecType[];
  /** Word of the instrument's `orderTypes` list. */
  readonly word: string;
}

const STOCKS: readonly SecType[] = ['STK'];
const PEGGABLE: readonly SecType[] = ['STK', 'OPT', 'WAR', 'FUT', 'FOP'];

/** By the wire name; the spellings without a blank are accepted too. */
export const orderKinds: Readonly<Record<string, OrderKind>> = {
  MKT: { pricing: 'market', needs: [], word: 'MKT' },
  LMT: { pricing: 'limit', needs: ['lmtPrice'], word: 'LMT' },
  STP: { pricing: 'market', wake: 'stop', needs: ['auxPrice'], word: 'STP' },
  'STP LMT': { pricing: 'limit', wake: 'stop', needs: ['lmtPrice', 'auxPrice'], word: 'STPLMT' },
  TRAIL: { pricing: 'market', wake: 'trail', needs: ['trail'], word: 'TRAIL' },
  'TRAIL LIMIT': { pricing: 'limit', wake: 'trail', needs: ['trail'], word: 'TRAILLIT' },
  'TRAIL MIT': { pricing: 'market', wake: 'trailTouch', needs: ['trail'], word: 'TRAILMIT' },
  'TRAIL LIT': { pricing: 'limit', wake: 'trailTouch', needs: ['trail'], word: 'TRAILLIT' },
  MIT: { pricing: 'market', wake: 'touch', needs: ['auxPrice'], word: 'MIT' },
  LIT: { pricing: 'limit', wake: 'touch', needs: ['lmtPrice', 'auxPrice'], word: 'LIT' },
  MOC: { pricing: 'market', needs: [], atClose: true, word: 'MOC' },
  LOC: { pricing: 'limit', needs: ['lmtPrice'], atClose: true, word: 'LOC' },
  MTL: { pricing: 'touchThenLimit', needs: [], word: 'MTL' },
  'MKT PRT': { pricing: 'protected', needs: [], secTypes: ['FUT', 'FOP'], word: 'MKTPRT' },
  'STP PRT': { pricing: 'protected', wake: 'stop', needs: ['auxPrice'], secTypes: ['FUT', 'FOP'], word: 'STPPRT' },
  REL: { pricing: 'primary', needs: [], capped: true, secTypes: PEGGABLE, word: 'REL' },
  'PASSV REL': { pricing: 'primary', needs: [], capped: true, secTypes: PEGGABLE, word: 'PASSVREL' },
  'PEG PRIM': { pricing: 'primary', needs: [], capped: true, secTypes: PEGGABLE, word: 'PEGPRIM' },
  'PEG MKT': { pricing: 'far', needs: [], capped: true, secTypes: PEGGABLE, word: 'PEGMKT' },
  'PEG MID': { pricing: 'mid', needs: [], capped: true, secTypes: PEGGABLE, word: 'PEGMID' },
  'PEG BEST': { pricing: 'primary', needs: [], capped: true, secTypes: STOCKS, word: 'PEGBEST' },
  'PEG BENCH': { pricing: 'bench', needs: [], secTypes: PEGGABLE, word: 'PEGBENCH' },
  'SNAP MID': { pricing: 'mid', needs: [], capped: true, snaps: true, secTypes: PEGGABLE, word: 'SNAPMID' },
  'SNAP MKT': { pricing: 'far', needs: [], capped: true, snaps: true, secTypes: PEGGABLE, word: 'SNAPMKT' },
  'SNAP PRIM': { pricing: 'primary', needs: [], capped: true, snaps: true, secTypes: PEGGABLE, word: 'SNAPREL' },
  MIDPRICE: { pricing: 'mid', needs: [], capped: true, secTypes: STOCKS, word: 'MIDPX' },
};

const SPELLINGS: Readonly<Record<string, string>> = {
  PEGBENCH: 'PEG BENCH',
  PEGBEST: 'PEG BEST',
  PEGMID: 'PEG MID',
  STPLMT: 'STP LMT',
  TRAILLIMIT: 'TRAIL LIMIT',
  'TRAIL LMT': 'TRAIL LIMIT',
};

/** Types that exist and that this gateway takes nowhere: they are answered with 387, not with 321. */
const KNOWN_ONLY = new Set('PEG STK,BOX TOP,VOL,PPV,PDV,PMV,PSV,VWAP,QUOTE,FIX PEGGED'.split(','));
const COMBO_KINDS: Readonly<Record<string, string>> = { 'LMT + MKT': 'LMT', 'REL + LMT': 'LMT', 'REL + MKT': 'MKT' };

/** The row of an order type; `'unsupported'` for real types this gateway never takes; undefined when there is no such type. */
export function orderKindOf(orderType: string, isCombo: boolean): OrderKind | 'unsupported' | undefined {
  const name = SPELLINGS[orderType] ?? orderType;
  if (isCombo && COMBO_KINDS[name]) return orderKinds[COMBO_KINDS[name]];
  return orderKinds[name] ?? (KNOWN_ONLY.has(name) || COMBO_KINDS[name] ? 'unsupported' : undefined);
}

export const timesInForce: ReadonlySet<string> = new Set([
  'DAY',
  'GTC',
  'IOC',
  'GTD',
  'OPG',
  'FOK',
  'GTT',
  'AUC',
  'DTC',
  'GTX',
  'Minutes',
  'OVERNIGHT',
  'OVERNIGHT + DAY',
]);
