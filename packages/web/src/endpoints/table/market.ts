// Endpoints of the Web API: market.

import { endpoint } from '../endpoint.js';
import { list, object } from '../shape.js';

export const marketEndpoints = {
  'GET /iserver/marketdata/history': endpoint({
    needs: 'brokerage',
    pace: ['5 at once', '50/60s'],
    query: 'conid:int! period! bar! exchange outsideRth:flag startTime direction:-1|1 source',
    answer: object(
      `serverId:id symbol text priceFactor:num startTime high low timePeriod barLength:int mdAvailability
        outsideRth:flag tradingDayDuration:int volumeFactor:num priceDisplayRule:int priceDisplayValue
        chartPanStartTime direction:int negativeCapable:flag messageVersion:int travelTime:int points:int
        mktDataDelay:int chartAnnotations`,
      { data: list('o:num c:num h:num l:num v:num t:int') },
    ),
    notes: [
      'at most 1000 points',
      'bar sizes allowed depend on period, see facts.md',
      '429 {"error":...} above the concurrency limit',
      'volume must be multiplied by volumeFactor',
      'o/h/l/c are already real prices; the high/low strings are scaled by priceFactor',
    ],
    grade: 'D',
  }),
  'GET /iserver/marketdata/snapshot': endpoint({
    needs: 'brokerage',
    pace: '10/1s',
    query: 'conids! fields',
    answer: list('conidEx conid:int _updated:int server_id:id', { others: 'text' }),
    notes: [
      'needs /iserver/accounts first, for derivatives also /iserver/secdef/search',
      'first call of a conid returns only conid and conidEx (pre-flight)',
      '<= 100 conids, <= 50 fields',
      'values are strings, see market-fields.json',
    ],
    grade: 'D',
  }),
  'POST /iserver/marketdata/unsubscribe': endpoint({
    needs: 'brokerage',
    body: object('conid:int'),
    answer: object('success:flag'),
    notes: [
      '500 {"error":"unknown"} when no stream is open for the conid',
      'an old path form (conid in the path) answers 404 with HTML',
    ],
    grade: 'D',
  }),
  'GET /iserver/marketdata/unsubscribeall': endpoint({ needs: 'brokerage', answer: object('unsubscribed:flag'), grade: 'D' }),
  'GET /md/regsnapshot': endpoint({
    needs: 'brokerage',
    query: 'conid!',
    answer: object(`conid:int conidEx sizeMinTick:num BboExchange HasDelayed:flag 84 86 88:int 85:int BestBidExch:int
      BestAskExch:int 31 7059 LastExch:int 7057 7068 7058`),
    grade: 'D-old',
  }),
} as const;
