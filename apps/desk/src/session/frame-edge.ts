// Where one direction of a connection stands between frames: a recording that begins in the middle begins at a frame.

const HEAD = 4;

export interface FrameEdge {
  /** Counts on; returns the first place in the chunk where a frame begins, undefined where none does. */
  push(chunk: Uint8Array): number | undefined;
  /** A new connection: the next byte begins a frame, after so many that are none. */
  reset(before: number): void;
}

export function createFrameEdge(): FrameEdge {
  /** Bytes until the next frame begins. */
  let left = 0;
  let head = 0;
  let headBytes = 0;
  return {
    push(chunk) {
      let at = 0;
      let first: number | undefined;
      while (at < chunk.length) {
        if (left === 0 && headBytes === 0) first ??= at;
        if (left > 0) {
          const step = Math.min(left, chunk.length - at);
          left -= step;
          at += step;
          continue;
        }
        head = head * 256 + (chunk[at] ?? 0);
        at++;
        if (++headBytes < HEAD) continue;
        left = head;
        head = 0;
        headBytes = 0;
      }
      return left === 0 && headBytes === 0 ? (first ?? chunk.length) : first;
    },
    reset(before) {
      left = before;
      head = 0;
      headBytes = 0;
    },
  };
}
