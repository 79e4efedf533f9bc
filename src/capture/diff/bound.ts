// Which id of the second capture stands for which of the first: bound at first sight, one to one from then on.

export class Bound {
  private readonly toB = new Map<string, unknown>();
  private readonly toA = new Map<string, unknown>();

  /** Binds what is not bound; false when one of them already stands for another. */
  bind(space: string, a: unknown, b: unknown): boolean {
    const [keyA, keyB] = [`${space} ${String(a)}`, `${space} ${String(b)}`];
    const [boundA, boundB] = [this.toB.get(keyA), this.toA.get(keyB)];
    if (boundA === undefined && boundB === undefined) {
      this.toB.set(keyA, b);
      this.toA.set(keyB, a);
      return true;
    }
    return boundA === b && boundB === a;
  }

  /** What an id of the first capture is called in the second. */
  ofA(space: string, a: unknown): unknown {
    return this.toB.get(`${space} ${String(a)}`);
  }

  /** What an id of the second capture is called in the first. */
  ofB(space: string, b: unknown): unknown {
    return this.toA.get(`${space} ${String(b)}`);
  }
}
