// Accounts that may borrow: initial margin, short sales, least equity, day trades.
import { lotSteps, supplyOf } from '../context.js';
import { amountOf, larger, ONE, readDecimal, readPositive, writeAmount, writeDecimal } from '../decimal.js';
import { lotOf } from '../facts/ask.js';
import { isCounted, pdtState } from '../facts/day-trade-limit.js';
import { openingMargin, workingMargin } from '../facts/opening-margin.js';
import { isTaxedAsPartnership, partnershipReason } from '../facts/partnership.js';
import { each, row, type Said } from './row.js';
import { shortPart } from './short-part.js';

const BORROWING = 'reg-t, portfolio-margin';
const TAXABLE = 'cash, reg-t, portfolio-margin';
const COUNTED = 'reg-t, ira-margin';
const LEAST_FOR_SHORT = 2_000n * ONE;
const LEAST_FOR_PORTFOLIO = 100_000n * ONE;

export const marginRows = {
  'MARGIN-FUNDS': row({
    kinds: BORROWING,
    about: 'initial margin above the available funds',
    message:
      'Initial margin {needed} {currency} with {working} {currency} for working orders exceeds available funds of {free} {currency}.',
    remedy: ['At most {maxQuantity}.', '{missing} {currency} is missing.'],
    grade: 'A',
    source: 'Regulation T, 12 CFR 220',
    judge: ({ snapshot, asks }) => {
      const funds = readDecimal(snapshot.account.availableFunds);
      if (funds === undefined || !asks.some((ask) => ask.opens)) return [];
      const own = asks.reduce((sum, ask) => sum + openingMargin(ask, snapshot).amount, 0n);
      const working = workingMargin(snapshot, new Set(asks.map((ask) => ask.id))).amount;
      const missing = own + working - amountOf(funds);
      if (own <= 0n || missing <= 0n) return [];
      const [only, another] = asks;
      const canSize =
        only !== undefined &&
        another === undefined &&
        readPositive(only.order.totalQuantity) !== undefined &&
        only.order.answer === undefined;
      const fits = (openSize: bigint): boolean =>
        only !== undefined && openingMargin({ ...only, openSize }, snapshot).amount + working <= amountOf(funds);
      const most = canSize ? (only.size ?? 0n) - only.openSize + lotSteps(only.openSize, lotOf(only), fits) : undefined;
      const numbers = { needed: writeAmount(own), working: writeAmount(working), free: writeDecimal(funds) };
      const maxQuantity = most === undefined ? undefined : writeDecimal(most);
      return [{ facts: { ...numbers, missing: writeAmount(missing), currency: snapshot.base, maxQuantity } }];
    },
  }),
  'MARGIN-NEEDS-WHATIF': row({
    kinds: BORROWING,
    about: 'margin that is not estimated here',
    message: 'Margin cannot be judged: {unknown}.',
    remedy: 'Run a what-if for this account, or supply {unknown}.',
    judge: each((ask, { snapshot, asks }) => {
      if (!ask.opens) return undefined;
      if (readDecimal(snapshot.account.availableFunds) === undefined) return { unknown: 'available funds' };
      const { unknown } = openingMargin(ask, snapshot);
      if (unknown === 'answer') return { unknown: 'the what-if answer for this order' };
      if (unknown === 'netLiquidation') return { unknown: 'net liquidation' };
      const working = workingMargin(snapshot, new Set(asks.map((one) => one.id))).unknown;
      return working === undefined ? undefined : { unknown: `the margin of working order ${working}` };
    }),
  }),
  'MARGIN-NO-LOCATE': row({
    kinds: BORROWING,
    about: 'a short sale without known borrowable shares',
    message: [
      '{short} would be sold short, {shortable} can be borrowed.',
      '{short} would be sold short, and it is not known whether {unknown} can be borrowed.',
    ],
    remedy: 'Sell at most {maxQuantity}, or wait until shares can be borrowed.',
    grade: 'B',
    source: 'Regulation SHO',
    when: ['sale'],
    judge: each((ask, context) => {
      const { held, short } = shortPart(ask, context);
      const holding = context.snapshot.book.holdings.get(ask.key)?.contract;
      const shortable = readDecimal(ask.contract.facts.shortableShares) ?? readDecimal(holding?.facts.shortableShares);
      if (short === 0n || (shortable !== undefined && short <= shortable)) return undefined;
      const most = larger(0n, held + larger(0n, shortable ?? 0n) - larger(0n, short + held - (ask.size ?? 0n)));
      return {
        short: writeDecimal(short),
        ...(shortable === undefined ? { unknown: 'shares' } : { shortable: writeDecimal(shortable) }),
        maxQuantity: writeDecimal(most),
      };
    }),
  }),
  'MARGIN-MIN-EQUITY': row({
    kinds: BORROWING,
    about: 'a short sale with little or unknown equity',
    message: ['Net liquidation {netLiquidation} is below 2000.', '{unknown} is not known.'],
    remedy: 'Short sales need 2000 of equity.',
    grade: 'A',
    source: 'FINRA 4210, Regulation T',
    when: ['sale'],
    judge: each((ask, context) => {
      if (shortPart(ask, context).short === 0n) return undefined;
      const equity = readDecimal(context.snapshot.account.netLiquidation);
      if (equity === undefined) return { unknown: 'Net liquidation' };
      return equity < LEAST_FOR_SHORT ? { netLiquidation: writeDecimal(equity) } : undefined;
    }),
  }),
  'PM-MIN-EQUITY': row({
    kinds: 'portfolio-margin',
    about: 'opening with too little equity for portfolio margin',
    message: ['Net liquidation {netLiquidation} is below 100000.', '{unknown} is not known.'],
    remedy: 'Only closing orders pass below 100000.',
    grade: 'B',
    source: 'FINRA 4210(g)',
    judge: each((ask, { snapshot }) => {
      if (!ask.opens) return undefined;
      const equity = readDecimal(snapshot.account.netLiquidation);
      if (equity === undefined) return { unknown: 'Net liquidation' };
      return equity < LEAST_FOR_PORTFOLIO ? { netLiquidation: writeDecimal(equity) } : undefined;
    }),
  }),
  'CROSS-ZERO': row({
    severity: 'warn',
    kinds: BORROWING,
    about: 'one sale that closes a long and opens a short',
    message: '{held} held, {quantity} sold: {short} of it opens a short.',
    remedy: 'Send two orders, one to close and one to open.',
    when: ['sale'],
    judge: each((ask, context) => {
      const { held, short } = shortPart(ask, context);
      if (held <= 0n || short <= 0n) return undefined;
      return { held: writeDecimal(held), quantity: writeDecimal(ask.size ?? 0n), short: writeDecimal(short) };
    }),
  }),
  'CRYPTO-SHORT': row({
    kinds: TAXABLE,
    about: 'selling more coins than are held',
    message: '{quantity} sold, {held} held, {offered} already offered.',
    remedy: 'Sell at most {maxQuantity}.',
    grade: 'C',
    source: 'working knowledge',
    when: ['coin'],
    judge: each((ask, { snapshot }) => {
      if (ask.contract.secType !== 'CRYPTO' || ask.order.action !== 'SELL') return undefined;
      const { held, offered } = supplyOf(ask, snapshot);
      const size = ask.size ?? 0n;
      if (size + offered <= held) return undefined;
      const maxQuantity = writeDecimal(larger(0n, held - offered));
      return { quantity: writeDecimal(size), held: writeDecimal(held), offered: writeDecimal(offered), maxQuantity };
    }),
  }),
  'PTP-1446F': row({
    severity: 'warn',
    kinds: TAXABLE,
    about: 'withholding on partnership units of a person who is not a US person',
    message: 'Ten percent of the sale proceeds of {symbol} may be withheld (IRC 1446(f)).',
    remedy: 'Look for the exemption published by the issuer; it is valid for 92 days.',
    grade: 'A',
    source: 'IRC 1446(f), broker tax reporting',
    judge: each(({ contracts }, { snapshot: { account, policy } }) => {
      if (account.usPerson !== false) return undefined;
      const unit = contracts.find(
        (one) =>
          isTaxedAsPartnership(one, policy) ||
          ((one.secType === 'STK' || one.secType === 'FUND') && partnershipReason(one, policy.partnershipUnits) !== undefined),
      );
      return unit && { symbol: unit.symbol };
    }),
  }),
  // With three day trades used below 25,000 only exits pass (legacy regime).
  'PDT-LIMIT': row({
    kinds: COUNTED,
    about: 'day trades used up below 25000',
    message: [
      '{used} day trades used in five business days, net liquidation {netLiquidation} is below 25000.',
      '{used} day trades used in five business days, {unknown} is not known.',
      'Own count leaves {own} day trades, the broker says {broker}.',
    ],
    remedy: ['Only exits until a day trade leaves the window; or 25000 of net liquidation.', 'The smaller of the two counts.'],
    grade: 'B',
    source: 'FINRA 4210(f)(8) before 2026-06-04',
    judge: ({ snapshot, asks }) => {
      const state = pdtState(snapshot);
      if (state === undefined) return [];
      const opening = asks.filter((ask) => ask.opens && isCounted(ask));
      const { differ, left, used, netLiquidation } = state;
      const info: readonly Said[] =
        differ === undefined || opening.length === 0
          ? []
          : [{ facts: { own: String(differ.own), broker: String(differ.broker) }, severity: 'info' }];
      if (left === undefined || left > 0) return info;
      const equity = netLiquidation === undefined ? { unknown: 'net liquidation' } : { netLiquidation };
      return [...opening.map((ask) => ({ facts: { used: String(used), ...equity }, ask })), ...info];
    },
  }),
  // An exit that completes one more day trade passes, but is said; so is an opening that makes one likely.
  'PDT-FOURTH-DAY-TRADE': row({
    severity: 'warn',
    kinds: COUNTED,
    about: 'an exit that completes one more day trade',
    message: [
      'This exit completes day trade number {number} below 25000.',
      'If everything opened today is also closed today, {potential} day trades will have been used.',
    ],
    remedy: 'Hold overnight if the count matters.',
    judge: ({ snapshot, asks }) => {
      const state = pdtState(snapshot);
      if (state === undefined) return [];
      const potential = snapshot.account.dayTradesPotential;
      return asks.filter(isCounted).flatMap((ask): readonly Said[] => {
        if (!ask.opens && ask.order.closesTodaysOpening === true && state.left === 0)
          return [{ facts: { number: String(state.used + 1) }, ask }];
        if (!ask.opens || typeof potential !== 'number' || potential + 1 <= 3) return [];
        return [{ facts: { potential: String(potential + 1) }, ask, severity: 'info' }];
      });
    },
  }),
  'IDM-DEFICIT': row({
    kinds: COUNTED,
    about: 'maintenance excess that would fall below zero within the day',
    message: 'Excess liquidity {excess} less a maintenance change of {change} is {after}.',
    remedy: ['{missing} is missing; send less.'],
    source: 'FINRA 4210(d)(2) from 2026-06-04',
    grade: 'D',
    when: ['answer'],
    judge: each((ask, { snapshot: { policy, account } }) => {
      const excess = readDecimal(account.excessLiquidity);
      const change = readDecimal(ask.order.answer?.maintMarginChange);
      if (policy.pdt !== 'intraday' || excess === undefined || !ask.opens || change === undefined || excess - change >= 0n)
        return undefined;
      return {
        excess: writeDecimal(excess),
        change: writeDecimal(change),
        after: writeDecimal(excess - change),
        missing: writeDecimal(change - excess),
      };
    }),
  }),
} as const;
