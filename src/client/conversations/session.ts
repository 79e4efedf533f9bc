// Conversations with the application itself.

import { one } from '../conversation.js';

export const currentTime = one({ open: 'reqCurrentTime', items: ['currentTime'], within: 10_000 });
export const currentTimeInMillis = one({
  open: 'reqCurrentTimeInMillis',
  items: ['currentTimeInMillis'],
  within: 10_000,
});
export const userInfo = one({ open: 'reqUserInfo', items: ['userInfo'], within: 10_000 });
export const config = one({ open: 'reqConfig', items: ['configResponse'], within: 15_000 });
