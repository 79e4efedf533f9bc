// News: who has it, headlines of the past and as they come, articles, bulletins.

import type { ContractInput } from '../contracts/details.js';
import { askList, askOne } from '../conversation/ask.js';
import { insistOn } from '../conversation/damage.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { quotes } from '../market/conversations.js';
import { formatUtc } from '../time/format.js';
import { parseInstant } from '../time/parse.js';
import { utc } from '../time/zones.js';
import { fundamentalData, historicalNews, newsArticle, newsBulletins, newsProviders } from './conversations.js';
import { type HeadlineFacts, readHeadline } from './headline.js';

/** Who writes news, by the code that requests take. */
export interface NewsProvider {
  readonly code: string;
  readonly name: string;
}

/** A headline; `articleId` with `providerCode` asks for its article. The time is undefined where it cannot be read. */
export interface Headline extends HeadlineFacts {
  readonly time: Date | undefined;
  readonly providerCode: string;
  readonly articleId: string;
}

/** The body of an article. */
export interface Article {
  readonly type: 'text' | 'pdf';
  /** Text or HTML; of a PDF its base64. */
  readonly text: string;
}

/** A message of an exchange or of the broker. */
export interface Bulletin {
  readonly msgId: number;
  /** 1 a plain one, 2 an exchange is not available any more, 3 it is again. */
  readonly msgType: number;
  readonly message: string;
  readonly exchange: string;
}

/** Which headlines of the past are asked for. Unset instants do not bound. */
export interface HistoricalNewsRequest {
  /** Codes of `providers()`. */
  readonly providers: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** At most 300; default 100. */
  readonly limit?: number;
}

/** `ib.news`: headlines and articles of the providers that the login may read. */
export interface NewsFacade {
  /** Whom the login may read. A provider that is not listed answers `article` and `historical` with an error. */
  providers(call?: Call): Promise<readonly NewsProvider[]>;
  /** A whole article, by the provider and id of its headline. @throws {GatewayError} for one that is not there, or may not be read. */
  article(providerCode: string, articleId: string, call?: Call): Promise<Article>;
  /** Newest first. `hasMore`: the span holds more than the limit. */
  historical(
    conId: number,
    request: HistoricalNewsRequest & Call,
  ): Promise<{ readonly headlines: readonly Headline[]; readonly hasMore: boolean }>;
  /** Headlines of an instrument as they come; takes a market-data line. */
  live(contract: ContractInput, options: Call & { readonly providers: readonly string[] }): Subscription<Headline>;
  /** Bulletins of exchanges and of the broker; `all` asks for those of today too. */
  bulletins(options?: Call & { readonly all?: boolean }): Subscription<Bulletin>;
  /** A report on a company as XML. TWS 10.47 has none any more. @throws {GatewayError} 430 where there is none. */
  fundamentals(contract: ContractInput, reportType: string, call?: Call): Promise<string>;
}

const MOST_HEADLINES = 300;

export function createNews(core: Core): NewsFacade {
  return {
    async providers(call) {
      const { kind, newsProviders: rows } = await askOne(core, newsProviders, {}, call);
      return insistOn(core, { kind, list: 'newsProviders' }, rows, 'code').map(({ code, name }) => ({ code, name: name ?? '' }));
    },
    async article(providerCode, articleId, call) {
      const { articleType, articleText } = await askOne(core, newsArticle, { providerCode, articleId }, call);
      return { type: articleType === 1 ? 'pdf' : 'text', text: (articleText ?? '').replaceAll('&#10;', '\n') };
    },
    async historical(conId, request) {
      const answers = await askList(
        core,
        historicalNews,
        {
          conId,
          providerCodes: request.providers.join('+'),
          startDateTime: request.from === undefined ? '' : formatUtc(request.from.getTime()),
          endDateTime: request.to === undefined ? '' : formatUtc(request.to.getTime()),
          totalResults: Math.min(MOST_HEADLINES, request.limit ?? 100),
        },
        request,
      );
      const headlines: Headline[] = [];
      let hasMore = false;
      for (const answer of answers) {
        if (answer.kind === 'historicalNewsEnd') hasMore = answer.hasMore ?? false;
        else {
          // The time bears no zone: it is UTC.
          const time = parseInstant(answer.time ?? '', { zone: utc });
          headlines.push(headlineOf(time, answer.providerCode, answer.articleId, answer.headline, undefined));
        }
      }
      return { headlines, hasMore };
    },
    live(contract, options) {
      const sources = options.providers.join('+');
      return openStream(
        core,
        quotes,
        { contract, genericTickList: `mdoff,292:${sources}`, snapshot: false },
        {
          key: requestKey('news', contract, sources),
          take(message, push: (headline: Headline) => void) {
            if (message.kind !== 'tickNews') return;
            const { timeStamp, providerCode, articleId, headline, extraData } = message;
            push(headlineOf(timeStamp, providerCode, articleId, headline, extraData));
          },
        },
        options,
      );
    },
    bulletins(options = {}) {
      const allMsgs = options.all ?? false;
      return openStream(
        core,
        newsBulletins,
        { allMsgs },
        {
          key: `${allMsgs}`,
          take({ kind, msgId, msgType, newsMessage, originExch }, push: (bulletin: Bulletin) => void, asking) {
            if (msgId === undefined || msgType === undefined)
              asking.misread(kind, msgId === undefined ? 'msgId' : 'msgType', 'is missing');
            else push({ msgId, msgType, message: newsMessage ?? '', exchange: originExch ?? '' });
          },
        },
        options,
      );
    },
    fundamentals: async (contract, reportType, call) =>
      (await askOne(core, fundamentalData, { contract, reportType }, call)).data ?? '',
  };
}

function headlineOf(
  time: number | undefined,
  providerCode: string | undefined,
  articleId: string | undefined,
  headline: string | undefined,
  extraData: string | undefined,
): Headline {
  return {
    time: time === undefined ? undefined : new Date(time),
    providerCode: providerCode ?? '',
    articleId: articleId ?? '',
    ...readHeadline(headline ?? '', extraData),
  };
}
