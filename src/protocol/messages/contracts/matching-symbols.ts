// Instruments whose symbol or name matches.

import { contract } from '../../records/contract.js';
import { reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { at, field, list, of, record, recordTable, repeated, scalars, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const contractDescription = recordTable('ContractDescription', {
  contract: record(1, contract),
  derivativeSecTypes: scalars(2, string),
});
export interface ContractDescription extends Of<typeof contractDescription> {}

export const symbolSamples = incoming({
  kind: 'symbolSamples',
  id: 79,
  key: 'reqId',
  since: V.REQ_MATCHING_SYMBOLS,
  protobuf: ['SymbolSamples', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    contractDescriptions: repeated(2, contractDescription),
  },
  text: [
    'reqId',
    list('contractDescriptions', [
      ...of('contract', 'conId', 'symbol', 'secType', 'primaryExchange', 'currency'),
      'derivativeSecTypes',
      at('contract.description', since(V.BOND_ISSUERID)),
      at('contract.issuerId', since(V.BOND_ISSUERID)),
    ]),
  ],
});
export interface SymbolSamples extends Of<typeof symbolSamples> {}

export const reqMatchingSymbols = outgoing({
  kind: 'reqMatchingSymbols',
  id: 81,
  key: 'reqId',
  since: V.REQ_MATCHING_SYMBOLS,
  protobuf: ['MatchingSymbolsRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    pattern: field(2, string),
  },
});
export interface ReqMatchingSymbols extends Of<typeof reqMatchingSymbols> {}
