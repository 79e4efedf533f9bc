// Endpoints of the Web API: contracts.

import { endpoint } from '../endpoint.js';
import { either, list, map, object } from '../shape.js';

/** What may be traded of a contract, and in which steps. */
const rules = object(
  `algoEligible:flag allOrNoneEligible:flag costReport:flag error forceOrderPreview:flag defaultSize:num
      cashSize:num sizeIncrement:num limitPrice:num stopPrice:int orderOrigination preview:flag displaySize:int
      fraqInt:int cashCcy cashQtyIncr:num priceMagnifier:num negativeCapable:flag incrementType:int
      hasSecondary:flag increment:num incrementDigits:int stopprice:num`,
  {
    canTradeAcctIds: list('text'),
    orderTypes: list(
      'limit|midprice|market|stop|stop_limit|mit|lit|trailing_stop|trailing_stop_limit|relative|marketonclose|limitonclose',
    ),
    ibAlgoTypes: list('limit|stop_limit|lit|trailing_stop_limit|relative|marketonclose|limitonclose'),
    fraqTypes: list('limit|market|stop|stop_limit|mit|lit|trailing_stop|trailing_stop_limit'),
    cqtTypes: list('limit|market|stop|stop_limit|mit|lit|trailing_stop|trailing_stop_limit'),
    orderDefaults: object('', { LMT: object('LP') }),
    orderTypesOutside: list('limit|stop_limit|lit|trailing_stop_limit|relative'),
    tifTypes: list('text'),
    tifDefaults: object('TIF SIZE DEFAULT_ACCT PMALGO:flag'),
    incrementRules: list('lowerEdge:num increment:num'),
    modTypes: list('any'),
  },
);

/** One instrument that month, strike and right name; an array where several expirations do. */
const secdefInfo = `conid:int ticker secType listingExchange exchange companyName currency validExchanges priceRendering:any
      maturityDate right:P|C strike:num` as const;
const futures = list(`symbol conid:int underlyingConid:int expirationDate:int ltd:int shortFuturesCutOff:int
        longFuturesCutOff:int`);

