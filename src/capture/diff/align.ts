// Which elements of one sequence stand for which of another, as people see it: equal ones first, the rest in between.

/** How far is looked for the next two that are equal; beyond it what differs is taken stretch by stretch. */
const FARTHEST = 48;

export type Step<T> =
  | { readonly what: 'both'; readonly a: T; readonly b: T }
  | { readonly what: 'onlyA'; readonly a: T }
  | { readonly what: 'onlyB'; readonly b: T };

/**
 * Walks both sequences in their order. Where they part, the nearest two that are equal are found and what stands before them is
 * paired where `isKin` (the same kind of thing, changed), else left alone. The time goes with the length.
 */
export function aligned<T>(
  as: readonly T[],
  bs: readonly T[],
  isEqual: (a: T, b: T) => boolean,
  isKin: (a: T, b: T) => boolean,
): readonly Step<T>[] {
  const steps: Step<T>[] = [];
  let [i, j] = [0, 0];
  while (i < as.length && j < bs.length) {
    const [skipA, skipB] = nextEqual(as, bs, i, j, isEqual);
    between(as.slice(i, i + skipA), bs.slice(j, j + skipB), isKin, steps);
    i += skipA;
    j += skipB;
    if (i < as.length && j < bs.length && isEqual(as[i]!, bs[j]!)) steps.push({ what: 'both', a: as[i++]!, b: bs[j++]! });
  }
  between(as.slice(i), bs.slice(j), isKin, steps);
  return steps;
}

/** How many to pass on each side until two are equal; as far as was looked when none are. */
function nextEqual<T>(
  as: readonly T[],
  bs: readonly T[],
  i: number,
  j: number,
  isEqual: (a: T, b: T) => boolean,
): [number, number] {
  const [restA, restB] = [as.length - i, bs.length - j];
  for (let passed = 0; passed <= FARTHEST; passed++) {
    for (let ofA = Math.min(passed, restA - 1); ofA >= 0; ofA--) {
      const ofB = passed - ofA;
      if (ofB >= restB) break;
      if (isEqual(as[i + ofA]!, bs[j + ofB]!)) return [ofA, ofB];
    }
  }
  return [Math.min(restA, FARTHEST), Math.min(restB, FARTHEST)];
}

function between<T>(as: readonly T[], bs: readonly T[], isKin: (a: T, b: T) => boolean, into: Step<T>[]): void {
  let j = 0;
  for (const a of as) {
    const at = bs.findIndex((b, n) => n >= j && n < j + FARTHEST && isKin(a, b));
    if (at < 0) {
      into.push({ what: 'onlyA', a });
      continue;
    }
    for (; j < at; j++) into.push({ what: 'onlyB', b: bs[j]! });
    into.push({ what: 'both', a, b: bs[j++]! });
  }
  for (; j < bs.length; j++) into.push({ what: 'onlyB', b: bs[j]! });
}
