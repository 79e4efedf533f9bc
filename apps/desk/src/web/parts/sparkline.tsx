// A line of an hour in the height of a row.

import { createMemo, type JSX, onCleanup, Show } from 'solid-js';
import { sparks } from '../state/sparks.js';
import { NONE } from '../state/text.js';

const WIDTH = 72;
const HEIGHT = 20;

/** Points of a polyline over the whole width; a line that does not move lies in the middle. */
export function pathOf(points: readonly number[], width = WIDTH, height = HEIGHT): string {
  const [least, most] = [Math.min(...points), Math.max(...points)];
  const y = (value: number): number =>
    most === least ? height / 2 : height - 1 - ((value - least) / (most - least)) * (height - 2);
  return points
    .map((value, at) => `${((at / Math.max(1, points.length - 1)) * width).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
}

export function Sparkline(props: { readonly name: string }): JSX.Element {
  onCleanup(sparks.shown(props.name));
  const points = createMemo(() => sparks.of(props.name) ?? []);
  const way = (): string => {
    const [first, last] = [points()[0] ?? 0, points().at(-1) ?? 0];
    return last > first ? 'up' : last < first ? 'down' : '';
  };
  return (
    <Show when={points().length > 1} fallback={NONE}>
      <svg
        class={`spark ${way()}`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`the last hour: ${way() === '' ? 'unchanged' : way()}`}
      >
        <polyline points={pathOf(points())} fill="none" stroke="currentColor" stroke-width="1.2" />
      </svg>
    </Show>
  );
}
