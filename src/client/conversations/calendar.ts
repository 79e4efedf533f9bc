// Conversations with the event calendar of Wall Street Horizon.

import { one } from '../conversation.js';

export const wshMetaData = one({
  open: 'reqWshMetaData',
  cancel: 'cancelWshMetaData',
  cancelAfter: true,
  items: ['wshMetaData'],
  within: 30_000,
});
export const wshEventData = one({
  open: 'reqWshEventData',
  cancel: 'cancelWshEventData',
  cancelAfter: true,
  items: ['wshEventData'],
  within: 30_000,
});
