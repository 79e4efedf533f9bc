// Conversations with the event calendar of Wall Street Horizon.

import { one } from '../conversation/shapes.js';

export const wshMetaData = one({
  open: 'reqWshMetaData',
  cancel: 'cancelWshMetaData',
  items: ['wshMetaData'],
  within: 30_000,
});
export const wshEventData = one({
  open: 'reqWshEventData',
  cancel: 'cancelWshEventData',
  items: ['wshEventData'],
  within: 30_000,
});
