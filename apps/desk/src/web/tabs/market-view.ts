// How a watch list is looked at: order, groups, classes, columns. The columns are kept.

import { createSignal } from 'solid-js';
import type { GridRow } from '../parts/grid.jsx';
import type { Order } from '../parts/headings.jsx';
import { type Class, classOf, instruments } from '../state/instruments.js';

export const GROUPS = ['none', 'class', 'currency', 'exchange'] as const;
export type Group = (typeof GROUPS)[number];

const KEY = 'ibwire.columns';
/** Shown by choice. */
const HIDDEN: readonly string[] = ['high', 'low', 'close'];

function keptColumns(): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return new Set(Array.isArray(kept) ? kept.map(String) : HIDDEN);
  } catch {
    return new Set(HIDDEN);
  }
}

function groupOf(name: string, group: Exclude<Group, 'none'>): string {
  const known = instruments.of(name);
  if (known === undefined) return 'not yet known';
  return group === 'class' ? classOf(known.secType) : known[group];
}

export function createView() {
  const [order, setOrder] = createSignal<Order>();
  const [group, setGroup] = createSignal<Group>('none');
  const [classes, setClasses] = createSignal<ReadonlySet<Class>>(new Set());
  const [hidden, setHidden] = createSignal(keptColumns());
  const toggled = <T>(all: ReadonlySet<T>, one: T): ReadonlySet<T> =>
    new Set(all.has(one) ? [...all].filter((other) => other !== one) : [...all, one]);
  return {
    order,
    group,
    groupBy: setGroup,
    classes,
    toggleClass: (one: Class): void => void setClasses((all) => toggled(all, one)),
    hasColumn: (name: string): boolean => !hidden().has(name),
    toggleColumn(name: string): void {
      setHidden((all) => toggled(all, name));
      try {
        localStorage.setItem(KEY, JSON.stringify([...hidden()]));
      } catch {
        // Chosen anew next time.
      }
    },
    orderBy: (by: string | undefined): void => void setOrder(by === undefined ? undefined : { by, isDown: false }),
    flip: (): void => void setOrder((now) => now && { ...now, isDown: !now.isDown }),
    /** Up, down, as added. */
    turn: (by: string): void =>
      void setOrder((now) => (now?.by !== by ? { by, isDown: false } : now.isDown ? undefined : { by, isDown: true })),
    /** What has no value stands last, whichever way. */
    sorted(names: readonly string[], by: (name: string) => string | number | undefined): readonly string[] {
      const way = order()?.isDown === true ? -1 : 1;
      const values = new Map(names.map((name) => [name, by(name)]));
      return [...names].sort((a, b) => {
        const [left, right] = [values.get(a), values.get(b)];
        if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
        return (
          way * (typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right)))
        );
      });
    },
    /** Rows in groups, each under its title. */
    grouped(names: readonly string[], rowOf: (name: string) => GridRow): readonly GridRow[] {
      const by = group();
      if (by === 'none') return names.map(rowOf);
      const all = new Map<string, string[]>();
      for (const name of names) all.set(groupOf(name, by), [...(all.get(groupOf(name, by)) ?? []), name]);
      return [...all].flatMap(([title, members]) => [
        { at: 'group', title, count: members.length } as const,
        ...members.map(rowOf),
      ]);
    },
  };
}
