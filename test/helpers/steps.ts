// How many items of lists, sets and maps are walked over while something is done: a count, where a time would depend on the machine.

const WALKS: readonly (readonly [object, readonly PropertyKey[]])[] = [
  [Set.prototype, [Symbol.iterator, 'values', 'keys', 'entries', 'forEach']],
  [Map.prototype, [Symbol.iterator, 'values', 'keys', 'entries', 'forEach']],
  [
    Array.prototype,
    [
      ...[Symbol.iterator, 'values', 'entries', 'forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find', 'findIndex'],
      ...['includes', 'indexOf', 'reduce', 'sort', 'join', 'slice', 'splice', 'concat', 'flat', 'shift', 'unshift', 'reverse'],
    ],
  ],
];

let isCounted = true;

/** What is done on the other side meanwhile does not count. */
export function apart<T>(act: () => T): T {
  isCounted = false;
  try {
    return act();
  } finally {
    isCounted = true;
  }
}

/** Items of whatever is walked, whether to its end or not. Loops by an index are not seen. */
export function stepsOf(act: () => void): number {
  let steps = 0;
  const undo: (() => void)[] = [];
  for (const [prototype, names] of WALKS)
    for (const name of names) {
      const original = Reflect.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
      const walk = original.value as (...args: unknown[]) => unknown;
      const counted = function (this: { readonly size?: number; readonly length?: number }, ...args: unknown[]): unknown {
        if (isCounted) steps += this.size ?? this.length ?? 0;
        return Reflect.apply(walk, this, args);
      };
      Reflect.defineProperty(prototype, name, { ...original, value: counted });
      undo.push(() => Reflect.defineProperty(prototype, name, original));
    }
  try {
    act();
  } finally {
    for (const one of undo) one();
  }
  return steps;
}
