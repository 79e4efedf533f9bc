// The axis of a chart: bars side by side, without the time between sessions; time without bars within one keeps its width and has a reason.

export interface Bar {
  readonly time: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume?: string;
}

/** Epoch milliseconds; `to` undefined while it lasts. */
export interface Outage {
  readonly from: number;
  readonly to: number | undefined;
  readonly cause: string;
}
export interface Session {
  readonly start: number;
  readonly end: number;
}

export interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | undefined;
}

/** A place on the axis: a bar, or why there is none. `isBreak`: a new session begins here. */
export interface Slot {
  readonly time: Date;
  readonly isBreak: boolean;
  readonly bar: Candle | undefined;
  /** Of a missing one. */
  readonly why: string | undefined;
}

export interface Axis {
  /** Of one bar. */
  readonly seconds: number;
  readonly outages: readonly Outage[];
  /** When the exchange traded, where it is known. */
  readonly sessions: readonly Session[] | undefined;
  readonly now: number;
}

/** Longer than this without bars is the time between two sessions, where the sessions are not known. */
const NIGHT_MS = 3 * 3_600_000;
const DAY_SECONDS = 86_400;
const MOST_MISSING = 500;
export const NO_TRADES = 'no bars: nothing was traded, or nothing is told yet';

export function slotsOf(bars: readonly Bar[], { seconds, outages, sessions, now }: Axis): readonly Slot[] {
  const width = seconds * 1000;
  const slots: Slot[] = [];
  const isIntraday = seconds < DAY_SECONDS;
  const isTrading = (at: number): boolean => sessions?.some(({ start, end }) => start <= at && at < end) ?? true;
  const whyAt = (at: number): string =>
    outages.find(({ from, to }) => from < at + width && at < (to ?? Number.POSITIVE_INFINITY))?.cause ?? NO_TRADES;
  const fill = (from: number, to: number): void => {
    for (let at = from, count = 0; at < to && count < MOST_MISSING; at += width, count++)
      if (isTrading(at)) slots.push({ time: new Date(at), isBreak: false, bar: undefined, why: whyAt(at) });
  };
  let before: number | undefined;
  for (const { time, open, high, low, close, volume } of bars) {
    const at = Date.parse(time);
    const gap = before === undefined ? 0 : at - before;
    const isApart = isIntraday && before !== undefined && gap > width * 1.5;
    const isBreak = isApart && (sessions === undefined ? gap >= NIGHT_MS : !sameSession(sessions, before ?? 0, at));
    // An outage over the end of a session is shown up to that end.
    if (isApart && (!isBreak || sessions !== undefined)) fill((before ?? 0) + width, at);
    const bar = { open: Number(open), high: Number(high), low: Number(low), close: Number(close) };
    slots.push({
      time: new Date(at),
      isBreak,
      bar: { ...bar, volume: volume === undefined ? undefined : Number(volume) },
      why: undefined,
    });
    before = at;
  }
  // What is away now has an edge that moves.
  const lasting = outages.at(-1);
  if (before !== undefined && isIntraday && lasting !== undefined && (lasting.to === undefined || lasting.to > before + width))
    fill(before + width, lasting.to ?? now);
  return slots;
}

function sameSession(sessions: readonly Session[], one: number, other: number): boolean {
  return sessions.some(({ start, end }) => start <= one && one < end && start <= other && other < end);
}

export interface Hole {
  readonly from: Date;
  readonly to: Date;
  readonly why: string;
}

/** Stretches without bars, with their reason. */
export function holesOf(slots: readonly Slot[], seconds: number): readonly Hole[] {
  const holes: { from: Date; to: Date; why: string }[] = [];
  let isInside = false;
  for (const { time, why } of slots) {
    const end = new Date(time.getTime() + seconds * 1000);
    const last = holes.at(-1);
    if (why === undefined) isInside = false;
    else if (isInside && last?.why === why) last.to = end;
    else {
      holes.push({ from: time, to: end, why });
      isInside = true;
    }
  }
  return holes;
}
