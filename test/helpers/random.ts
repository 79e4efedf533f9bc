// Repeatable randomness for loops too long for fast-check: 32 bits a call, the same for the same seed.

export type Random = () => number;

/** A generator of whole numbers from 0 to 2^32 - 1 (xorshift). */
export function randomFrom(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
