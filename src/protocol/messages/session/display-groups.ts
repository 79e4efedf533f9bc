// Linked windows of TWS.

import { int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const displayGroupList = incoming({
  kind: 'displayGroupList',
  id: 67,
  key: 'reqId',
  protobuf: ['DisplayGroupList', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    groups: field(2, string),
  },
});
export interface DisplayGroupList extends Of<typeof displayGroupList> {}

export const displayGroupUpdated = incoming({
  kind: 'displayGroupUpdated',
  id: 68,
  key: 'reqId',
  protobuf: ['DisplayGroupUpdated', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    contractInfo: field(2, string),
  },
});
export interface DisplayGroupUpdated extends Of<typeof displayGroupUpdated> {}

export const queryDisplayGroups = outgoing({
  kind: 'queryDisplayGroups',
  id: 67,
  key: 'reqId',
  protobuf: ['QueryDisplayGroupsRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface QueryDisplayGroups extends Of<typeof queryDisplayGroups> {}

export const subscribeToGroupEvents = outgoing({
  kind: 'subscribeToGroupEvents',
  id: 68,
  key: 'reqId',
  protobuf: ['SubscribeToGroupEventsRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    groupId: field(2, int),
  },
});
export interface SubscribeToGroupEvents extends Of<typeof subscribeToGroupEvents> {}

export const updateDisplayGroup = outgoing({
  kind: 'updateDisplayGroup',
  id: 69,
  key: 'reqId',
  protobuf: ['UpdateDisplayGroupRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    contractInfo: field(2, string),
  },
});
export interface UpdateDisplayGroup extends Of<typeof updateDisplayGroup> {}

export const unsubscribeFromGroupEvents = outgoing({
  kind: 'unsubscribeFromGroupEvents',
  id: 70,
  key: 'reqId',
  protobuf: ['UnsubscribeFromGroupEventsRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface UnsubscribeFromGroupEvents extends Of<typeof unsubscribeFromGroupEvents> {}
