// Contracts of the simulated world, in the shapes of the Web API.

import type { Instrument } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import { type Door, error, type Handler, json } from './door.js';
import { instrumentOf } from './market.js';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** `20260918` as `SEP26`. */
const monthOf = (date: string | undefined): string => `${MONTHS[Number(date?.slice(4, 6)) - 1] ?? ''}${date?.slice(2, 4) ?? ''}`;

/** Options of an underlying that are listed now. */
const optionsOf = ({ gateway }: Door, conId: number, secType: string): readonly Instrument[] =>
  gateway.world.universe.chains
    .filter((chain) => chain.underlying.conId === conId && chain.secType === secType)
    .flatMap((chain) => gateway.world.universe.options(chain, gateway.clock.now()));

const monthsOf = (instruments: readonly Instrument[]): string =>
  [...new Set(instruments.map(({ lastTradeDate }) => monthOf(lastTradeDate)))].join(';');

/** What was searched for opens the way to its strikes. */
const searched = (conid: string): string => `search ${conid}`;

function optionsAsked(door: Door, query: URLSearchParams): readonly Instrument[] {
  const conid = query.get('conid') ?? '';
  if (!door.session.seen.has(searched(conid))) return [];
  return optionsOf(door, Number(conid), query.get('sectype') ?? '').filter(
    ({ lastTradeDate }) => monthOf(lastTradeDate) === query.get('month'),
  );
}

const described = (one: Instrument): object => ({
  cfi_code: '',
  symbol: one.symbol,
  cusip: null,
  expiry_full: one.lastTradeDate ?? null,
  con_id: one.conId,
  maturity_date: one.lastTradeDate ?? null,
  industry: one.industry ?? null,
  instrument_type: one.secType,
  trading_class: one.tradingClass ?? null,
  valid_exchanges: one.validExchanges,
  allow_sell_long: false,
  is_zero_commission_security: false,
  local_symbol: one.localSymbol,
  contract_clarification_type: null,
  classifier: null,
  currency: one.currency,
  text: null,
  underlying_con_id: one.underConId ?? 0,
  r_t_h: true,
  multiplier: one.multiplierText ?? null,
  underlying_issuer: null,
  contract_month: one.contractMonth ?? null,
  company_name: one.longName,
  smart_available: one.validExchanges.split(',').includes('SMART'),
  exchange: one.exchange,
  category: one.category ?? null,
});

