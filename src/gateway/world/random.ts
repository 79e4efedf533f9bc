/** Deterministic randomness: hashes of whole numbers, so that any point of a path can be drawn without the points before it. */

/** Spreads the bits of a 32-bit number (the finishing steps of a multiply-and-shift hash). */
export function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return h ^ (h >>> 15);
}

/** A 32-bit hash of two numbers; the order matters. */
export function mix2(a: number, b: number): number {
  return mix(mix(a) + Math.imul(b, 0x9e3779b1));
}

/** A 32-bit hash of a text. */
export function mixText(seed: number, text: string): number {
  let h = mix(seed);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** A hash as a number in (0, 1). */
export function unit(hash: number): number {
  return ((hash >>> 0) + 0.5) * 2.3283064365386963e-10;
}

/** A normally distributed number from a hash (Box and Muller). */
export function normal(hash: number): number {
  const u = unit(hash);
  const w = unit(mix(hash + 0x6d2b79f5));
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(6.283185307179586 * w);
}
