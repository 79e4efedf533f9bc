// Answer to a delta-neutral order that was checked.

import { conId, double, reqId } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { messageVersion, textOnly } from '../../schema/rows.js';

export const deltaNeutralValidation = incoming({
  kind: 'deltaNeutralValidation',
  id: 56,
  key: 'reqId',
  version: messageVersion(1),
  rows: {
    reqId: textOnly(reqId),
    conId: textOnly(conId),
    delta: textOnly(double),
    price: textOnly(double),
  },
});
export interface DeltaNeutralValidation extends Of<typeof deltaNeutralValidation> {}
