// Endpoints of the Web API: accounts.

import { endpoint } from '../endpoint.js';
import { list, map, object } from '../shape.js';

export const accountsEndpoints = {
  'GET /acesws/{accountId}/signatures-and-owners': endpoint({
    needs: 'outer',
    answer: object('accountId', {
      users: list('roleId hasRightCodeInd:flag userName', {
        entity: object('entityName entityType:INDIVIDUAL|Joint|ORG firstName lastName dateOfBirth'),
      }),
      applicant: object('', { signatures: list('text') }),
    }),
    grade: 'D',
  }),
  'POST /iserver/account': endpoint({
    needs: 'brokerage',
    body: object('acctId'),
    answer: object('set:flag acctId success'),
    notes: ['same account: {"success":"Account already set"}; other: {set:true, acctId}', 'unknown id 500, missing body 400'],
    grade: 'D',
  }),
  'GET /iserver/account/pnl/partitioned': endpoint({
    needs: 'brokerage',
    pace: '1/5s',
    answer: object('', { upnl: map(object('rowType:int dpl:num nl:num upl:num uel:num el:num mv:num')) }),
    grade: 'D',
  }),
  'GET /iserver/account/search/{searchPattern}': endpoint({
    needs: 'brokerage',
    answer: object('pattern', { matchedAccounts: list('accountId alias allocationId') }),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/summary': endpoint({
    needs: 'brokerage',
    answer: object(
      `accountType status balance:int SMA:int buyingPower:int availableFunds:int excessLiquidity:int
      netLiquidationValue:int equityWithLoanValue:int regTLoan:int securitiesGVP:int totalCashValue:int
      accruedInterest:int regTMargin:int initialMargin:int maintenanceMargin:int`,
      { cashBalances: list('currency balance:int settledCash:int') },
    ),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/summary/available_funds': endpoint({
    needs: 'brokerage',
    answer: object('', {
      total: object(
        `current_available current_excess overnight_available overnight_excess buying_power leverage
        day_trades_left`,
        { 'Prdctd Pst-xpry Excss': 'text', 'Lk Ahd Avlbl Fnds': 'text', 'Lk Ahd Excss Lqdty': 'text', 'Lk Ahd Nxt Chng': 'text' },
      ),
      'Crypto at Paxos': object('current_available current_excess overnight_available overnight_excess', {
        'Prdctd Pst-xpry Excss': 'text',
        'Lk Ahd Avlbl Fnds': 'text',
      }),
      commodities: object('current_available current_excess overnight_available overnight_excess', {
        'Prdctd Pst-xpry Excss': 'text',
        'Lk Ahd Avlbl Fnds': 'text',
      }),
      securities: object('current_available current_excess SMA overnight_available overnight_excess leverage', {
        'Prdctd Pst-xpry Excss': 'text',
        'Lk Ahd Avlbl Fnds': 'text',
        'Lk Ahd Excss Lqdty': 'text',
      }),
    }),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/summary/balances': endpoint({
    needs: 'brokerage',
    answer: object('', {
      total: object('net_liquidation equity_with_loan sec_gross_pos_val cash', {
        'Nt Lqdtn Uncrtnty': 'text',
        'Prvs Dy Eqty Wth Ln Vl': 'text',
        'MTD Interest': 'text',
        'Pndng Dbt Crd Chrgs': 'text',
      }),
      commodities: object('net_liquidation equity_with_loan cash', { 'MTD Interest': 'text', 'Pndng Dbt Crd Chrgs': 'text' }),
      securities: object('net_liquidation equity_with_loan sec_gross_pos_val cash', {
        'Prvs Dy Eqty Wth Ln Vl': 'text',
        'MTD Interest': 'text',
        'Pndng Dbt Crd Chrgs': 'text',
      }),
    }),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/summary/margins': endpoint({
    needs: 'brokerage',
    answer: object('', {
      total: object(
        `current_initial current_maint projected_liquidity_inital_margin projected_overnight_initial_margin
        look_ahead_initial look_ahead_maint`,
        {
          'Prdctd Pst-xpry Mrgn @ Opn': 'text',
          'Prjctd Lk Ahd Mntnnc Mrgn': 'text',
          'Prjctd Ovrnght Mntnnc Mrgn': 'text',
          'RegT Margin': 'text',
        },
      ),
      'Crypto at Paxos': object(
        `current_initial current_maint projected_liquidity_inital_margin projected_overnight_initial_margin
        look_ahead_initial look_ahead_maint`,
        {
          'Prdctd Pst-xpry Mrgn @ Opn': 'text',
          'Prjctd Lk Ahd Mntnnc Mrgn': 'text',
          'Prjctd Ovrnght Mntnnc Mrgn': 'text',
          'RegT Margin': 'text',
        },
      ),
      commodities: object(
        `current_initial current_maint projected_liquidity_inital_margin projected_overnight_initial_margin
        look_ahead_initial look_ahead_maint`,
        {
          'RegT Margin': 'text',
          'Prdctd Pst-xpry Mrgn @ Opn': 'text',
          'Prjctd Lk Ahd Mntnnc Mrgn': 'text',
          'Prjctd Ovrnght Mntnnc Mrgn': 'text',
        },
      ),
      securities: object(
        `current_initial current_maint projected_liquidity_inital_margin projected_overnight_initial_margin
        look_ahead_initial look_ahead_maint`,
        {
          'Prdctd Pst-xpry Mrgn @ Opn': 'text',
          'Prjctd Lk Ahd Mntnnc Mrgn': 'text',
          'Prjctd Ovrnght Mntnnc Mrgn': 'text',
          'RegT Margin': 'text',
        },
      ),
    }),
    grade: 'D',
  }),
  'GET /iserver/account/{accountId}/summary/market_value': endpoint({
    needs: 'brokerage',
    answer: object('', {
      currency: object(
        `total_cash settled_cash stock options futures future_options funds dividends_receivable mutual_funds
        money_market bonds t_bills warrants issuer_option commodity cfd Cryptocurrency net_liquidation
        unrealized_pnl realized_pnl`,
        { 'MTD Interest': 'text', 'Govt Bonds': 'text', 'Notional CFD': 'text', 'Exchange Rate': 'text' },
      ),
    }),
    grade: 'D',
  }),
  'GET /iserver/accounts': endpoint({
    needs: 'brokerage',
    answer: object('selectedAccount sessionId isFt:flag isFT:flag isPaper:flag', {
      accounts: list('text'),
      acctProps: map(
        object(`hasChildAccounts:flag supportsCashQty:flag liteUnderPro:flag noFXConv:flag isProp:flag
          supportsFractions:flag allowCustomerTime:flag autoFx:flag`),
      ),
      aliases: map('text'),
      allowFeatures: object(`showGFIS:flag showEUCostReport:flag allowEventContract:flag allowFXConv:flag allowFinancialLens:flag
        allowMTA:flag allowTypeAhead:flag allowEventTrading:flag snapshotRefreshTimeout:id liteUser:flag
        showWebNews:flag research:flag debugPnl:flag showTaxOpt:flag showImpactDashboard:flag allowDynAccount:flag
        allowCrypto:flag allowedAssetTypes restrictTradeSubscription:flag showUkUserLabels:flag sideBySide:flag`),
      chartPeriods: map(list('text')),
      groups: list('text'),
      profiles: list('text'),
      serverInfo: object('serverName serverVersion'),
    }),
    notes: [
      'call once per session before orders, snapshot, modify, cancel; otherwise 400 "Please query /accounts first"',
      'isPaper tells paper from live',
    ],
    grade: 'D',
  }),
  'POST /iserver/dynaccount': endpoint({
    needs: 'brokerage',
    body: object('acctId!'),
    answer: object('set:flag acctId'),
    grade: 'D',
  }),
} as const;