export const contractsEndpoints = {
  'GET /contract/trading-schedule': endpoint({
    needs: 'brokerage',
    query: 'conid! exchange',
    answer: object('exchange_time_zone', {
      schedules: object('', {
        date: object('', { extended_hours: list('any'), liquid_hours: list('any') }),
        '20260402': object('', {
          liquid_hours: list('opening:int closing:int'),
          extended_hours: list('cancel_daily_orders:flag opening:int closing:int'),
        }),
        '20260406': object('', {
          liquid_hours: list('opening:int closing:int'),
          extended_hours: list('cancel_daily_orders:flag opening:int closing:int'),
        }),
      }),
    }),
    grade: 'D',
  }),
  'POST /iserver/contract/rules': endpoint({
    needs: 'brokerage',
    body: object('conid:int! isBuy:flag modifyOrder:flag orderId:int'),
    answer: rules,
    grade: 'D',
  }),
  'GET /iserver/contract/{conid}/algos': endpoint({
    needs: 'brokerage',
    query: 'algos:Adaptive|Vwap addDescription:int addParams:int',
    answer: object('', { algos: list('any') }),
    grade: 'D',
  }),
  'GET /iserver/contract/{conid}/info': endpoint({
    needs: 'brokerage',
    answer: object(`cfi_code symbol cusip expiry_full con_id:int maturity_date industry instrument_type trading_class
      valid_exchanges allow_sell_long:flag is_zero_commission_security:flag local_symbol
      contract_clarification_type classifier currency text underlying_con_id:int r_t_h:flag multiplier:num
      underlying_issuer contract_month company_name smart_available:flag exchange category`),
    notes: ['snake case answer: con_id, symbol, instrument_type, company_name, valid_exchanges (the documented names are wrong)'],
    grade: 'D',
  }),
  'GET /iserver/contract/{conid}/info-and-rules': endpoint({
    needs: 'brokerage',
    answer: object(
      `cfi_code symbol cusip expiry_full con_id:int maturity_date industry instrument_type trading_class
        valid_exchanges allow_sell_long:flag is_zero_commission_security:flag local_symbol
        contract_clarification_type classifier currency text underlying_con_id:int r_t_h:flag multiplier:num
        underlying_issuer contract_month company_name smart_available:flag exchange category`,
      { rules },
    ),
    grade: 'D',
  }),
  'GET /iserver/currency/pairs': endpoint({
    needs: 'brokerage',
    query: 'currency!',
    answer: map(list('symbol conid:int ccyPair')),
    grade: 'D',
  }),
  'GET /iserver/exchangerate': endpoint({ needs: 'brokerage', query: 'target! source!', answer: object('rate:num'), grade: 'D' }),
  'GET /iserver/secdef/bond-filters': endpoint({
    needs: 'brokerage',
    query: 'symbol! issuerId!',
    answer: object('', { bondFilters: list('displayText columnId:int', { options: list('any') }) }),
    grade: 'D',
  }),
  'GET /iserver/secdef/info': endpoint({
    needs: 'brokerage',
    query: 'conid sectype month exchange strike right:C|P issuerId filters',
    answer: either(list(secdefInfo), object(secdefInfo)),
    notes: ['one call per month+strike+right; several expirations per month may come back'],
    grade: 'D',
  }),
  'GET /iserver/secdef/search': endpoint({
    needs: 'brokerage',
    query: 'symbol secType:STK|IND|BOND name:flag more:flag fund:flag fundFamilyConidEx pattern:flag referrer',
    answer: list('bondid:int conid:int companyHeader companyName symbol description restricted:flag fop opt war', {
      sections: list('secType months exchange conid:int'),
      issuers: list('id:id name'),
    }),
    notes: [
      'conid is a string here',
      'the call seeds the server for /strikes and /info of the same symbol',
      'name=true (search by company name) breaks later /strikes',
    ],
    grade: 'D',
  }),
  'POST /iserver/secdef/search': endpoint({
    needs: 'brokerage',
    body: object('symbol! secType:STK|IND|BOND name:flag more:flag fund:flag fundFamilyConidEx pattern:flag referrer'),
    answer: list('bondid:int conid:int companyHeader companyName symbol description restricted:flag fop opt war', {
      sections: list('secType months exchange'),
      issuers: list('id:id name'),
    }),
    grade: 'D',
  }),
  'GET /iserver/secdef/strikes': endpoint({
    needs: 'brokerage',
    query: 'conid! sectype:OPT|FOP|WAR! month! exchange',
    answer: object('', { call: list('num'), put: list('num') }),
    notes: [
      'empty arrays unless search was called first',
      'parameter is sectype (lower case) in OpenAPI, secType in examples: send sectype',
    ],
    grade: 'D',
  }),
  'GET /trsrv/all-conids': endpoint({
    needs: 'outer',
    query: 'exchange! assetClass',
    answer: list('ticker conid:int exchange'),
    grade: 'D',
  }),
  'GET /trsrv/futures': endpoint({
    needs: 'outer',
    query: 'symbols! exchange',
    answer: object('', {
      symbol: list('any'),
      ES: futures,
      others: futures,
    }),
    grade: 'D',
  }),
  'GET /trsrv/secdef': endpoint({
    needs: 'outer',
    query: 'conids!',
    answer: object('', {
      secdef: list(
        `conid:int currency name assetClass expiry:any lastTradingDay:any group:any putOrCall:any sector:any
        sectorGroup:any strike:num ticker undConid:int multiplier:num type hasOptions:flag fullName isUS:flag
        isEventContract:flag listingExchange countryCode`,
        { incrementRules: list('lowerEdge:num increment:num') },
      ),
    }),
    grade: 'D',
  }),
  'GET /trsrv/secdef/schedule': endpoint({
    needs: 'outer',
    query: 'assetClass:STK|OPT|FUT|CFD|WAR|SWP|FND|BND|ICS! symbol! exchange exchangeFilter',
    answer: list('id:id tradeVenueId exchange description timezone', { schedules: list('any') }),
    grade: 'D',
  }),
  'GET /trsrv/stocks': endpoint({
    needs: 'outer',
    query: 'symbols!',
    answer: map(list('name chineseName assetClass', { contracts: list('conid:int exchange isUS:flag') })),
    notes: ['comma list of symbols; grouped by company; filter isUS'],
    grade: 'D',
  }),
} as const;
