// Every builder of an order, by its name, with terms for a line: what the random flow draws from.

import { priceGrid } from '../../src/client/contracts/price-grid.js';
import * as algos from '../../src/client/orders/algos/algos.js';
import { thirdParty } from '../../src/client/orders/algos/third-party.js';
import { cash } from '../../src/client/orders/builders/assemble.js';
import * as attachments from '../../src/client/orders/builders/attachments.js';
import * as basic from '../../src/client/orders/builders/basic.js';
import { bracket, snapBracket } from '../../src/client/orders/builders/bracket.js';
import { family, type OrderGroup, oca } from '../../src/client/orders/builders/group.js';
import * as options from '../../src/client/orders/builders/option-orders.js';
import * as pegged from '../../src/client/orders/builders/pegged.js';
import type { TrailLimitPrice } from '../../src/client/orders/builders/trailing.js';
import * as trailing from '../../src/client/orders/builders/trailing.js';
import { activateWhen, cancelWhen } from '../../src/client/orders/conditions/expression.js';
import { margin } from '../../src/client/orders/conditions/kinds.js';
import type { OrderDraft } from '../../src/client/orders/draft.js';

/** What a builder is given: a side, a size, prices as shares of the last one, and choice. */
export interface Ticket {
  readonly action: 'BUY' | 'SELL';
  readonly size: string;
  /** Dollars: that share of the last price. */
  at(share: number): number;
  of<T>(list: readonly T[]): T;
}
type Build = (ticket: Ticket) => OrderDraft;

const lmt = ({ action, size, at, of }: Ticket) => basic.limit(action, size, at(of([0.9, 1, 1.1])));
const stop = ({ action, size, at, of }: Ticket) => basic.stop(action, size, at(of([0.95, 1.05])));
const distance = ({ at, of }: Ticket) => of([{ amount: at(0.05) }, { percent: 5 }, { amount: at(0.01), startAt: at(1.2) }]);
const started = ({ at, of }: Ticket) => ({ amount: at(0.05), startAt: at(of([0.95, 1.05, 1.5])) });
const offset = ({ at, of }: Ticket) => of([{ offset: at(0.01) }, { offset: at(0.3) }, { offset: at(0.01), cap: at(1.1) }]);
const vol = { volatility: 30, per: 'year' as const };
const share = { maxPctVol: 0.1 };
const curve = { startPctVol: 0.1, endPctVol: 0.2 };
const scaled = { initLevelSize: 1, priceIncrement: 0.01 };

