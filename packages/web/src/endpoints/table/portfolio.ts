// Endpoints of the Web API: portfolio.

import { endpoint } from '../endpoint.js';
import { either, list, map, object } from '../shape.js';

export const portfolioEndpoints = {
  'GET /portfolio/accounts': endpoint({
    needs: 'outer',
    pace: '1/5s',
    answer: list(
      `PrepaidCrypto-P:flag PrepaidCrypto-Z:flag accountAlias accountId accountStatus:int accountTitle accountVan
      acctCustType brokerageAccess:flag businessType:IB_SALES|IB_PROSERVE category clearingStatus:O|P|N|A|R|C
      covestor:flag currency desc displayName faClient:flag ibEntity:IBLLC-US|IB-CAN|IB-UK|IB-IE id:id
      noClientTrading:flag trackVirtualFXPortfolio:flag tradingType type faclient:flag`,
      { parent: object('accountId isMChild:flag isMParent:flag isMultiplex:flag', { mmc: list('any') }) },
    ),
    notes: ['call before any /portfolio/{accountId} call', 'works without a brokerage session'],
    grade: 'D',
  }),
  'POST /portfolio/allocation': endpoint({
    needs: 'outer',
    body: object('', { acctIds: list('text') }),
    answer: object('', {
      assetClass: object('', { long: object('STK:num CASH:num', { others: 'num' }), short: map('num') }),
      sector: object('', { long: object('Others:num'), short: object('') }),
      group: object('', { long: object('Others:num'), short: object('') }),
    }),
    notes: ['needs /portfolio/accounts first'],
    grade: 'D+R',
  }),
  'GET /portfolio/positions/{conid}': endpoint({
    needs: 'outer',
    answer: map(
      object(
        `acctId allExchanges assetClass avgCost:num avgPrice:num baseAvgCost:num baseAvgPrice:num baseMktPrice:num
      baseMktValue:num baseRealizedPnl:num baseUnrealizedPnl:num chineseName conid:int contractDesc countryCode
      currency exchs:any exerciseStyle expiry fullName group hasOptions:flag isEventContract:flag isUS:flag
      lastTradingDay listingExchange mktPrice:num mktValue:num model multiplier:num name pageSize:int position:num
      putOrCall:P|C realizedPnl:num sector sectorGroup strike:num ticker time:int type undConid:int
      unrealizedPnl:num`,
        {
          conExchMap: list('any'),
          displayRule: object('magnification:int', { displayRuleStep: list('decimalDigits:int lowerEdge:num wholeDigits:int') }),
          incrementRules: list('increment:num lowerEdge:num'),
        },
      ),
    ),
    grade: 'D',
  }),
  'GET /portfolio/subaccounts': endpoint({
    needs: 'outer',
    pace: '1/5s',
    answer: list(
      `PrepaidCrypto-P:flag PrepaidCrypto-Z:flag accountAlias accountId accountStatus:int accountTitle accountVan
      acctCustType brokerageAccess:flag businessType:IB_SALES|IB_PROSERVE category clearingStatus:O|P|N|A|R|C
      covestor:flag currency desc displayName faClient:flag ibEntity:IBLLC-US|IB-CAN|IB-UK|IB-IE id:id
      noClientTrading:flag trackVirtualFXPortfolio:flag tradingType type faclient:flag`,
      { parent: object('accountId isMChild:flag isMParent:flag isMultiplex:flag', { mmc: list('any') }) },
    ),
    notes: ['for advisor/linked structures, up to 100; more: /portfolio/subaccounts2'],
    grade: 'D',
  }),
  'GET /portfolio/subaccounts2': endpoint({
    needs: 'outer',
    query: 'page:int!',
    answer: either(
      object('', {
        metadata: object('total:int pageSize:int pageNum:int'),
        subaccounts: list(
          list(
            `PrepaidCrypto-P:flag PrepaidCrypto-Z:flag accountAlias accountId accountStatus:int accountTitle
          accountVan acctCustType brokerageAccess:flag businessType:IB_SALES|IB_PROSERVE category
          clearingStatus:O|P|N|A|R|C covestor:flag currency desc displayName faClient:flag
          ibEntity:IBLLC-US|IB-CAN|IB-UK|IB-IE id:id noClientTrading:flag trackVirtualFXPortfolio:flag tradingType
          type faclient:flag`,
            { parent: object('accountId isMChild:flag isMParent:flag isMultiplex:flag', { mmc: list('any') }) },
          ),
        ),
      }),
      list(
        `id:id PrepaidCrypto-Z:flag PrepaidCrypto-P:flag brokerageAccess:flag accountId accountVan accountTitle
        displayName accountAlias:any accountStatus:int currency type tradingType businessType category ibEntity
        faclient:flag clearingStatus covestor:flag noClientTrading:flag trackVirtualFXPortfolio:flag acctCustType
        desc`,
        { parent: object('accountId isMParent:flag isMChild:flag isMultiplex:flag', { mmc: list('any') }) },
      ),
    ),
    notes: ['20 a page'],
    grade: 'D+R',
  }),
  'GET /portfolio/{accountId}/allocation': endpoint({
    needs: 'outer',
    query: 'model',
    answer: object('', {
      assetClass: object('', { long: map('num'), short: map('num') }),
      group: object('', { long: map('num'), short: map('num') }),
      sector: object('', { long: map('num'), short: map('num') }),
    }),
    grade: 'D',
  }),
  'GET /portfolio/{accountId}/combo/positions': endpoint({
    needs: 'outer',
    query: 'nocache:flag',
    answer: list('name description', {
      legs: list('conid:int ratio:int'),
      positions: list(
        list(
          `acctId allExchanges assetClass avgCost:num avgPrice:num baseAvgCost:num baseAvgPrice:num baseMktPrice:num
        baseMktValue:num baseRealizedPnl:num baseUnrealizedPnl:num chineseName conid:int contractDesc countryCode
        currency exchs:any exerciseStyle expiry fullName group hasOptions:flag isEventContract:flag isUS:flag
        lastTradingDay listingExchange mktPrice:num mktValue:num model multiplier:num name pageSize:int
        position:num putOrCall:P|C realizedPnl:num sector sectorGroup strike:num ticker time:int type undConid:int
        unrealizedPnl:num`,
          {
            conExchMap: list('any'),
            displayRule: object('magnification:int', {
              displayRuleStep: list('decimalDigits:int lowerEdge:num wholeDigits:int'),
            }),
            incrementRules: list('increment:num lowerEdge:num'),
          },
        ),
      ),
    }),
    notes: ['[] when no combos are held'],
    grade: 'D+R',
  }),
  'GET /portfolio/{accountId}/ledger': endpoint({
    needs: 'outer',
    answer: map(
      object(`acctcode cashbalance:num cashbalancefxsegment:num commoditymarketvalue:num corporatebondsmarketvalue:num
      currency dividends:num exchangerate:num funds:num futuremarketvalue:num futureoptionmarketvalue:num
      futuresonlypnl:num interest:num issueroptionsmarketvalue:num key moneyfunds:num netliquidationvalue:num
      realizedpnl:num secondkey sessionid:int settledcash:num severity:int stockmarketvalue:num
      stockoptionmarketvalue:num tbillsmarketvalue:num tbondsmarketvalue:num timestamp:int unrealizedpnl:num
      warrantsmarketvalue:num`),
    ),
    grade: 'D',
  }),
  'GET /portfolio/{accountId}/meta': endpoint({
    needs: 'outer',
    answer: object(
      `PrepaidCrypto-P:flag PrepaidCrypto-Z:flag accountAlias accountId accountStatus:int accountTitle accountVan
      acctCustType brokerageAccess:flag businessType:IB_SALES|IB_PROSERVE category clearingStatus:O|P|N|A|R|C
      covestor:flag currency desc displayName faClient:flag ibEntity:IBLLC-US|IB-CAN|IB-UK|IB-IE id:id
      noClientTrading:flag trackVirtualFXPortfolio:flag tradingType type faclient:flag`,
      { parent: object('accountId isMChild:flag isMParent:flag isMultiplex:flag', { mmc: list('any') }) },
    ),
    grade: 'D',
  }),
  'POST /portfolio/{accountId}/positions/invalidate': endpoint({ needs: 'outer', answer: object('message'), grade: 'D' }),
  'GET /portfolio/{accountId}/positions/{pageId}': endpoint({
    needs: 'outer',
    query: 'model sort direction waitForSecDef:flag',
    answer: list(
      `acctId allExchanges assetClass avgCost:num avgPrice:num baseAvgCost:num baseAvgPrice:num baseMktPrice:num
      baseMktValue:num baseRealizedPnl:num baseUnrealizedPnl:num chineseName conid:int contractDesc countryCode
      currency exchs:any exerciseStyle expiry fullName group hasOptions:flag isEventContract:flag isUS:flag
      lastTradingDay listingExchange mktPrice:num mktValue:num model multiplier:num name pageSize:int position:num
      putOrCall:P|C realizedPnl:num sector sectorGroup strike:num ticker time:int type undConid:int
      unrealizedPnl:num`,
      {
        conExchMap: list('any'),
        displayRule: object('magnification:int', { displayRuleStep: list('decimalDigits:int lowerEdge:num wholeDigits:int') }),
        incrementRules: list('increment:num lowerEdge:num'),
      },
    ),
    notes: [
      '100 rows a page, first page 0, end = short or empty page',
      'first read of a session is sparse: 21 keys, no name/ticker, strike as number; second read 46 keys, strike as string',
    ],
    grade: 'D',
  }),
  'GET /portfolio/{accountId}/summary': endpoint({
    needs: 'outer',
    answer: map(object('amount:num currency isNull:flag timestamp:int value severity:int')),
    notes: ['keys in lower case, each with twins -c (commodities) and -s (securities)'],
    grade: 'D',
  }),
  'GET /portfolio/{accountId}/position/{conid}': endpoint({
    needs: 'outer',
    answer: list(
      `acctId allExchanges assetClass avgCost:num avgPrice:num baseAvgCost:num baseAvgPrice:num baseMktPrice:num
      baseMktValue:num baseRealizedPnl:num baseUnrealizedPnl:num chineseName conid:int contractDesc countryCode
      currency exchs:any exerciseStyle expiry fullName group hasOptions:flag isEventContract:flag isUS:flag
      lastTradingDay listingExchange mktPrice:num mktValue:num model multiplier:num name pageSize:int position:num
      putOrCall:P|C realizedPnl:num sector sectorGroup strike:num ticker time:int type undConid:int
      unrealizedPnl:num`,
      {
        conExchMap: list('any'),
        displayRule: object('magnification:int', { displayRuleStep: list('decimalDigits:int lowerEdge:num wholeDigits:int') }),
        incrementRules: list('increment:num lowerEdge:num'),
      },
    ),
    grade: 'D',
  }),
  'GET /portfolio2/{accountId}/positions': endpoint({
    needs: 'outer',
    query: 'model sort direction',
    answer: list(`position:num conid:int avgCost:num avgPrice:num currency description isLastToLoq:flag marketPrice:num
      marketValue:num realizedPnl:num unrealizedPnl:num secType timestamp:int assetClass sector group model`),
    notes: [
      'not cached, near real time, not paged',
      'names marketPrice/marketValue, not mktPrice/mktValue (the page lists the other names, its example these; a recording shows these)',
    ],
    grade: 'D+R',
  }),
} as const;
