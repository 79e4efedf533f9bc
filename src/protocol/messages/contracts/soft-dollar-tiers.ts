// Soft dollar tiers.

import { softDollarTier } from '../../records/soft-dollar-tier.js';
import { reqId } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const softDollarTiers = incoming({
  kind: 'softDollarTiers',
  id: 77,
  key: 'reqId',
  since: V.SOFT_DOLLAR_TIER,
  protobuf: ['SoftDollarTiers', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    tiers: repeated(2, softDollarTier, 'softDollarTiers'),
  },
});
export interface SoftDollarTiers extends Of<typeof softDollarTiers> {}

export const reqSoftDollarTiers = outgoing({
  kind: 'reqSoftDollarTiers',
  id: 79,
  key: 'reqId',
  since: V.SOFT_DOLLAR_TIER,
  protobuf: ['SoftDollarTiersRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface ReqSoftDollarTiers extends Of<typeof reqSoftDollarTiers> {}
