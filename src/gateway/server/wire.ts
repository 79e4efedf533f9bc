// What goes out to one client: collected while a turn lasts, written once at its end, bounded, and bent by faults.
import type { Carrier, Network } from './network.js';

/** Takes whole turns of bytes and hands them to the socket as it likes. */
export interface Shaper {
  push(bytes: Buffer): void;
  /** Bytes it holds back. */
  readonly held: number;
  /** Lets everything go. */
  release(): void;
  /** Forgets everything. */
  drop(): void;
}

const FIRST = 16 * 1024;
const KEPT = 1024 * 1024;

export class Wire {
  /** Room for frames in the making; written by `frame` and by templates, flushed once a turn. */
  bytes: Buffer = Buffer.allocUnsafe(FIRST);
  at = 0;
  /** Frames sent so far. */
  frames = 0;
  written = 0;
  shaper: Shaper | undefined;
  #corrupting = 0;
  /** Runs at the end of the turn. */
  readonly soon: Network['soon'];
  readonly #carrier: Carrier;
  readonly #limit: number;
  readonly #onOverflow: () => void;
  #spare: Buffer | undefined;
  #unplan: (() => void) | undefined;

  constructor(carrier: Carrier, soon: Network['soon'], limit: number, onOverflow: () => void) {
    this.#carrier = carrier;
    this.soon = soon;
    this.#limit = limit;
    this.#onOverflow = onOverflow;
  }

  /** Bytes on the way that the client has not taken. */
  get unread(): number {
    return this.at + this.#carrier.writableLength + (this.shaper?.held ?? 0);
  }

  /** Makes room and plans the write; afterwards `bytes` may be written from `at` on. */
  reserve(room: number): void {
    if (this.at + room > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + room));
      this.bytes.copy(larger, 0, 0, this.at);
      this.bytes = larger;
      if (this.unread > this.#limit) this.#onOverflow();
    }
    this.#unplan ??= this.soon(this.flush);
  }

  frame(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    if (this.#corrupting > 0) this.#turnOver(this.at + 4, this.at + bytes.length);
    this.at += bytes.length;
    this.frames += 1;
  }

  /** Writes what has been collected. */
  readonly flush = (): void => {
    this.#unplan?.();
    this.#unplan = undefined;
    const length = this.at;
    if (length === 0) return;
    const whole = this.bytes;
    this.at = 0;
    this.written += length;
    if (!this.#carrier.writable) return;
    if (this.shaper !== undefined) {
      this.shaper.push(Buffer.from(whole.subarray(0, length)));
      if (this.unread > this.#limit) this.#onOverflow();
      return;
    }
    // The next turn is likely to be as long as this one.
    this.bytes = this.#spare ?? Buffer.allocUnsafe(Math.min(KEPT, Math.max(FIRST, length * 2)));
    this.#spare = undefined;
    this.#carrier.write(whole.subarray(0, length), () => {
      if (this.#spare === undefined && whole.length <= KEPT) this.#spare = whole;
    });
    if (this.unread > this.#limit) this.#onOverflow();
  };

  /** Turns over the first bytes of the body of the next frame, and of those after it until so many are turned. */
  corrupt(bytes: number): void {
    this.#corrupting += bytes;
  }

  get isCorrupting(): boolean {
    return this.#corrupting > 0;
  }

  #turnOver(from: number, to: number): void {
    for (let i = from; i < to && this.#corrupting > 0; i++, this.#corrupting--) this.bytes[i] = (this.bytes[i] as number) ^ 0xa5;
  }

  /** Writes past the shaper; for shapers. */
  raw(bytes: Uint8Array): void {
    if (this.#carrier.writable) this.#carrier.write(bytes);
  }

  close(): void {
    this.#unplan?.();
    this.#unplan = undefined;
    this.at = 0;
    this.shaper?.drop();
    this.shaper = undefined;
  }
}