/** By the builder's name; those that take an order are given a limit or a stop. */
export const BUILDERS: Readonly<Record<string, Build>> = {
  market: ({ action, size }) => basic.market(action, size),
  limit: lmt,
  stop,
  stopLimit: ({ action, size, at, of }) => basic.stopLimit(action, size, at(1.02), at(of([1.03, 1.4]))),
  stopWithProtection: ({ action, size, at }) => basic.stopWithProtection(action, size, at(1.05)),
  marketWithProtection: ({ action, size }) => basic.marketWithProtection(action, size),
  marketIfTouched: ({ action, size, at, of }) => basic.marketIfTouched(action, size, at(of([0.9, 1.1]))),
  limitIfTouched: ({ action, size, at, of }) => basic.limitIfTouched(action, size, at(0.95), at(of([0.96, 1.3]))),
  marketOnClose: ({ action, size }) => basic.marketOnClose(action, size),
  limitOnClose: ({ action, size, at }) => basic.limitOnClose(action, size, at(1)),
  marketOnOpen: ({ action, size }) => basic.marketOnOpen(action, size),
  limitOnOpen: ({ action, size, at }) => basic.limitOnOpen(action, size, at(1)),
  marketToLimit: ({ action, size }) => basic.marketToLimit(action, size),
  auction: ({ action, size, at }) => basic.auction(action, size, at(1)),
  discretionary: ({ action, size, at, of }) => basic.discretionary(action, size, at(1), at(of([0.01, 0.5]))),
  sweepToFill: ({ action, size, at }) => basic.sweepToFill(action, size, at(1)),
  block: ({ action, size, at }) => basic.block(action, size, at(1)),
  iceberg: ({ action, size, at }) => basic.iceberg(action, size, at(1), 1),
  cash: ({ action, of }) => basic.market(action, cash(of(['100', '1000', '1000000']))),
  relative: (ticket) => pegged.relative(ticket.action, ticket.size, ticket.of([offset(ticket), { percentOffset: 0.2 }])),
  discretionaryPeg: ({ action, size, at, of }) => pegged.discretionaryPeg(action, size, at(of([1, 1.4]))),
  passiveRelative: (ticket) => pegged.passiveRelative(ticket.action, ticket.size, offset(ticket)),
  pegMarket: (ticket) => pegged.pegMarket(ticket.action, ticket.size, offset(ticket)),
  pegPrimary: (ticket) => pegged.pegPrimary(ticket.action, ticket.size, offset(ticket)),
  pegMid: (ticket) => pegged.pegMid(ticket.action, ticket.size, offset(ticket)),
  pegBest: ({ action, size, at }) => pegged.pegBest(action, size, at(1), { competeAgainstBestOffset: at(0.01) }),
  pegStock: ({ action, size, at }) => pegged.pegStock(action, size, { delta: 0.5, startingPrice: at(1) }),
  pegBench: ({ action, size, at, of }) =>
    pegged.pegBench(action, size, {
      startingPrice: at(of([1, 2])),
      referenceContractId: 102,
      peggedChangeAmount: 1,
      referenceChangeAmount: 1,
      isPeggedChangeAmountDecrease: false,
    }),
  snapMid: ({ action, size, at }) => pegged.snapMid(action, size, at(0.01)),
  snapMarket: ({ action, size, at, of }) => pegged.snapMarket(action, size, at(of([0.01, 0.4]))),
  snapPrimary: ({ action, size }) => pegged.snapPrimary(action, size),
  midprice: ({ action, size, at, of }) => pegged.midprice(action, size, of([undefined, at(1.01)])),
  fixPegged: ({ action, size, at }) => pegged.fixPegged(action, size, { offset: at(0.01) }),
  trail: (ticket) => trailing.trail(ticket.action, ticket.size, distance(ticket)),
  trailLimit: (ticket) =>
    trailing.trailLimit(
      ticket.action,
      ticket.size,
      started(ticket),
      ticket.of<TrailLimitPrice>([{ lmtPriceOffset: 1 }, { lmtPrice: ticket.at(1.5) }]),
    ),
  trailMarketIfTouched: (ticket) => trailing.trailMarketIfTouched(ticket.action, ticket.size, distance(ticket)),
  trailLimitIfTouched: (ticket) => trailing.trailLimitIfTouched(ticket.action, ticket.size, distance(ticket), 1),
  boxTop: ({ action, size }) => options.boxTop(action, size),
  volatility: ({ action, size }) => options.volatility(action, size, vol),
  pegVolatility: ({ action, size, of }) =>
    options.pegVolatility(of(['primary', 'midpoint', 'market', 'surface']), action, size, vol),
  boxAuction: ({ action, size, at }) =>
    options.boxAuction(action, size, at(1), { strategy: 'match', startingPrice: at(1), delta: 0.5 }),
  requestForQuote: ({ action, size }) => options.requestForQuote(action, size),
  guaranteedVwap: ({ action, size }) => options.guaranteedVwap(action, size),
  comboLimitMarket: ({ action, size, at }) => options.comboLimitMarket(action, size, at(1)),
  comboRelativeLimit: ({ action, size, at }) => options.comboRelativeLimit(action, size, at(1), at(0.01)),
  comboRelativeMarket: ({ action, size, at }) => options.comboRelativeMarket(action, size, at(0.01)),
  comboTrailLimitMarket: (ticket) =>
    options.comboTrailLimitMarket(ticket.action, ticket.size, started(ticket), { lmtPrice: ticket.at(1.2) }),
  comboTrailRelativeMarket: (ticket) => options.comboTrailRelativeMarket(ticket.action, ticket.size, distance(ticket)),
  adjustable: (ticket) => {
    const triggerPrice = ticket.at(1.01);
    return attachments.adjustable(
      stop(ticket),
      ticket.of([
        { triggerPrice, to: 'STP', stopPrice: ticket.at(1.6) },
        { triggerPrice, to: 'STP LMT', stopPrice: ticket.at(1), stopLimitPrice: ticket.at(1.6) },
        { triggerPrice, to: 'TRAIL', stopPrice: ticket.at(1), amount: ticket.at(0.6) },
      ]),
    );
  },
  scale: (ticket) =>
    attachments.scale(lmt(ticket), ticket.of([scaled, { ...scaled, priceAdjustValue: 10, priceAdjustInterval: 1 }])),
  hedge: (ticket) => attachments.hedge(lmt(ticket), ticket.of([{ kind: 'delta' }, { kind: 'pair', ratio: 3 }])),
  attached: (ticket) => attachments.attached(lmt(ticket), { stopLoss: true, profitTaker: true }),
  routed: (ticket) =>
    attachments.routed(lmt(ticket), ticket.of([{ NonGuaranteed: true }, { DiscretionaryPct: 50 }, { LeginPrio: 1 }])),
  legPrices: (ticket) => attachments.legPrices(lmt(ticket), [1, 2]),
  activateWhen: (ticket) => activateWhen(lmt(ticket), margin.below(20)),
  cancelWhen: (ticket) => cancelWhen(lmt(ticket), margin.below(20)),
  algo: (ticket) => algos.algo(lmt(ticket), 'Twap', { strategyType: 'Midpoint' }),
  adaptive: (ticket) => algos.adaptive(ticket.of([lmt(ticket), basic.market(ticket.action, ticket.size)])),
  arrivalPrice: (ticket) => algos.arrivalPrice(lmt(ticket), { ...share, riskAversion: 'Neutral' }),
  closePrice: (ticket) => algos.closePrice(lmt(ticket), { ...share, riskAversion: 'Neutral' }),
  darkIce: (ticket) => algos.darkIce(lmt(ticket), { displaySize: 1 }),
  accumulateDistribute: (ticket) => algos.accumulateDistribute(lmt(ticket), { componentSize: 1, timeBetweenOrders: 60 }),
  percentOfVolume: (ticket) => algos.percentOfVolume(lmt(ticket), { pctVol: 0.1 }),
  percentOfVolumeByPrice: (ticket) =>
    algos.percentOfVolumeByPrice(lmt(ticket), { pctVol: 0.1, deltaPctVol: 0.1, minPctVol4Px: 0.1, maxPctVol4Px: 0.2 }),
  percentOfVolumeBySize: (ticket) => algos.percentOfVolumeBySize(lmt(ticket), curve),
  percentOfVolumeByTime: (ticket) => algos.percentOfVolumeByTime(lmt(ticket), curve),
  twap: (ticket) => algos.twap(lmt(ticket), { strategyType: 'Marketable' }),
  vwap: (ticket) => algos.vwap(lmt(ticket), share),
  balanceImpactRisk: (ticket) => algos.balanceImpactRisk(lmt(ticket), { ...share, riskAversion: 'Neutral' }),
  minimiseImpact: (ticket) => algos.minimiseImpact(lmt(ticket), share),
  thirdParty: (ticket) => thirdParty(lmt(ticket), 'qb', 'CLOSER', {}),
};

