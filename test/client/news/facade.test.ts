// News: what is asked, and what answers become when parts of them are not told.

import { describe, expect, it } from 'vitest';
import { type Bulletin, createNews, type Headline } from '../../../src/client/news/facade.js';
import { readHeadline } from '../../../src/client/news/headline.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

describe('providers', () => {
  it.each([
    [[{ code: 'BRFG', name: 'Briefing.com' }], [{ code: 'BRFG', name: 'Briefing.com' }]],
    [
      [{ code: 'BRFG' }, { code: 'BZ', name: 'Benzinga' }],
      [
        { code: 'BRFG', name: '' },
        { code: 'BZ', name: 'Benzinga' },
      ],
    ],
    [[], []],
    [undefined, []],
  ])('%j', async (newsProviders, answer) => {
    const paper = await paperSession();
    const providers = createNews(paper.session).providers();
    await settle();
    paper.say('newsProviders', { newsProviders });
    await expect(providers).resolves.toEqual(answer);
  });
});

describe('articles', () => {
  it.each([
    [
      { articleType: 0, articleText: 'One&#10;Two' },
      { type: 'text', text: 'One\nTwo' },
    ],
    [
      { articleType: 1, articleText: 'JVBERi0=' },
      { type: 'pdf', text: 'JVBERi0=' },
    ],
    [{}, { type: 'text', text: '' }],
  ])('%j', async (told, answer) => {
    const paper = await paperSession();
    const article = createNews(paper.session).article('BRFG', 'BRFG$1');
    const { reqId, message } = await asked(paper, 'reqNewsArticle');
    expect(message).toEqual({ reqId, providerCode: 'BRFG', articleId: 'BRFG$1' });
    paper.say('newsArticle', { reqId, ...told });
    await expect(article).resolves.toEqual(answer);
  });
});

describe('headlines of the past', () => {
  const bare = { topics: [], language: undefined, confidence: undefined, sentiment: undefined };

  it('asks for a span in UTC, and at most 300', async () => {
    const paper = await paperSession();
    const news = createNews(paper.session);
    void news
      .historical(1, {
        providers: ['BRFG', 'DJNL'],
        from: new Date('2026-08-31T01:02:03Z'),
        to: new Date('2026-09-01T00:00:00Z'),
        limit: 301,
      })
      .catch(() => {});
    const { message } = await asked(paper, 'reqHistoricalNews');
    expect(message).toMatchObject({
      providerCodes: 'BRFG+DJNL',
      startDateTime: '20260831-01:02:03',
      endDateTime: '20260901-00:00:00',
      totalResults: 300,
    });
    void news.historical(1, { providers: ['BRFG'] }).catch(() => {});
    expect((await asked(paper, 'reqHistoricalNews')).message).toMatchObject({
      startDateTime: '',
      endDateTime: '',
      totalResults: 100,
    });
    paper.session.close();
  });

  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('reads rows whatever is missing in them; hasMore %s', async (told, hasMore) => {
    const paper = await paperSession();
    const answer = createNews(paper.session).historical(1, { providers: ['BRFG'] });
    const { reqId } = await asked(paper, 'reqHistoricalNews');
    paper.say('historicalNews', {
      reqId,
      time: '2026-08-31 12:00:00.0',
      providerCode: 'BRFG',
      articleId: 'BRFG$1',
      headline: '{A:1:L:en:K:0.5:C:0.9}Up',
    });
    paper.say('historicalNews', { reqId, time: 'some day', headline: 'No time' });
    paper.say('historicalNews', { reqId });
    paper.say('historicalNewsEnd', { reqId, hasMore: told });
    await expect(answer).resolves.toEqual({
      headlines: [
        {
          time: new Date('2026-08-31T12:00:00Z'),
          providerCode: 'BRFG',
          articleId: 'BRFG$1',
          text: 'Up',
          topics: ['1'],
          language: 'en',
          sentiment: 0.5,
          confidence: 0.9,
        },
        { time: undefined, providerCode: '', articleId: '', text: 'No time', ...bare },
        { time: undefined, providerCode: '', articleId: '', text: '', ...bare },
      ],
      hasMore,
    });
  });
});

