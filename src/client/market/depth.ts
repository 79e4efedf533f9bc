// Market depth as a book: emptied when the gateway says so or the link was away, then filled anew.

import type { Sink } from '../../protocol/sinks.js';
import { cut } from '../../protocol/visible-text.js';
import type { ContractInput } from '../contracts/details.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { MOST_FIELD_TEXT } from '../wire/cut.js';
import { type Book, type BookChange, createBook } from './book.js';
import { depth } from './conversations.js';

/** How deep the book is wanted, and of which venues. */
export interface DepthRequest {
  /** Levels of each side; default 10. */
  readonly rows?: number;
  /** One book of all exchanges (`exchange: 'SMART'`), with the exchange in `marketMaker`. */
  readonly isSmartDepth?: boolean;
  /** A CFD has no book: follow to the instrument that the gateway names. Default true. */
  readonly followReroute?: boolean;
}

type DepthFields = Parameters<NonNullable<Sink['updateMktDepth']>>;

const DEPTH_RESET = 317;
const DELETE = 2;

interface LevelFields {
  readonly operation: number | undefined;
  readonly price: number | undefined;
  readonly size: number | undefined;
}

/** What a level has to say; one that is deleted need not. */
function missingOf({ operation, price, size }: LevelFields): 'price' | 'size' | undefined {
  if (operation === DELETE) return undefined;
  if (price === undefined) return 'price';
  return size === undefined ? 'size' : undefined;
}

export function openDepth(
  core: Core,
  contract: ContractInput,
  request: DepthRequest,
  call?: Call,
): Subscription<BookChange, Book> {
  const { rows = 10, isSmartDepth = false, followReroute = true } = request;
  const maker = createBook(rows);
  const input = { contract, numRows: rows, isSmartDepth };
  return openStream(
    core,
    depth,
    input,
    {
      key: requestKey(contract, rows, isSmartDepth, followReroute),
      view: maker.book,
      // Server versions without smart depth do not know the field of the cancel.
      ...(isSmartDepth ? { cancelWith: { isSmartDepth } } : {}),
      condense: () => [maker.picture()],
      take(message, push: (change: BookChange) => void, asking) {
        if (message.kind === 'rerouteMktDepthReq') {
          const { conId, exchange } = message;
          if (followReroute) asking.askInstead({ ...input, contract: { conId, exchange } });
          return;
        }
        const missing = missingOf(message);
        if (missing !== undefined) asking.misread(message.kind, missing, 'is missing');
        const change = missing === undefined ? maker.take(message, core.lastHeard) : undefined;
        if (change !== undefined) push(change);
      },
      sink(push: (change: BookChange) => void, asking) {
        const take = (kind: string, ...[position, operation, side, price, size, marketMaker]: DepthFields): void => {
          const missing = missingOf({ operation, price, size });
          if (missing !== undefined) {
            asking.misread(kind, missing, 'is missing');
            return;
          }
          const by = marketMaker && cut(marketMaker, MOST_FIELD_TEXT);
          const change = maker.change(position, operation, side, price, size, by, core.lastHeard);
          if (change !== undefined) push(change);
        };
        return {
          updateMktDepth: (...fields) => take('updateMktDepth', ...fields),
          updateMktDepthL2: (...fields) => take('updateMktDepthL2', ...fields),
        };
      },
      onNotice({ errorCode }, _, push) {
        if (errorCode !== DEPTH_RESET) return;
        maker.reset();
        push({ change: 'reset', why: 'gateway', time: core.lastHeard });
      },
      onReset(_, push) {
        maker.reset();
        push({ change: 'reset', why: 'gap', time: core.timer.now() });
      },
    },
    call,
  );
}
