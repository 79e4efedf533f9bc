// Opens the quotes of many instruments as one stream of columns.

import type { ContractInput } from '../../contracts/details.js';
import type { Overflow } from '../../conversation/batches.js';
import { openStream } from '../../conversation/stream.js';
import type { Call, Core } from '../../core.js';
import { quotes } from '../conversations.js';
import { inputOf, type QuoteRequest, rerouted } from '../quotes.js';
import { numberFields, textFields } from '../tick-types.js';
import { isTime } from './fields.js';
import { type ColumnBatch, ColumnQueue } from './queue.js';
import { ColumnSink } from './sink.js';

/** What the columns of many quotes hold, and how much of them for a slow reader. */
export interface ColumnRequest extends Pick<QuoteRequest, 'genericTicks' | 'followReroute'> {
  /** Most rows that are held for a slow consumer, at least 1; default 262,144. A row takes 22 bytes. */
  readonly limit?: number;
  /** As in batches; `latest` keeps the newest row of each field of each instrument. Default `fail`. */
  readonly overflow?: Overflow;
  /** The arrays of a batch are written again once the next one is asked for: copy what is kept. Default false. */
  readonly reuse?: boolean;
}

/** Columns of many instruments. It has one reader; leaving its loop closes it. */
export interface ColumnStream extends AsyncIterable<ColumnBatch>, AsyncDisposable {
  /** Ends all instruments and tells the gateway. Safe to call twice. */
  close(): void;
}

const DEFAULT_LIMIT = 262_144;

/** Fields whose value is a place in `texts`. */
function isText(field: number): boolean {
  return field >= numberFields.length && field < numberFields.length + textFields.length && !isTime(field);
}

export function openColumns(core: Core, contracts: readonly ContractInput[], request: ColumnRequest, call?: Call): ColumnStream {
  const { limit = DEFAULT_LIMIT, overflow = 'fail', reuse = false } = request;
  let open = contracts.length;
  const queue = new ColumnQueue({ limit, overflow, reuse }, isText, () => {
    for (const stream of streams) stream.close();
  });
  const sink = new ColumnSink(contracts.length, queue, core.router.sinks);
  const streams = contracts.map((contract, instrument) => {
    const input = inputOf(contract, request);
    const stream = openStream(
      core,
      quotes,
      input,
      {
        take(message, _: (item: never) => void, asking) {
          if (message.kind === 'rerouteMktDataReq') rerouted(message, request, input, asking);
          else sink.take(instrument, message);
        },
        sink: () => sink,
        place: instrument,
        onReset: () => sink.reset(instrument),
      },
      call,
    );
    stream.onGap((gap) => queue.gap({ ...gap, instrument }));
    void stream.ended.then((cause) => {
      queue.end(instrument, cause);
      open--;
      if (open === 0) queue.close(call?.signal?.aborted === true ? cause : undefined);
    });
    return stream;
  });
  if (open === 0) queue.close(undefined);
  const reader = queue.reader();
  const close = (): void => queue.close(undefined);
  return {
    close,
    [Symbol.asyncIterator]: () => reader,
    [Symbol.asyncDispose]() {
      close();
      return Promise.resolve();
    },
  };
}
