// Runs streams until Ctrl-C, until the time is up, or until one of them fails.

import type { Io } from './io.js';
import { untilStopped } from './until-stopped.js';

interface Stream {
  readonly ended: Promise<Error | undefined>;
  close(): void;
}

/** Closes the streams in the end. @throws what a stream ended with, unless Ctrl-C came first: that is how streams end. */
export async function streaming(io: Io, streams: readonly Stream[], seconds?: number): Promise<void> {
  let cause: Error | undefined;
  const ended = Promise.race(streams.map((stream) => stream.ended)).then((error) => {
    cause = error;
  });
  await untilStopped(io, seconds, ended);
  for (const stream of streams) stream.close();
  if (cause !== undefined && !io.stop.aborted) throw cause;
}