/** Fields that change more than they seem to, set by hand. */
export const ODD: readonly object[] = [
  { discretionaryAmt: 50 },
  { hedgeType: 'D' },
  { scaleInitLevelSize: 1, scalePriceIncrement: 1, scalePriceAdjustValue: 10, scalePriceAdjustInterval: 1 },
  { cashQty: 1_000_000 },
  { adjustedOrderType: 'STP', triggerPrice: 101, adjustedStopPrice: 500 },
  { faGroup: 'all', faMethod: 'NetLiq' },
  { modelCode: 'm' },
  { outsideRth: true },
  { tif: 'GTC' },
  { orderRef: 'mine' },
  { transmit: false },
];

/** Groups by their builder's name; `name` is that of the OCA group. */
export const GROUPS: Readonly<Record<string, (ticket: Ticket, name: string) => OrderGroup>> = {
  bracket: ({ size, at, of }) =>
    bracket(basic.limit('BUY', size, at(1)), {
      takeProfit: at(1.1),
      stopLoss: of<number | { trail: { amount: number } }>([at(0.9), { trail: { amount: at(0.1) } }]),
    }),
  snapBracket: ({ size, at }) =>
    snapBracket(bracket(basic.limit('BUY', size, at(1)), { takeProfit: at(1.1), stopLoss: at(0.9) }), priceGrid(undefined, 0.01)),
  oca: ({ size, at, of }, name) =>
    oca(
      [basic.limit('SELL', size, at(1.1)), basic.stop('SELL', size, at(0.9))],
      name,
      of(['cancelWithBlock', 'reduceWithBlock', 'reduce']),
    ),
  family: ({ size, at }) =>
    family(basic.limit('BUY', size, at(1)), [basic.limit('SELL', size, at(1.1)), basic.limit('SELL', size, at(1.2))]),
};
