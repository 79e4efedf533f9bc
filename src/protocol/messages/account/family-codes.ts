// Family codes of accounts.

import { string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const familyCode = recordTable('FamilyCode', {
  accountID: field(1, string, {}, { as: 'accountId' }),
  familyCodeStr: field(2, string, {}, { as: 'familyCode' }),
});
export interface FamilyCode extends Of<typeof familyCode> {}

export const familyCodes = incoming({
  kind: 'familyCodes',
  id: 78,
  key: 'kind',
  since: V.REQ_FAMILY_CODES,
  protobuf: ['FamilyCodes', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    familyCodes: repeated(1, familyCode),
  },
});
export interface FamilyCodes extends Of<typeof familyCodes> {}

export const reqFamilyCodes = outgoing({
  kind: 'reqFamilyCodes',
  id: 80,
  key: 'kind',
  since: V.REQ_FAMILY_CODES,
  protobuf: ['FamilyCodesRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {},
});
export interface ReqFamilyCodes extends Of<typeof reqFamilyCodes> {}
