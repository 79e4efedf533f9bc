// Endpoints of the Web API: advisor.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const advisorEndpoints = {
  'POST /fa/fa-preset/get': endpoint({
    needs: 'brokerage',
    body: object('reqID:int subscriptionKey'),
    answer: object(`avoidNegativeCashInCore:flag cashQtyEstimateFactor:int closeDivestCorePosition:flag
      fullyInvestExistingLongPositions:flag keepModelOpen:flag preferCrossWithIndependent:flag
      preferTransferFromIndependent:flag reqID:int roundAllocExchBoardLot:flag subscriptionStatus:int
      useNonBaseCcy:flag useToleranceRange:flag`),
    grade: 'D',
  }),
  'POST /fa/fa-preset/save': endpoint({
    needs: 'brokerage',
    body: object(`avoidNegativeCashInCore:flag cashQtyEstimateFactor:int closeDivestCorePosition:flag
      fullyInvestExistingLongPositions:flag keepModelOpen:flag preferCrossWithIndependent:flag
      preferTransferFromIndependent:flag reqID:int roundAllocExchBoardLot:flag subscriptionStatus:int
      useNonBaseCcy:flag useToleranceRange:flag`),
    answer: object('error reqID:int subscriptionStatus:int success:flag'),
    grade: 'D',
  }),
  'POST /fa/model/accounts-details': endpoint({
    needs: 'brokerage',
    body: object('calcPnls:flag model reqID:int'),
    answer: object('baseCcyMaster model reqID:int', { accountInfoList: list('any') }),
    grade: 'D',
  }),
  'POST /fa/model/invest-divest': endpoint({
    needs: 'brokerage',
    body: object('reqID:int model subscriptionKey', { accountList: list('any') }),
    answer: object('reqID subscriptionKey subscriptionStatus:int'),
    grade: 'D',
  }),
  'POST /fa/model/invest-divest-positions': endpoint({
    needs: 'brokerage',
    body: object('reqID:int model subscriptionStatus:int'),
    answer: object('baseCcyMaster baseCcyMasterPrc model reqID:int subscriptionStatus:int', { accountList: list('any') }),
    grade: 'D',
  }),
  'POST /fa/model/list': endpoint({
    needs: 'brokerage',
    body: object('reqID:int subscriptionKey'),
    answer: object('baseCcy masterAccount reqID:int subscriptionStatus:int', { models: list('any') }),
    grade: 'D',
  }),
  'POST /fa/model/positions': endpoint({
    needs: 'brokerage',
    body: object(`reqID:int model
      sortField:actl|actlRangeMax|actlRangeMin|ccy|cid|dlv|instrImbalance|instrument|mismatchType|mv|position|target
      sortDirection:ASC|DESC limit:int subscriptionKey`),
    answer: object(
      `mismatched:flag model nlv:num positionTs:id reqID:int stkOnly:flag subscriptionStatus:int totalDlv:num
      totalMv:num`,
      {
        cash: list('actual:num ccy exchangeRate:num instrumentImbalance:num mv:num target:num'),
        positionList: list(`actual:num actualRangeMax:num actualRangeMin:num ccy conid:int dlv:num exchangeRate:int flags:int
        instrument instrumentImbalance:num mismatchType:int mv:num position:num target:num`),
      },
    ),
    grade: 'D',
  }),
  'POST /fa/model/save': endpoint({
    needs: 'brokerage',
    body: object('desc! isStatic:flag! model! reqID:int', { 'cashTargets!': list('any'), 'positionTargets!': list('any') }),
    answer: object('reqID:int success:flag'),
    grade: 'D',
  }),
  'POST /fa/model/submit-transfers': endpoint({
    needs: 'brokerage',
    body: object('reqID:int fpOrderId:int'),
    answer: object('reqID:int success:flag'),
    grade: 'D',
  }),
  'POST /fa/model/summary': endpoint({
    needs: 'brokerage',
    body: object('reqID:int model subscriptionKey'),
    answer: object(`bootstrapped:flag ci:flag desc isStatic:flag mismatch:flag model nlv:num numAccounts:int reqID:int
      subscriptionStatus:int`),
    grade: 'D',
  }),
} as const;
