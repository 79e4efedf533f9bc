// Headlines as they come: of one instrument, or of all for a news contract.
import type { Client } from '../client.js';
import { storyAt } from '../news.js';
import type { Gateway } from '../state.js';

const HOUR = 3_600_000;
const EVERY_MS = 10_000;
/** A news contract follows the first so many stocks of the universe. */
const BROAD = 40;

/** Tells stories once their time has come; without a conId those of many instruments, held under the request's name. */
export function tellNews(gateway: Gateway, client: Client, reqId: number, conId: number | undefined): () => void {
  const { universe } = gateway.world;
  const one = conId === undefined ? undefined : universe.instrument(conId);
  const watched = one === undefined ? universe.statics.filter(({ secType }) => secType === 'STK').slice(0, BROAD) : [one];
  let from = gateway.clock.now();
  const tell = (): void => {
    const now = gateway.clock.now();
    if (!gateway.quotes.isSilent()) {
      for (const instrument of watched) {
        for (let hour = Math.floor(from / HOUR); hour <= Math.floor(now / HOUR); hour++) {
          const story = storyAt(instrument, hour, gateway.seed);
          if (story === undefined || story.time <= from || story.time > now) continue;
          const { time: timeStamp, providerCode, articleId, headline, metadata: extraData } = story;
          client.send('tickNews', { reqId, timeStamp, providerCode, articleId, headline, extraData });
        }
      }
    }
    from = now;
  };
  const timer = gateway.clock.every(EVERY_MS, tell);
  if (conId === undefined) client.held.hold('quotes', reqId, () => timer.cancel());
  return () => timer.cancel();
}
