// Errors, warnings and notices.

import { epoch, escaped, int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { at, before, field, messageVersion, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const error = incoming({
  kind: 'error',
  id: 4,
  key: 'reqId',
  protobuf: ['ErrorMessage', V.PROTOBUF_PLACE_ORDER],
  rows: {
    /** A request id or an order id; -1 is nobody's. */
    reqId: field(1, reqId, {}, { as: 'id' }),
    errorCode: field(3, int),
    errorString: field(4, escaped, {}, { as: 'errorMsg' }),
    advancedOrderRejectJson: field(5, escaped, since(V.ADVANCED_ORDER_REJECT)),
    /** Epoch milliseconds; whole seconds for 201, 202, 399 and 10167. */
    errorTime: field(2, epoch, since(V.ERROR_TIME)),
  },
  text: [
    messageVersion(2, before(V.ERROR_TIME)),
    'reqId',
    'errorCode',
    at('errorString', string, before(V.ENCODE_MSG_ASCII7)),
    at('errorString', since(V.ENCODE_MSG_ASCII7)),
    'advancedOrderRejectJson',
    'errorTime',
  ],
});
export interface Error extends Of<typeof error> {}
