// Candles, volume and own fills of one instrument, in the time of its exchange; what is missing is hatched and says why.

import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { get, type Refusal, Refused } from '../state/api.js';
import { desk, type Fill } from '../state/desk.js';
import { clockIn, dayIn, ownZone, wholeIn } from '../state/instants.js';
import { instruments, queryOf } from '../state/instruments.js';
import { colours } from '../state/palette.js';
import { quotes } from '../state/quotes.js';
import { priceOf } from '../state/sparks.js';
import { grouped, short } from '../state/text.js';
import { view } from '../state/view.js';
import { candles, colour, rangeOf } from './candles.js';
import { download } from './download.js';
import { Problem } from './problem.jsx';
import { type Bar, holesOf, type Outage, type Session, type Slot, slotsOf } from './slots.js';

const SIZES = [
  ['1 min', '1 D', 60],
  ['5 mins', '2 D', 300],
  ['1 hour', '1 M', 3600],
  ['1 day', '1 Y', 86_400],
] as const;
const HEIGHT = 340;
/** Bars that history has by now are asked for again so often. */
const AGAIN_MS = 30_000;
const MOST_TOLD = 4;

export function Chart(props: { readonly name: string; readonly fills: readonly Fill[] }): JSX.Element {
  const [at, setAt] = createSignal(1);
  const [bars, setBars] = createSignal<readonly Bar[]>();
  const [sessions, setSessions] = createSignal<readonly Session[]>();
  const [outages, setOutages] = createSignal<readonly Outage[]>([]);
  const [problem, setProblem] = createSignal<Refusal>();
  const [index, setIndex] = createSignal<number>();
  let box: HTMLDivElement | undefined;
  let plot: uPlot | undefined;
  const size = () => SIZES[at()] ?? SIZES[1];
  const seconds = (): number => size()[2];
  const zone = (): string | undefined => instruments.hours(props.name)?.timeZone;
  // Currencies have no trades, coins only aggregated ones.
  const show = (): 'MIDPOINT' | 'TRADES' =>
    ['CASH', 'CRYPTO'].includes(quotes.of(props.name)?.contract.secType ?? '') || /^[A-Z]{3}\.[A-Z]{3}$/.test(props.name)
      ? 'MIDPOINT'
      : 'TRADES';
  const question = (): Readonly<Record<string, string>> => {
    const [name, duration] = size();
    return {
      ...Object.fromEntries(Object.entries(queryOf(props.name)).map(([key, value]) => [key, String(value)])),
      size: name,
      duration,
      show: show(),
    };
  };
  let round = 0;
  const ask = async (): Promise<void> => {
    const mine = ++round;
    try {
      const told = await get<{ readonly bars: readonly Bar[] }>('history.bars', question());
      if (mine !== round) return;
      setProblem(undefined);
      setBars(told.bars);
    } catch (error) {
      if (mine === round && error instanceof Refused) setProblem(error.problem);
    }
  };
  const askOutages = async (): Promise<void> => {
    const { outages: told } = await get<{ readonly outages: readonly { from: string; to?: string; cause: string }[] }>(
      'session.outages',
    );
    setOutages(
      told.map(({ from, to, cause }) => ({ from: Date.parse(from), to: to === undefined ? undefined : Date.parse(to), cause })),
    );
  };
  const askSessions = async (): Promise<void> => {
    const told = await get<{ readonly sessions: readonly { readonly start: string; readonly end: string }[] }>(
      'history.schedule',
      {
        ...queryOf(props.name),
        duration: '10 D',
      },
    );
    setSessions(told.sessions.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })));
  };
  const quietly = (work: Promise<void>): void =>
    void work.catch((error: unknown) => {
      // Without it the chart is drawn from the bars alone.
      if (!(error instanceof Refused)) throw error;
    });
  createEffect(
    on(at, () => {
      setBars(undefined);
      setIndex(undefined);
      ask();
    }),
  );
  quietly(askSessions());
  const timer = setInterval(() => document.hidden || ask(), AGAIN_MS);
  onCleanup(() => clearInterval(timer));
  // A link that broke makes a hole; one that is back lets history fill it.
  createEffect(
    on([() => desk.status()?.state, () => desk.log().find(({ is }) => is !== 'notice')], () => {
      quietly(askOutages());
      if (desk.status()?.state === 'ready') ask();
    }),
  );
  const isAway = createMemo(() => outages().at(-1)?.to === undefined && outages().length > 0);
  const slots = createMemo<readonly Slot[]>(() =>
    slotsOf(bars() ?? [], {
      seconds: seconds(),
      outages: outages(),
      sessions: sessions(),
      now: isAway() ? desk.now() : 0,
    }),
  );
  const holes = createMemo(() => holesOf(slots(), seconds()));
  const data = (): uPlot.AlignedData => {
    const all = slots();
    return [all.map((_, place) => place), all.map(({ bar }) => bar?.low), all.map(({ bar }) => bar?.high)];
  };
  const place = (one: number): string => {
    const time = slots()[one]?.time;
    return time === undefined ? '' : seconds() >= 86_400 ? dayIn(time, zone()) : wholeIn(time, zone()).slice(3);
  };
  const make = (): void => {
    plot?.destroy();
    plot = undefined;
    if (box === undefined || bars() === undefined) return;
    const axis = { stroke: colour('--quiet'), font: '12px sans-serif' };
    plot = new uPlot(
      {
        width: Math.max(260, box.clientWidth),
        height: HEIGHT,
        cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
        scales: {
          x: { time: false, range: (_, least, most) => [least - 0.8, most + 0.8] },
          y: { range: (_, least, most) => rangeOf(least, most) },
        },
        legend: { show: false },
        axes: [
          {
            ...axis,
            grid: { show: false },
            space: 110,
            values: (_, all) => all.map((one) => (Number.isInteger(one) ? place(one) : '')),
          },
          { ...axis, grid: { stroke: colour('--rule'), width: 0.5 }, size: 70 },
        ],
        series: [{}, HIDDEN, HIDDEN],
        hooks: {
          draw: [(made) => candles(made, slots(), props.fills)],
          setCursor: [({ cursor }) => setIndex(cursor.idx ?? undefined)],
        },
      },
      data(),
      box,
    );
  };
  createEffect(on([() => bars() === undefined, at, zone, colours.palette, () => view.now().theme], make));
  createEffect(on([slots, () => props.fills], () => plot?.setData(data()), { defer: true }));
  onMount(() => {
    const watch = new ResizeObserver(() => {
      if (box !== undefined) plot?.setSize({ width: Math.max(260, box.clientWidth), height: HEIGHT });
    });
    if (box !== undefined) watch.observe(box);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', make);
    onCleanup(() => {
      watch.disconnect();
      dark.removeEventListener('change', make);
      plot?.destroy();
    });
  });
  const words = (): string => {
    const told = bars();
    const [first, last] = [told?.[0], told?.at(-1)];
    if (first === undefined || last === undefined) return 'no bars';
    return `${told?.length} bars from ${wholeIn(new Date(first.time), zone())} to ${wholeIn(new Date(last.time), zone())} ${zone() ?? ownZone()}, last close ${last.close}, ${props.fills.length} own fills, ${holes().length} holes`;
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const count = slots().length;
    setIndex((now) => Math.max(0, Math.min(count - 1, now === undefined ? count - 1 : now + step)));
  };
  const files = (format: 'csv' | 'parquet'): void => download('bars', format, undefined, question());
  return (
    <section class="chart-of" aria-label={`Chart of ${props.name}`}>
      <div class="bar">
        <For each={SIZES}>
          {([name], one) => (
            <button type="button" aria-pressed={at() === one()} onClick={() => setAt(one())}>
              {name}
            </button>
          )}
        </For>
        <button type="button" onClick={() => files('csv')}>
          CSV
        </button>
        <button type="button" onClick={() => files('parquet')}>
          Parquet
        </button>
        <Show when={priceOf(quotes.of(props.name))}>{(price) => <strong>{grouped(String(price()), 2, 6)}</strong>}</Show>
      </div>
      <Problem problem={problem()} />
      <Show when={bars() === undefined && problem() === undefined}>
        <p role="status">Asking for bars …</p>
      </Show>
      <p class="readout">
        <Readout slot={slots()[index() ?? slots().length - 1]} seconds={seconds()} zone={zone()} />
      </p>
      <div
        class="chart"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk through its bars
        tabIndex={0}
        aria-label={`Candles of ${props.name}: ${words()}. Arrows read bar by bar.`}
        onKeyDown={key}
        ref={(made) => {
          box = made;
        }}
      />
      <Show when={holes().length > 0}>
        <ul class="flat hint" aria-label="Hatched">
          <For each={holes().slice(-MOST_TOLD)}>
            {({ from, to, why }) => (
              <li>
                hatched {wholeIn(from, zone())} – {clockIn(to, zone()).slice(0, 5)}: {why}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}

/** Lines that only give the scale its ends. */
const HIDDEN: uPlot.Series = { paths: () => null, points: { show: false } };

function Readout(props: {
  readonly slot: Slot | undefined;
  readonly seconds: number;
  readonly zone: string | undefined;
}): JSX.Element {
  const when = (slot: Slot): string =>
    props.seconds >= 86_400
      ? dayIn(slot.time, props.zone)
      : `${wholeIn(slot.time, props.zone)} ${props.zone ?? ''} (${clockIn(slot.time).slice(0, 5)} here)`;
  return (
    <Show when={props.slot}>
      {(slot) => (
        <>
          {when(slot())}{' '}
          <Show when={slot().bar} fallback={<em>{slot().why}</em>}>
            {(bar) => (
              <>
                O {bar().open} H {bar().high} L {bar().low} C {bar().close} V{' '}
                {short(bar().volume === undefined ? undefined : String(bar().volume))}
              </>
            )}
          </Show>
        </>
      )}
    </Show>
  );
}
