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
  version: messageVersion(1),
  rows: {
    accountsList: field(1, string),
  },
});
export interface ManagedAccounts extends Of<typeof managedAccounts> {}

export const reqManagedAccts = outgoing({
  kind: 'reqManagedAccts',
  id: 17,
  key: 'kind',
  protobuf: ['ManagedAccountsRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {},
});
export interface ReqManagedAccts extends Of<typeof reqManagedAccts> {}
