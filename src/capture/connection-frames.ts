// Both directions of one captured connection: the chunks go in, the handshake and the frames come out.
import { FrameDecoder } from '../protocol/frames.js';
import { readGreeting, readHello } from '../protocol/handshake.js';
import type { Direction } from './format.js';

/** What a piece of a connection is: the client's first bytes, the server's greeting, or the payload of a message. */
export type Part = 'hello' | 'greeting' | 'message';

/**
 * A piece is `bytes[start, end)`, good until the call returns; `offset` is the place of `start` in everything that came from
 * that direction.
 */
export type OnPart = (part: Part, bytes: Uint8Array, start: number, end: number, offset: number) => void;

interface Half {
  readonly frames: FrameDecoder;
  /** Bytes of this direction up to the end of the last whole piece. */
  passed: number;
  /** The client's first bytes, while they are not whole; undefined once they are over. */
  hello: Uint8Array | undefined;
}

const CAPITAL_A = 65;

export class ConnectionFrames {
  /** Agreed version, from the greeting or given beforehand. */
  serverVersion: number | undefined;
  private readonly halves: Record<Direction, Half>;
  private isGreeted: boolean;

  /** `isNew` is false for a capture that begins inside a connection: no handshake is expected then. */
  constructor(serverVersion: number | undefined, isNew: boolean) {
    this.serverVersion = serverVersion;
    this.isGreeted = !isNew;
    this.halves = { in: half(undefined), out: half(isNew ? new Uint8Array(0) : undefined) };
  }

  /** @throws {FrameError} when the stream of that direction makes no sense; nothing more can be read from it. */
  push(direction: Direction, chunk: Uint8Array, onPart: OnPart): void {
    const half = this.halves[direction];
    const rest = half.hello === undefined ? chunk : this.takeHello(half, half.hello, chunk, onPart);
    if (rest.length === 0) return;
    half.frames.push(rest, (bytes, start, end) => {
      const offset = half.passed + 4;
      half.passed = offset + end - start;
      if (direction === 'in' && !this.isGreeted) {
        this.isGreeted = true;
        this.serverVersion = readGreeting(bytes, start, end).serverVersion;
        onPart('greeting', bytes, start, end, offset);
      } else onPart('message', bytes, start, end, offset);
    });
  }

  /** Bytes of a direction that wait for the rest of their frame. */
  pending(direction: Direction): number {
    const { frames, hello } = this.halves[direction];
    return frames.pending + (hello?.length ?? 0);
  }

  /** Gives what follows the client's first bytes; a source that does not show them begins with a frame. */
  private takeHello(half: Half, held: Uint8Array, chunk: Uint8Array, onPart: OnPart): Uint8Array {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (bytes.length === 0 || bytes[0] !== CAPITAL_A) {
      half.hello = bytes.length === 0 ? bytes : undefined;
      return bytes;
    }
    const hello = readHello(bytes);
    if (hello === undefined) {
      half.hello = bytes.slice();
      return new Uint8Array(0);
    }
    half.hello = undefined;
    half.passed = hello.length;
    onPart('hello', bytes, 0, hello.length, 0);
    return bytes.subarray(hello.length);
  }
}

function half(hello: Uint8Array | undefined): Half {
  return { frames: new FrameDecoder(), passed: 0, hello };
}
