// Exercise or lapse of options.

import { contract, heldContract } from '../../records/contract.js';
import { account, bool, int, intFlag, reqId, string } from '../../schema/codecs.js';
import { type Of, outgoing } from '../../schema/message.js';
import { at, field, messageVersion, record, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const exerciseOptions = outgoing({
  kind: 'exerciseOptions',
  id: 21,
  key: 'reqId',
  protobuf: ['ExerciseOptionsRequest', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId, {}, { as: 'orderId' }),
    contract: record(2, contract),
    exerciseAction: field(3, int),
    exerciseQuantity: field(4, int),
    account: field(5, account),
    override: field(6, intFlag),
    manualOrderTime: field(7, string),
    customerAccount: field(8, string),
    professionalCustomer: field(9, bool),
  },
  text: [
    messageVersion(2),
    'reqId',
    ...heldContract,
    'exerciseAction',
    'exerciseQuantity',
    'account',
    'override',
    at('manualOrderTime', since(V.MANUAL_ORDER_TIME_EXERCISE_OPTIONS)),
    at('customerAccount', since(V.CUSTOMER_ACCOUNT)),
    at('professionalCustomer', since(V.PROFESSIONAL_CUSTOMER)),
  ],
});
export interface ExerciseOptions extends Of<typeof exerciseOptions> {}
