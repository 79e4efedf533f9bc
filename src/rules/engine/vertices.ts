// Every permitted choice of which orders have filled: groups fill once, children only after their parent.

/** One order in an enumeration. Parents stand before their children. */
export interface Node {
  /** Place of the parent in the list, -1 without one. */
  readonly parent: number;
  /** Name of the group of which at most one member fills. */
  readonly group: string | undefined;
  /** The child may fill in part although the rest of its parent has not filled. */
  readonly hasPart: boolean;
  /** Further situations on the way to a full fill that can be worse than its end. */
  readonly between: number;
  /** Of the nodes with one name here only one at a time is between. */
  readonly betweenName: string;
}

/** 0: filled. From 1: between. -1: the part of a child that its parent's fills allow. */
export type Fill = number;
export const PART: Fill = -1;

export interface Visitor {
  readonly fill: (at: number, how: Fill) => void;
  readonly undo: (at: number, how: Fill) => void;
  /** Called for every choice over the nodes before `stage`, and for every choice over all nodes. */
  readonly leaf: (stage: 'outer' | 'inner') => void;
}

/** Most choices looked at in one enumeration. */
export const MOST_VERTICES = 40_000;

/**
 * Walks all choices. The nodes before `inner` are walked in an outer loop and announced with `leaf('outer')`, then all choices
 * of the rest with `leaf('inner')`. Returns false when there are more than `MOST_VERTICES`; the walk is then incomplete.
 */
export function walkVertices(nodes: readonly Node[], inner: number, visitor: Visitor): boolean {
  const filled = new Array<boolean>(nodes.length).fill(false);
  const taken = new Set<string>();
  const between = new Set<string>();
  let left = MOST_VERTICES;

  const step = (at: number): boolean => {
    if (at === inner) {
      if (left-- <= 0) return false;
      visitor.leaf('outer');
    }
    if (at === nodes.length) {
      if (left-- <= 0) return false;
      visitor.leaf('inner');
      return true;
    }
    if (!step(at + 1)) return false;
    const node = nodes[at];
    if (node === undefined || (node.group !== undefined && taken.has(node.group))) return true;
    const isFree = node.parent < 0 || filled[node.parent] === true;
    if (!isFree && !node.hasPart) return true;
    if (node.group !== undefined) taken.add(node.group);
    filled[at] = isFree;
    const go = (how: Fill): boolean => {
      visitor.fill(at, how);
      const done = step(at + 1);
      visitor.undo(at, how);
      return done;
    };
    let done = go(isFree ? 0 : PART);
    if (isFree && node.between > 0 && !between.has(node.betweenName)) {
      between.add(node.betweenName);
      for (let how = 1; done && how <= node.between; how++) done = go(how);
      between.delete(node.betweenName);
    }
    filled[at] = false;
    if (node.group !== undefined) taken.delete(node.group);
    return done;
  };
  return step(0);
}
