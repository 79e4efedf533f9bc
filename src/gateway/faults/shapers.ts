// Faults of the byte stream: held back, or let out a few bytes at a time.
import type { Shaper, Wire } from '../server/wire.js';

/** Holds everything until it is released. */
export class Stall implements Shaper {
  readonly #wire: Wire;
  #chunks: Buffer[] = [];
  held = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  push(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.held += bytes.length;
  }

  release(): void {
    for (const chunk of this.#chunks) this.#wire.raw(chunk);
    this.drop();
  }

  drop(): void {
    this.#chunks = [];
    this.held = 0;
  }
}

/** Writes so many bytes in a turn of the event loop, wherever that cuts a frame. */
export class Dribble implements Shaper {
  readonly #wire: Wire;
  readonly #size: number;
  #rest: Buffer = Buffer.alloc(0);
  #unplan: (() => void) | undefined;

  constructor(wire: Wire, size: number) {
    this.#wire = wire;
    this.#size = Math.max(1, Math.floor(size));
  }

  get held(): number {
    return this.#rest.length;
  }

  push(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#unplan ??= this.#wire.soon(this.#next);
  }

  readonly #next = (): void => {
    this.#unplan = undefined;
    this.#wire.raw(this.#rest.subarray(0, this.#size));
    this.#rest = this.#rest.subarray(this.#size);
    if (this.#rest.length > 0) this.#unplan = this.#wire.soon(this.#next);
  };

  release(): void {
    if (this.#rest.length > 0) this.#wire.raw(this.#rest);
    this.drop();
  }

  drop(): void {
    this.#unplan?.();
    this.#unplan = undefined;
    this.#rest = Buffer.alloc(0);
  }
}
