// Candles, volume and own fills of one instrument; time without bars between two of one session is hatched.

import { createEffect, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { get, type Refusal, Refused } from '../state/api.js';
import type { Fill } from '../state/desk.js';
import { download } from './download.js';
import { Problem } from './problem.jsx';

interface Bar {
  readonly time: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume?: string;
}

const SIZES = [
  ['1 min', '1 D', 60],
  ['5 mins', '2 D', 300],
  ['1 hour', '1 M', 3600],
  ['1 day', '1 Y', 86_400],
] as const;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function Chart(props: { readonly symbol: string; readonly fills: readonly Fill[] }): JSX.Element {
  const [at, setAt] = createSignal(1);
  const [bars, setBars] = createSignal<readonly Bar[]>();
  const [problem, setProblem] = createSignal<Refusal>();
  let box: HTMLDivElement | undefined;
  let plot: uPlot | undefined;
  const size = () => SIZES[at()] ?? SIZES[1];
  const show = (): 'MIDPOINT' | 'TRADES' => (/^[A-Z]{3}\.[A-Z]{3}$/.test(props.symbol) ? 'MIDPOINT' : 'TRADES');
  createEffect(
    on(at, async () => {
      setBars(undefined);
      setProblem(undefined);
      try {
        const [name, duration] = size();
        setBars(
          (await get<{ bars: readonly Bar[] }>('history.bars', { symbol: props.symbol, size: name, duration, show: show() }))
            .bars,
        );
      } catch (error) {
        if (error instanceof Refused) setProblem(error.problem);
      }
    }),
  );
  const draw = (): void => {
    const told = bars();
    if (box === undefined || told === undefined) return;
    plot?.destroy();
    const slots = slotsOf(told, size()[2]);
    const text = (at: number): string =>
      slots[at]?.time
        .toISOString()
        .slice(size()[2] >= 86_400 ? 2 : 5, size()[2] >= 86_400 ? 10 : 16)
        .replace('T', ' ') ?? '';
    plot = new uPlot(
      {
        width: Math.max(280, box.clientWidth),
        height: 320,
        cursor: { show: false },
        scales: {
          x: { time: false },
          y: { range: (_, least, most) => [least - (most - least) * 0.05, most + (most - least) * 0.05] },
        },
        legend: { show: false },
        axes: [
          {
            stroke: colour('--quiet'),
            grid: { show: false },
            space: 110,
            values: (_, all) => all.map((at) => (Number.isInteger(at) ? text(at) : '')),
          },
          { stroke: colour('--quiet'), grid: { stroke: colour('--rule'), width: 0.5 }, size: 70 },
        ],
        series: [{}, HIDDEN, HIDDEN],
        hooks: { draw: [(made) => candles(made, slots, props.fills)] },
      },
      [slots.map((_, at) => at), slots.map(({ bar }) => bar?.low), slots.map(({ bar }) => bar?.high)],
      box,
    );
  };
  createEffect(on(bars, draw));
  onMount(() => {
    const watch = new ResizeObserver(() => draw());
    if (box !== undefined) watch.observe(box);
    onCleanup(() => {
      watch.disconnect();
      plot?.destroy();
    });
  });
  const words = (): string => {
    const told = bars();
    const [first, last] = [told?.[0], told?.at(-1)];
    return first === undefined || last === undefined
      ? 'no bars'
      : `${told?.length} bars from ${first.time.slice(0, 16)} to ${last.time.slice(0, 16)} UTC, last close ${last.close}, ${props.fills.length} own fills`;
  };
  return (
    <section aria-label={`Chart of ${props.symbol}`}>
      <div class="bar">
        <h2>{props.symbol}</h2>
        <For each={SIZES}>
          {([name], index) => (
            <button type="button" aria-pressed={at() === index()} onClick={() => setAt(index())}>
              {name}
            </button>
          )}
        </For>
        <button
          type="button"
          onClick={() =>
            download('bars', 'csv', undefined, { symbol: props.symbol, size: size()[0], duration: size()[1], show: show() })
          }
        >
          CSV
        </button>
        <button
          type="button"
          onClick={() =>
            download('bars', 'parquet', undefined, { symbol: props.symbol, size: size()[0], duration: size()[1], show: show() })
          }
        >
          Parquet
        </button>
      </div>
      <Problem problem={problem()} />
      <Show
        when={bars() !== undefined}
        fallback={
          <Show when={problem() === undefined}>
            <p role="status">Asking for bars …</p>
          </Show>
        }
      >
        <p class="hint">{words()}</p>
      </Show>
      <div
        class="chart"
        role="img"
        aria-label={`Candles of ${props.symbol}: ${words()}`}
        ref={(made) => {
          box = made;
        }}
      />
    </section>
  );
}

/** Lines that only give the scale its ends. */
const HIDDEN: uPlot.Series = { paths: () => null, points: { show: false } };

interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** A place on the axis: a bar, or one that is missing. `isBreak`: a new session begins here. */
export interface Slot {
  readonly time: Date;
  readonly bar: Candle | undefined;
  readonly isBreak: boolean;
}

/** Longer than this without bars is the time between two sessions, not a hole. */
const NIGHT_SECONDS = 3 * 3600;
const MOST_MISSING = 500;

/** Bars side by side without nights between them; holes within a session keep their width. */
export function slotsOf(bars: readonly Bar[], seconds: number): readonly Slot[] {
  const slots: Slot[] = [];
  let before: number | undefined;
  for (const { time, open, high, low, close } of bars) {
    const at = Date.parse(time) / 1000;
    const gap = before === undefined ? 0 : at - before;
    const isBreak = seconds < 86_400 && gap >= NIGHT_SECONDS && gap > seconds * 1.5;
    const missing =
      before === undefined || isBreak || seconds >= 86_400 ? 0 : Math.min(MOST_MISSING, Math.round(gap / seconds) - 1);
    for (let step = 1; step <= missing; step++)
      slots.push({ time: new Date(((before ?? 0) + step * seconds) * 1000), bar: undefined, isBreak: false });
    slots.push({
      time: new Date(at * 1000),
      bar: { open: Number(open), high: Number(high), low: Number(low), close: Number(close) },
      isBreak,
    });
    before = at;
  }
  return slots;
}

function candles(plot: uPlot, slots: readonly Slot[], fills: readonly Fill[]): void {
  const { ctx } = plot;
  const x = (at: number): number => plot.valToPos(at, 'x', true);
  const y = (price: number): number => plot.valToPos(price, 'y', true);
  const { left, top, width, height } = plot.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  const step = x(1) - x(0);
  const body = Math.max(1, Math.min(14, step * 0.7));
  const [up, down, rule] = [colour('--up'), colour('--down'), colour('--rule')];
  for (const [at, { bar, isBreak }] of slots.entries()) {
    if (isBreak) {
      ctx.strokeStyle = rule;
      ctx.setLineDash([4, 4]);
      line(ctx, x(at - 0.5), top, x(at - 0.5), top + height);
      ctx.setLineDash([]);
    }
    if (bar === undefined) {
      hatch(ctx, x(at - 0.5), top, step, height, rule);
      continue;
    }
    const isUp = bar.close >= bar.open;
    ctx.strokeStyle = isUp ? up : down;
    ctx.fillStyle = ctx.strokeStyle;
    const [high, low] = [y(Math.max(bar.open, bar.close)), y(Math.min(bar.open, bar.close))];
    line(ctx, x(at), y(bar.high), x(at), high);
    line(ctx, x(at), low, x(at), y(bar.low));
    // Up is hollow, down is full: not by colour alone.
    if (isUp) ctx.strokeRect(x(at) - body / 2, high, body, Math.max(1, low - high));
    else ctx.fillRect(x(at) - body / 2, high, body, Math.max(1, low - high));
  }
  ctx.font = `${14 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = 'center';
  ctx.fillStyle = colour('--text');
  for (const { time, price, side } of fills) {
    const when = Date.parse(time);
    const at = slots.findLastIndex((slot) => slot.time.getTime() <= when);
    if (at >= 0) ctx.fillText(side.startsWith('B') ? '▲' : '▼', x(at), y(Number(price)) + (side.startsWith('B') ? 16 : -6));
  }
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

function hatch(ctx: CanvasRenderingContext2D, left: number, top: number, width: number, height: number, colour: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.strokeStyle = colour;
  for (let at = left - height; at < left + width; at += 8) line(ctx, at, top + height, at + height, top);
  ctx.restore();
}
