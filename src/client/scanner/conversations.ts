// Conversations with the market scanner.

import { one, stream } from '../conversation/shapes.js';

export const scannerParameters = one({ open: 'reqScannerParameters', items: ['scannerParameters'], within: 60_000 });
export const scanStream = stream({
  open: 'reqScannerSubscription',
  cancel: 'cancelScannerSubscription',
  items: ['scannerData'],
  within: 60_000,
  rank: 'data',
});
