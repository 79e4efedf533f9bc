// Who hears a stream: a subscription as the core's are.

import { feedStream, type Gap, type StreamState, type Subscription } from 'ibwire';
import type { Row } from '../frame/rows.js';
import { type StreamName, streamKinds, type Terms } from '../streams.js';

/** A hole as the bus tells it: rows that were not told one by one; undefined where the desk began anew and nobody can know. */
export interface BusGap extends Gap {
  readonly missed: number | undefined;
}

/** Is told what comes of one stream, in its order. */
export interface Hearer {
  item(row: Row): void;
  gap(gap: BusGap): void;
  enter(state: StreamState): void;
  /** The newest state has been told. */
  completed(): void;
  /** Nothing follows. */
  finish(cause: Error | undefined): void;
}

/** A subscription of the core's, with its view. */
export function subscribed(
  kind: StreamName,
  terms: Terms,
  leave: () => void,
  thrown: (error: unknown) => void,
): readonly [subscription: Subscription<Row, unknown>, hearer: Hearer] {
  const view = streamKinds[kind].view(terms);
  const feed = { ...(view === undefined ? {} : { view: view.view, condense: view.condense }), close: leave };
  const [subscription, source] = feedStream<Row, unknown>(feed, thrown);
  const item = (row: Row): void => source.push(row);
  const kept = (row: Row): void => {
    view?.take(row);
    source.push(row);
  };
  return [
    subscription,
    {
      item: view === undefined ? item : kept,
      gap: (gap) => source.gap(gap),
      enter: (state) => source.enter(state),
      completed: () => source.completed(),
      finish: (cause) => source.finish(cause),
    },
  ];
}