describe('streams', () => {
  it('headlines come as they are told, with their facts in a field of its own; other ticks are none', async () => {
    const paper = await paperSession();
    const seen: Headline[] = [];
    createNews(paper.session)
      .live(stock, { providers: ['BRFG', 'DJNL'] })
      .on((headline) => void seen.push(headline));
    const { reqId, message } = await asked(paper, 'reqMktData');
    expect(message).toMatchObject({ genericTickList: 'mdoff,292:BRFG+DJNL', snapshot: false });
    paper.say('tickPrice', { reqId, tickType: 1, price: 1, size: 1, attribMask: 0 });
    paper.say('tickNews', {
      reqId,
      timeStamp: 1_000,
      providerCode: 'BRFG',
      articleId: 'BRFG$1',
      headline: 'Up',
      extraData: 'A:7,8:L:en:K:n/a:C:0.25',
    });
    paper.say('tickNews', { reqId });
    expect(seen).toEqual([
      {
        time: new Date(1_000),
        providerCode: 'BRFG',
        articleId: 'BRFG$1',
        text: 'Up',
        topics: ['7', '8'],
        language: 'en',
        sentiment: undefined,
        confidence: 0.25,
      },
      {
        time: undefined,
        providerCode: '',
        articleId: '',
        text: '',
        topics: [],
        language: undefined,
        sentiment: undefined,
        confidence: undefined,
      },
    ]);
  });

  it.each([
    [undefined, false],
    [{ all: true }, true],
    [{ all: false }, false],
  ])('bulletins %j', async (options, allMsgs) => {
    const paper = await paperSession();
    const seen: Bulletin[] = [];
    createNews(paper.session)
      .bulletins(options)
      .on((bulletin) => void seen.push(bulletin));
    expect((await asked(paper, 'reqNewsBulletins')).message).toEqual({ allMsgs });
    paper.say('updateNewsBulletin', { msgId: 7, msgType: 2, newsMessage: 'ISLAND is not available', originExch: 'ISLAND' });
    paper.say('updateNewsBulletin', { msgId: 8, msgType: 1 });
    paper.say('updateNewsBulletin', { msgId: 9, newsMessage: 'of no kind' });
    paper.say('updateNewsBulletin', { msgType: 1, newsMessage: 'of no number' });
    expect(seen).toEqual([
      { msgId: 7, msgType: 2, message: 'ISLAND is not available', exchange: 'ISLAND' },
      { msgId: 8, msgType: 1, message: '', exchange: '' },
    ]);
  });
});

describe('headlines with their facts apart', () => {
  it.each([
    [
      '{A:800015:L:en:K:n/a:C:0.98}Up',
      undefined,
      { text: 'Up', topics: ['800015'], language: 'en', sentiment: undefined, confidence: 0.98 },
    ],
    ['{K:-1:C:1}!Down', undefined, { text: 'Down', topics: [], language: undefined, sentiment: -1, confidence: 1 }],
    ['{K: :C:}Blank', undefined, { text: 'Blank', topics: [], language: undefined, sentiment: undefined, confidence: undefined }],
    ['Plain', 'L:de', { text: 'Plain', topics: [], language: 'de', sentiment: undefined, confidence: undefined }],
    ['{L:fr}Braces win', 'L:de', { text: 'Braces win', topics: [], language: 'fr', sentiment: undefined, confidence: undefined }],
    [
      '{A:}Nothing in it',
      undefined,
      { text: 'Nothing in it', topics: [], language: undefined, sentiment: undefined, confidence: undefined },
    ],
    [
      '{never closed',
      undefined,
      { text: '{never closed', topics: [], language: undefined, sentiment: undefined, confidence: undefined },
    ],
  ])('%s', (headline, extraData, facts) => {
    expect(readHeadline(headline, extraData)).toEqual(facts);
  });
});
