// Conversations about accounts: which request opens, which answers belong, what ends them.

import { list, one, stream } from '../conversation/shapes.js';

export const managedAccounts = one({ open: 'reqManagedAccts', items: ['managedAccounts'], within: 10_000 });
export const familyCodes = one({ open: 'reqFamilyCodes', items: ['familyCodes'], within: 10_000 });
/** One stream for a client: its cancel stops it for everybody, so everybody shares it. */
export const positions = stream({
  open: 'reqPositions',
  cancel: 'cancelPositions',
  items: ['position'],
  end: 'positionEnd',
  within: 30_000,
  rank: 'positions',
});
export const accountSummary = list({
  open: 'reqAccountSummary',
  cancel: 'cancelAccountSummary',
  cancelAfter: true,
  items: ['accountSummary'],
  end: 'accountSummaryEnd',
  within: 30_000,
});
export const accountSummaryStream = stream({
  open: 'reqAccountSummary',
  cancel: 'cancelAccountSummary',
  items: ['accountSummary'],
  end: 'accountSummaryEnd',
  within: 30_000,
  rank: 'account',
});
export const positionsMulti = stream({
  open: 'reqPositionsMulti',
  cancel: 'cancelPositionsMulti',
  items: ['positionMulti'],
  end: 'positionMultiEnd',
  within: 30_000,
  rank: 'positions',
});
export const accountUpdatesMulti = stream({
  open: 'reqAccountUpdatesMulti',
  cancel: 'cancelAccountUpdatesMulti',
  items: ['accountUpdateMulti'],
  end: 'accountUpdateMultiEnd',
  within: 30_000,
  rank: 'account',
});
/** One account at a time for a client; unsubscribing is the same request. */
export const accountUpdates = stream({
  open: 'reqAccountUpdates',
  cancel: 'reqAccountUpdates',
  items: ['updateAccountValue', 'updatePortfolio', 'updateAccountTime', 'accountDownloadEnd'],
  end: 'accountDownloadEnd',
  within: 30_000,
  rank: 'account',
});
export const pnl = stream({ open: 'reqPnL', cancel: 'cancelPnL', items: ['pnl'], within: 30_000, rank: 'account' });
export const pnlSingle = stream({
  open: 'reqPnLSingle',
  cancel: 'cancelPnLSingle',
  items: ['pnlSingle'],
  within: 30_000,
  rank: 'account',
});
