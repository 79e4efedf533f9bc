// Conversations with the application itself.

import { one, stream } from '../conversation/shapes.js';

export const currentTime = one({ open: 'reqCurrentTime', items: ['currentTime'], within: 10_000 });
export const currentTimeInMillis = one({
  open: 'reqCurrentTimeInMillis',
  items: ['currentTimeInMillis'],
  within: 10_000,
});
export const userInfo = one({ open: 'reqUserInfo', items: ['userInfo'], within: 10_000 });
export const config = one({ open: 'reqConfig', items: ['configResponse'], within: 15_000 });
export const configUpdate = one({ open: 'updateConfig', items: ['updateConfigResponse'], within: 15_000 });
export const displayGroups = one({ open: 'queryDisplayGroups', items: ['displayGroupList'], within: 15_000 });
export const displayGroup = stream({
  open: 'subscribeToGroupEvents',
  cancel: 'unsubscribeFromGroupEvents',
  items: ['displayGroupUpdated'],
  within: 15_000,
  rank: 'data',
  isQuiet: true,
});
