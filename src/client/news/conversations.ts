// Conversations about news and company data.

import { list, one, stream } from '../conversation/shapes.js';

export const newsProviders = one({ open: 'reqNewsProviders', items: ['newsProviders'], within: 15_000 });
export const newsArticle = one({ open: 'reqNewsArticle', items: ['newsArticle'], within: 30_000 });
export const historicalNews = list({
  open: 'reqHistoricalNews',
  items: ['historicalNews', 'historicalNewsEnd'],
  end: 'historicalNewsEnd',
  within: 60_000,
});
/** One stream for a client, without an id. */
export const newsBulletins = stream({
  open: 'reqNewsBulletins',
  cancel: 'cancelNewsBulletins',
  items: ['updateNewsBulletin'],
  within: 30_000,
  rank: 'data',
  isQuiet: true,
});
/** Withdrawn by TWS 10.47. */
export const fundamentalData = one({
  open: 'reqFundamentalData',
  cancel: 'cancelFundamentalData',
  items: ['fundamentalData'],
  within: 30_000,
});
