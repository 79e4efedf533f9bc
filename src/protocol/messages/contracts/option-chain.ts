// Expirations and strikes of an underlying.

import { int, number, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, scalars } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const securityDefinitionOptionParameter = incoming({
  kind: 'securityDefinitionOptionParameter',
  id: 75,
  key: 'reqId',
  since: V.SEC_DEF_OPT_PARAMS_REQ,
  protobuf: ['SecDefOptParameter', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    exchange: field(2, string),
    underlyingConId: field(3, int),
    tradingClass: field(4, string),
    multiplier: field(5, string),
    expirations: scalars(6, string),
    strikes: scalars(7, number),
  },
});
export interface SecurityDefinitionOptionParameter extends Of<typeof securityDefinitionOptionParameter> {}

export const securityDefinitionOptionParameterEnd = incoming({
  kind: 'securityDefinitionOptionParameterEnd',
  id: 76,
  key: 'reqId',
  since: V.SEC_DEF_OPT_PARAMS_REQ,
  protobuf: ['SecDefOptParameterEnd', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface SecurityDefinitionOptionParameterEnd extends Of<typeof securityDefinitionOptionParameterEnd> {}

export const reqSecDefOptParams = outgoing({
  kind: 'reqSecDefOptParams',
  id: 78,
  key: 'reqId',
  since: V.SEC_DEF_OPT_PARAMS_REQ,
  protobuf: ['SecDefOptParamsRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    underlyingSymbol: field(2, string),
    futFopExchange: field(3, string),
    underlyingSecType: field(4, string),
    underlyingConId: field(5, int),
  },
});
export interface ReqSecDefOptParams extends Of<typeof reqSecDefOptParams> {}
