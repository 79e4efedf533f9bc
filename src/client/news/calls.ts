// What the calls for news may be given.
import { date, flag, list, named, number, text, whole } from '../../input/checks.js';
import type { Call } from '../core.js';
import { asks, type Calls, contract, gives, onlyCall, question } from '../input/check-call.js';
import type { HistoricalNewsRequest, NewsFacade } from './facade.js';

const providers = list(text);

export const newsCalls: Calls<NewsFacade> = {
  providers: asks(onlyCall),
  article: asks(named('providerCode', text), named('articleId', text), onlyCall),
  historical: asks(
    named('conId', number()),
    // More than 300 is asked for by some, and answered with what there is.
    question<HistoricalNewsRequest & Call>({ providers, from: date, to: date, limit: whole(1) }, ['providers']),
  ),
  live: gives(contract, question<Parameters<NewsFacade['live']>[1]>({ providers }, ['providers'])),
  bulletins: gives(question<NonNullable<Parameters<NewsFacade['bulletins']>[0]>>({ all: flag })),
  fundamentals: asks(contract, named('reportType', text), onlyCall),
};
