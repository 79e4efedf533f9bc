// Exchange-for-physical ticks.

import { double, int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { messageVersion, textOnly } from '../../schema/rows.js';

export const tickEFP = incoming({
  kind: 'tickEFP',
  id: 47,
  key: 'reqId',
  version: messageVersion(1),
  rows: {
    reqId: textOnly(reqId),
    tickType: textOnly(int),
    basisPoints: textOnly(double),
    formattedBasisPoints: textOnly(string),
    impliedFuturesPrice: textOnly(double),
    holdDays: textOnly(int),
    futureLastTradeDate: textOnly(string),
    dividendImpact: textOnly(double),
    dividendsToLastTradeDate: textOnly(double),
  },
});
export interface TickEFP extends Of<typeof tickEFP> {}
