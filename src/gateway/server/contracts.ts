// Instruments as the records of the protocol, and contracts of requests as instruments.

import type { Contract } from '../../protocol/records/contract.js';
import type { MessageInput } from '../../protocol/registry.js';
import { refusals } from '../matching/refusals.js';
import { isOfferedAt } from '../matching/where-taken.js';
import { conflictOf } from '../world/conflict.js';
import { isContractDate } from '../world/contract-date.js';
import { resolve } from '../world/find.js';
import type { Instrument } from '../world/instrument.js';
import { hoursTexts } from '../world/sessions.js';
import type { Client } from './client.js';
import { asTraded } from './pips.js';
import type { Gateway } from './state.js';

type DetailsInput = MessageInput<'contractDetails'>;
export type ContractInput = NonNullable<DetailsInput['contract']>;

/** The contract as answers carry it. `exchange` where it is routed or listed; unset: the instrument's own. */
export function contractOf(instrument: Instrument, exchange: string | undefined = instrument.exchange): ContractInput {
  return {
    conId: instrument.conId,
    symbol: instrument.symbol,
    secType: instrument.secType,
    lastTradeDateOrContractMonth: instrument.lastTradeDate,
    strike: instrument.strike ?? 0,
    right: instrument.right,
    multiplier: instrument.multiplierText,
    exchange,
    primaryExchange: instrument.primaryExchange,
    currency: instrument.currency,
    localSymbol: instrument.localSymbol,
    tradingClass: instrument.tradingClass,
  };
}

/** Positions name the exchange of stocks and leave it empty for futures. */
export function positionContract(instrument: Instrument): ContractInput {
  const isListed = instrument.secType === 'STK';
  return {
    ...contractOf(instrument, isListed ? (instrument.primaryExchange ?? instrument.exchange) : ''),
    primaryExchange: undefined,
  };
}

/** Expiry as details state it: with the hour and zone of the last trade. */
function detailedExpiry({ lastTradeDate, lastTradeTime, timeZoneId, secType }: Instrument): string | undefined {
  const isHourly = secType === 'FUT' || secType === 'FOP' || secType === 'WAR';
  return lastTradeDate !== undefined && lastTradeTime !== undefined && isHourly
    ? `${lastTradeDate} ${lastTradeTime} ${timeZoneId}`
    : lastTradeDate;
}

/** Details of anything but a bond. */
export function detailsOf(gateway: Gateway, instrument: Instrument, reqId: number, exchange?: string): DetailsInput {
  const { fund } = instrument;
  const hours = hoursTexts(instrument, gateway.clock.now());
  return {
    reqId,
    contract: {
      ...contractOf(instrument, exchange),
      lastTradeDateOrContractMonth: detailedExpiry(instrument),
      lastTradeDate: instrument.lastTradeDate,
    },
    contractDetails: {
      ...sharedDetails(asTraded(instrument, gateway.memory.terminal)),
      orderTypes: orderTypesAt(instrument, exchange ?? instrument.exchange),
      ...hours,
      underConId: instrument.underConId ?? 0,
      contractMonth: instrument.contractMonth,
      industry: instrument.industry,
      category: instrument.category,
      subcategory: instrument.subcategory,
      underSymbol: instrument.underSymbol,
      underSecType: instrument.underSecType,
      realExpirationDate: instrument.realExpirationDate,
      stockType: instrument.stockType,
      settlementMethod: instrument.settlementMethod,
      priceMagnifier: instrument.priceMagnifier,
      mdSizeMultiplier: 1,
      sizeMinTick: String(instrument.minSize),
      ...(fund && {
        ...fund,
        fundMinimumSubsequentPurchase: fund.fundSubsequentMinimumPurchase,
      }),
    },
  };
}

/** The list of the place that was asked about. */
function orderTypesAt(instrument: Instrument, exchange: string): string {
  return instrument.orderTypes
    .split(',')
    .filter((word) => isOfferedAt(word, instrument, exchange))
    .join(',');
}

function sharedDetails(instrument: Instrument) {
  return {
    marketName: instrument.marketName,
    minTick: instrument.minTick,
    validExchanges: instrument.validExchanges,
    longName: instrument.longName,
    timeZoneId: instrument.timeZoneId,
    evRule: instrument.evRule,
    evMultiplier: instrument.evMultiplier,
    secIdList: [...instrument.secIdList],
    aggGroup: instrument.aggGroup,
    marketRuleIds: instrument.marketRuleIds,
    minSize: plain(instrument.minSize),
    sizeIncrement: plain(instrument.sizeIncrement),
    suggestedSizeIncrement: plain(instrument.suggestedSizeIncrement),
  };
}

/** Details of a bond, which travel as a kind of their own. */
export function bondDetailsOf(gateway: Gateway, instrument: Instrument, reqId: number): MessageInput<'bondContractDetails'> {
  const { bond } = instrument;
  return {
    reqId,
    contract: { ...contractOf(instrument), lastTradeDateOrContractMonth: bond?.maturity },
    contractDetails: {
      ...sharedDetails(asTraded(instrument, gateway.memory.terminal)),
      orderTypes: instrument.orderTypes,
      ...hoursTexts(instrument, gateway.clock.now()),
      mdSizeMultiplier: 1,
      cusip: bond?.cusip,
      coupon: bond?.coupon,
      issueDate: bond?.issueDate,
      ratings: bond?.ratings,
      bondType: bond?.bondType,
      couponType: bond?.couponType,
      convertible: bond?.convertible ?? false,
      callable: bond?.callable ?? false,
      puttable: bond?.putable ?? false,
      descAppend: bond?.descAppend,
      nextOptionPartial: false,
      bondNotes: bond?.notes,
    },
  };
}

function plain(size: number): string {
  return size.toFixed(8).replace(/\.0+$|(?<![.0])0+$/, '');
}

const NOT_FOUND = 'No security definition has been found for the request';

/** The one instrument a request is about; sends the error and returns undefined when there is none or several. */
export function instrumentFor(
  gateway: Gateway,
  client: Client,
  reqId: number,
  contract: Partial<Contract> | undefined,
): Instrument | undefined {
  if (!isContractDate(contract?.lastTradeDateOrContractMonth)) {
    client.error(reqId, refusals.contractDate.code, refusals.contractDate.text);
    return undefined;
  }
  if (!contract?.secType && !contract?.conId) {
    client.error(reqId, 321, "Error validating request.-'bQ' : cause - Please enter a valid security type");
    return undefined;
  }
  if (!contract.exchange && !contract.conId) {
    client.error(reqId, 321, "Error validating request.-'bQ' : cause - Please enter exchange");
    return undefined;
  }
  const { conId, exchange, includeExpired } = contract;
  // Identifiers (secIdType, secId) are looked at by contract details alone.
  const query = conId ? { conId, exchange, includeExpired } : { ...contract, secIdType: undefined, secId: undefined };
  const found = resolve(gateway.world.universe, query, gateway.clock.now());
  const conflict = found.at === 'one' ? conflictOf(contract, found.instrument) : undefined;
  if (conflict) {
    const { code, text } = refusals.conflict(conflict.asked, conflict.found);
    client.error(reqId, code, text);
    return undefined;
  }
  if (found.at === 'one') return found.instrument;
  const text = found.at === 'none' ? NOT_FOUND : `The contract description specified for ${contract.symbol ?? ''} is ambiguous.`;
  client.error(reqId, 200, text);
  return undefined;
}
