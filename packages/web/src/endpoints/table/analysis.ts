// Endpoints of the Web API: analysis.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const analysisEndpoints = {
  'POST /pa/allperiods': endpoint({
    needs: 'outer',
    pace: '1/900s',
    query: 'param',
    body: object('', { acctIds: list('text') }),
    answer: object('currencyType rc:int nd:int id:id pm', {
      view: list('text'),
      included: list('text'),
      // by account, then by period
      others: object('baseCurrency start end lastSuccessfulUpdate', {
        periods: list('text'),
        others: object('freq', { startNAV: object('date val:num'), dates: list('text'), nav: list('num'), cps: list('num') }),
      }),
    }),
    grade: 'D',
  }),
  'POST /pa/performance': endpoint({
    needs: 'outer',
    pace: '1/900s',
    body: object('period:1D|7D|MTD|1M|3M|6M|12M|YTD', { acctIds: list('any') }),
    answer: object('currencyType rc:int nd:int id:id pm', {
      nav: object('freq', {
        data: list('idType start end id:id baseCurrency', { navs: list('any'), startNAV: object('date val:int') }),
        dates: list('any'),
      }),
      cps: object('freq', { data: list('idType start end id:id baseCurrency', { returns: list('any') }), dates: list('any') }),
      tpps: object('freq', { data: list('idType start end id:id baseCurrency', { returns: list('any') }), dates: list('any') }),
      included: list('any'),
    }),
    notes: ['1 call per 15 min: cache'],
    grade: 'D',
  }),
  'POST /pa/transactions': endpoint({
    needs: 'outer',
    pace: '1/900s',
    body: object('currency days:int', { acctIds: list('text'), conids: list('int') }),
    answer: object('rc:int nd:int currency from:int id:id to:int includesRealTime:flag', {
      rpnl: object('amt', { data: list('any'), items: object('date cur fxRate:int side:L|G acctid amt conid:int') }),
      transactions: list('date cur fxRate:int pr:num qty:int acctid amt:num conid:int type desc rawDate'),
    }),
    grade: 'D',
  }),
} as const;
