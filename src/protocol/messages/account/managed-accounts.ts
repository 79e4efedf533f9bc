// The accounts of this login.

import { string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const managedAccounts = incoming({
  kind: 'managedAccounts',
  id: 15,
  key: 'kind',
  protobuf: ['ManagedAccounts', V.PROTOBUF_ACCOUNTS_POSITIONS],
  rows: {
    accountsList: field(1, string),
  },
  text: [messageVersion(1), 'accountsList'],
});
export interface ManagedAccounts extends Of<typeof managedAccounts> {}

export const reqManagedAccts = outgoing({
  kind: 'reqManagedAccts',
  id: 17,
  key: 'kind',
  protobuf: ['ManagedAccountsRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  rows: {},
  text: [messageVersion(1)],
});
export interface ReqManagedAccts extends Of<typeof reqManagedAccts> {}
