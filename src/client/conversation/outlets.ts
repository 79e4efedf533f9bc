// Where the items of many streams go that one sink serves: straight to a stream's only listener, else by way of its readers.

import { heed } from './heed.js';

/** The place of one stream among them. */
export interface Seat<T> {
  /** -1 before it is open, and once it was left. */
  readonly place: number;
  /** Takes a place. Items that no listener gets alone go to `push`. */
  open(push: (item: T) => void): void;
  /** From now on items go to this listener alone; undefined: by `push`. Answers with the last item that went to the one before. */
  direct(listener: ((item: T) => unknown) | undefined): T | undefined;
  /** The last item that went to a listener alone; undefined where none has since `direct`. */
  readonly newest: T | undefined;
  /** Nothing comes any more. */
  leave(): void;
}

// An item of ten thousand streams finds nothing of its stream in the cache: what it needs stands in arrays by place, and not behind
// stream, readers, source and their lists.
export class Outlets<T> {
  private readonly listeners: (((item: T) => unknown) | undefined)[] = [];
  private readonly newest: (T | undefined)[] = [];
  private readonly pushes: (((item: T) => void) | undefined)[] = [];
  private readonly thrown: (error: unknown) => void;

  /** `thrown` gets the errors of listeners. */
  constructor(thrown: (error: unknown) => void) {
    this.thrown = thrown;
  }

  push(place: number, item: T): void {
    const listener = this.listeners[place];
    if (listener === undefined) {
      this.pushes[place]?.(item);
      return;
    }
    this.newest[place] = item;
    try {
      const answer = listener(item);
      if (answer !== undefined) heed(answer, this.thrown);
    } catch (error) {
      this.thrown(error);
    }
  }

  /** `join` takes a place when the stream begins; `left` is called when nothing comes any more, and may give it back. */
  seat(join: () => number, left: () => void): Seat<T> {
    const { listeners, newest, pushes } = this;
    let place = -1;
    const direct = (listener: ((item: T) => unknown) | undefined): T | undefined => {
      if (place < 0) return undefined;
      const last = newest[place];
      listeners[place] = listener;
      newest[place] = undefined;
      return last;
    };
    return {
      get place() {
        return place;
      },
      open(push) {
        place = join();
        direct(undefined);
        pushes[place] = push;
      },
      direct,
      get newest() {
        return place < 0 ? undefined : newest[place];
      },
      leave() {
        direct(undefined);
        pushes[place] = undefined;
        place = -1;
        left();
      },
    };
  }
}
