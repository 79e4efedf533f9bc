// News: bulletins, providers, articles, headlines of the past.
import { BULLETINS, NEWS_PROVIDERS } from '../../data/news.js';
import type { Family } from '../answer-types.js';
import { stories } from '../news.js';
import { askedTime, newsTimeText } from '../times.js';

const BULLETIN_EVERY_MS = 3_600_000;
const MOST = 300;
const codes = new Set(NEWS_PROVIDERS.map(([code]) => code));

export const newsAnswers = {
  reqNewsBulletins: ({ allMsgs }, client, gateway) => {
    let next = 0;
    const tell = (): void => {
      const [msgType, newsMessage, originExch] = BULLETINS[next % BULLETINS.length] as readonly [number, string, string];
      next += 1;
      client.send('updateNewsBulletin', { msgId: next, msgType, newsMessage, originExch });
    };
    if (allMsgs === true) tell();
    const timer = gateway.clock.every(BULLETIN_EVERY_MS, tell);
    client.held.hold('bulletins', undefined, () => timer.cancel());
  },

  cancelNewsBulletins: (_request, client) => void client.held.release('bulletins'),

  reqNewsProviders: (_request, client) =>
    client.send('newsProviders', { newsProviders: NEWS_PROVIDERS.map(([code, name]) => ({ code, name })) }),

  reqNewsArticle: ({ reqId = 0, providerCode = '', articleId = '' }, client) => {
    if (!codes.has(providerCode) || !/^[A-Z-]+\$[0-9a-f]{8}$/.test(articleId) || !articleId.startsWith(`${providerCode}$`)) {
      client.error(reqId, 10172, 'Failed to request news article:Article is not available');
      return;
    }
    const paragraph = `The simulated gateway has no newsroom.&#10;Story ${articleId} stands here so that programs have something to read.`;
    client.send('newsArticle', { reqId, articleType: 0, articleText: paragraph });
  },

  reqHistoricalNews: (request, client, gateway) => {
    const { reqId = 0, conId = 0, providerCodes = '', totalResults = 0 } = request;
    const instrument = gateway.world.universe.instrument(conId);
    if (instrument === undefined) {
      client.error(reqId, 10173, 'Failed to request historical news:Invalid conId');
      return;
    }
    const providers = new Set(providerCodes.split('+').filter((code) => codes.has(code)));
    if (providers.size === 0) {
      client.error(reqId, 321, "Error validating request.-'bN' : cause - Invalid news provider codes");
      return;
    }
    const now = gateway.clock.now();
    // Historical news knows no zone; dates may come as `yyyy-MM-dd HH:mm:ss.0`.
    const plain = (text: string | undefined): string =>
      (text ?? '').replace(/^(\d{4})-(\d\d)-(\d\d)/, '$1$2$3').replace(/\.\d+$/, '');
    const start = askedTime(plain(request.startDateTime), 'UTC', now);
    const end = askedTime(plain(request.endDateTime), 'UTC', now);
    if (start === 'bad' || end === 'bad') {
      client.error(reqId, 10314, 'The date, time, or time-zone entered is invalid.');
      return;
    }
    const to = Math.min(end ?? now, now);
    const { found, hasMore } = stories(instrument, gateway.seed, {
      from: start ?? 0,
      to,
      count: Math.min(MOST, Math.max(1, totalResults)),
      providers,
    });
    for (const { time, providerCode, articleId, headline, metadata } of found)
      client.send('historicalNews', {
        reqId,
        time: newsTimeText(time),
        providerCode,
        articleId,
        headline: `{${metadata}}${headline}`,
      });
    client.send('historicalNewsEnd', { reqId, hasMore });
  },
} satisfies Family;
