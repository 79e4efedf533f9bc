// Who takes the fields of messages by position, without an object, and which kinds are wanted whole all the same.

import { ByRequest } from './by-request.js';
import type { incomingKinds } from './registry.js';
import type { AnySink, Elements, Owners } from './schema/hand.js';
import type { HandedOf } from './schema/message.js';

type HotTable = Extract<(typeof incomingKinds)[number], { readonly hot: readonly [string, ...string[]] }>;

/**
 * Takes the fields of the hot kinds that it has a method for, in the order of the column `hot` of their tables. Where that names rows
 * of a list, the method is called before the first element with how many will come, more or less, and answers with what takes them.
 */
export type Sink = {
  readonly [T in HotTable as T['kind']]?: T['hot'][number] extends `${string}.${string}`
    ? (about: number) => Elements<HandedOf<T>>
    : (...fields: HandedOf<T>) => void;
};

/** What a sink can know of the message whose fields it is handed. */
export interface Handed {
  /** The place that its owner was told to have. */
  readonly place: number;
  /** When its bytes came, epoch milliseconds. */
  readonly heardAt: number;
}

export class Sinks implements Handed {
  /** Whoever reads the socket writes it. */
  heardAt = 0;
  private readonly owners = new ByRequest<AnySink>();
  /** By id of the kind. */
  private readonly whole: (true | undefined)[] = [];

  /** Owners that take fields of a kind; undefined while somebody wants its messages whole, and while there are none. */
  of(id: number): Owners | undefined {
    return this.whole[id] === true || this.owners.size === 0 ? undefined : this.owners;
  }

  get place(): number {
    return this.owners.place;
  }

  /**
   * From now on the sink takes what carries that request id; undefined: messages without one. Replaces the one before. `place`: tells a
   * sink of many owners apart whose message it gets, a number of 32 bits.
   */
  own(owner: number | undefined, sink: Sink, place = 0): void {
    this.owners.set(owner, sink as AnySink, place);
  }

  disown(owner: number | undefined): void {
    this.owners.delete(owner);
  }

  /** Says whether somebody wants the messages of a kind as objects. */
  want(id: number, isWhole: boolean): void {
    this.whole[id] = isWhole || undefined;
  }
}