export const contractHandlers = {
  'GET /iserver/secdef/search': (door, { query }) => {
    const symbol = query.get('symbol')?.toUpperCase() ?? '';
    const secType = query.get('secType');
    const { universe } = door.gateway.world;
    const found = universe.statics.filter(
      (one) => one.symbol.startsWith(symbol) && one.secType !== 'CFD' && (secType === null || one.secType === secType),
    );
    for (const one of found) door.session.seen.add(searched(String(one.conId)));
    return json(
      found.map((one) => {
        const options = optionsOf(door, one.conId, 'OPT');
        const cfd = universe.statics.find(
          (other) => other.secType === 'CFD' && other.symbol === one.symbol && one.secType === 'STK',
        );
        return {
          conid: String(one.conId),
          companyHeader: `${one.longName} - ${one.primaryExchange ?? one.exchange}`,
          companyName: one.longName,
          symbol: one.symbol,
          description: one.primaryExchange ?? one.exchange,
          restricted: null,
          sections: [
            { secType: one.secType },
            ...(options.length > 0
              ? [{ secType: 'OPT', months: monthsOf(options), exchange: options[0]?.validExchanges.replaceAll(',', ';') }]
              : []),
            ...(cfd === undefined ? [] : [{ secType: 'CFD', exchange: 'SMART', conid: String(cfd.conId) }]),
          ],
        };
      }),
    );
  },
  'GET /iserver/secdef/strikes': (door, { query }) => {
    const asked = optionsAsked(door, query);
    const strikes = (right: 'C' | 'P'): readonly number[] =>
      [...new Set(asked.filter((one) => one.right === right).map(({ strike = 0 }) => strike))].sort((a, b) => a - b);
    return json({ call: strikes('C'), put: strikes('P') });
  },
  'GET /iserver/secdef/info': (door, { query }) => {
    const found = optionsAsked(door, query).filter(
      (one) => one.strike === Number(query.get('strike')) && one.right === query.get('right'),
    );
    if (found.length === 0) return json({ error: 'no contracts retrieved' }, 500);
    return json(
      found.map((one) => ({
        conid: one.conId,
        ticker: one.symbol,
        secType: one.secType,
        listingExchange: one.primaryExchange ?? one.exchange,
        exchange: query.get('exchange') ?? one.exchange,
        companyName: one.longName,
        currency: one.currency,
        validExchanges: one.validExchanges,
        priceRendering: null,
        maturityDate: one.lastTradeDate,
        right: one.right,
        strike: one.strike,
      })),
    );
  },
  'GET /trsrv/futures': (door, { query }) => {
    const listed = door.gateway.world.universe.futures(door.now());
    const day = (date: string | undefined): number => Number(date ?? 0);
    const entries = (query.get('symbols') ?? '').split(',').map((symbol) => [
      symbol,
      listed
        .filter((one) => one.symbol === symbol)
        .map((one) => ({
          symbol,
          conid: one.conId,
          underlyingConid: one.underConId ?? 0,
          expirationDate: day(one.lastTradeDate),
          ltd: day(one.lastTradeDate),
          shortFuturesCutOff: day(one.lastTradeDate),
          longFuturesCutOff: day(one.lastTradeDate),
        })),
    ]);
    return json(Object.fromEntries(entries));
  },
  'GET /iserver/currency/pairs': (door, { query }) => {
    const currency = query.get('currency') ?? '';
    const pairs = door.gateway.world.universe.statics.filter(
      (one) => one.secType === 'CASH' && (one.currency === currency || one.symbol === currency),
    );
    return json({
      [currency]: pairs.map((one) => ({
        symbol: `${one.symbol}.${one.currency}`,
        conid: one.conId,
        ccyPair: one.currency === currency ? one.symbol : one.currency,
      })),
    });
  },
  'GET /iserver/contract/{conid}/info-and-rules': (door, { values: [conid = ''] }) => {
    const one = instrumentOf(door, conid);
    if (one === undefined) return error('unknown contract', 503);
    const [band] = one.rule.bands;
    return json({
      ...described(one),
      rules: {
        algoEligible: false,
        costReport: false,
        canTradeAcctIds: door.gateway.accounts,
        error: null,
        orderTypes: ['limit', 'market', 'stop', 'stop_limit'],
        defaultSize: one.minSize,
        sizeIncrement: one.sizeIncrement,
        tifTypes: ['DAY/o,a', 'GTC/o,a'],
        preview: true,
        increment: band?.increment ?? one.minTick,
        incrementDigits: 2,
        incrementRules: one.rule.bands.map(({ lowEdge, increment }) => ({ lowerEdge: lowEdge, increment })),
      },
    });
  },
  'GET /trsrv/stocks': (door, { query }) => {
    const symbols = (query.get('symbols') ?? '').split(',');
    const entries = symbols.map((symbol) => {
      const found = door.gateway.world.universe.statics.filter((one) => one.symbol === symbol && one.secType === 'STK');
      return [
        symbol,
        found.map((one) => ({
          name: one.longName.replaceAll('&', '&amp;'),
          chineseName: '&#x82F9;&#x679C;',
          assetClass: 'STK',
          contracts: [{ conid: one.conId, exchange: one.primaryExchange ?? one.exchange, isUS: one.currency === 'USD' }],
        })),
      ];
    });
    return json(Object.fromEntries(entries));
  },
  'GET /trsrv/secdef': (door, { query }) => {
    const conids = (query.get('conids') ?? '').split(',');
    return json({
      secdef: conids.flatMap((conid) => {
        const one = instrumentOf(door, conid);
        if (one === undefined) return [];
        return [
          {
            conid: one.conId,
            currency: one.currency,
            name: one.longName,
            assetClass: one.secType,
            expiry: one.lastTradeDate ?? null,
            lastTradingDay: one.lastTradeDate ?? null,
            group: null,
            putOrCall: one.right ?? null,
            sector: null,
            sectorGroup: null,
            strike: String(one.strike ?? 0),
            ticker: one.symbol,
            undConid: one.underConId ?? 0,
            multiplier: one.multiplier === 1 ? 0 : one.multiplier,
            type: one.stockType ?? null,
            hasOptions: false,
            fullName: one.localSymbol,
            isUS: one.currency === 'USD',
            isEventContract: false,
            listingExchange: one.primaryExchange ?? one.exchange,
            incrementRules: one.rule.bands.map(({ lowEdge, increment }) => ({ lowerEdge: lowEdge, increment })),
          },
        ];
      }),
    });
  },
} satisfies Partial<Record<EndpointName, Handler>>;
