// `web.history`: bars by the core's words; what the Web API would answer otherwise than asked is an error, not other bars.

import { type Bar, type BarSize, type BarsRequest, barSizes, type HistoryFacade, InputError, type Timer } from 'ibwire';
import type { Ask, WebCall } from '../client/ask.js';
import type { ContractInput } from '../client/find-contract.js';
import { refusing, UnsupportedError } from '../client/unsupported.js';
import { WebError } from '../problem.js';
import { readBars, type WebBar } from './bars.js';

/** The core's calls. */
export interface WebHistory extends HistoryFacade {
  /**
   * Bars of one request, oldest first. At most 1,000: more are refused, ask with `end` in shorter spans. Sizes from `1 min` on.
   * @throws {InputError} {UnsupportedError} {WebRefusal} {AdmissionError}
   */
  bars(contract: ContractInput, request: BarsRequest & WebCall): Promise<readonly Bar[]>;
}

export interface HistoryParts {
  readonly ask: Ask;
  readonly timer: Timer;
  ready(call?: WebCall): Promise<void>;
  conIdOf(contract: ContractInput, call?: WebCall): Promise<number>;
}

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
/** Sizes that there are, with their length in seconds. Note the letters: `m` is a month, `min` a minute. */
const SIZES: Readonly<Partial<Record<BarSize, readonly [bar: string, seconds: number]>>> = {
  '1 min': ['1min', MINUTE],
  '2 mins': ['2min', 2 * MINUTE],
  '3 mins': ['3min', 3 * MINUTE],
  '5 mins': ['5min', 5 * MINUTE],
  '10 mins': ['10min', 10 * MINUTE],
  '15 mins': ['15min', 15 * MINUTE],
  '30 mins': ['30min', 30 * MINUTE],
  '1 hour': ['1h', HOUR],
  '2 hours': ['2h', 2 * HOUR],
  '3 hours': ['3h', 3 * HOUR],
  '4 hours': ['4h', 4 * HOUR],
  '8 hours': ['8h', 8 * HOUR],
  '1 day': ['1d', DAY],
  '1 week': ['1w', 7 * DAY],
  '1 month': ['1m', 28 * DAY],
};
/** What a bar is made of, in the letter of the stream's `source`. */
const SOURCES: Readonly<Record<string, string | undefined>> = { TRADES: 't', MIDPOINT: 'm', BID: 'b', ASK: 'a' };

/** The most of a unit that one period may have. */
const MOST = { min: 30, h: 8, d: 1_000, w: 792, m: 182, y: 15 } as const;
const LETTERS = { D: 'd', W: 'w', M: 'm', Y: 'y' } as const;

/** `5 D` as a period, `5d`, and how many bars of it are wanted at most; undefined: all of them. */
export function periodOf(duration: string, seconds: number): { readonly period: string; readonly most: number | undefined } {
  const parts = /^([1-9]\d{0,8}) ([SDWMY])$/.exec(duration);
  if (parts === null) throw new InputError('duration', 'must be a whole number above 0, a blank, and S, D, W, M or Y, as in 5 D');
  const count = Number(parts[1]);
  const unit = parts[2] as 'S' | keyof typeof LETTERS;
  if (unit !== 'S') {
    const letter = LETTERS[unit];
    if (count > MOST[letter]) throw new InputError('duration', `reaches at most ${MOST[letter]} ${unit} over the Web API`);
    return { period: `${count}${letter}`, most: undefined };
  }
  // Of seconds there is no period: the next longer one is asked, and its last bars are kept.
  const most = Math.max(1, Math.ceil(count / seconds));
  const minutes = Math.ceil(count / MINUTE);
  if (minutes <= MOST.min) return { period: `${minutes}min`, most };
  const hours = Math.ceil(count / HOUR);
  return hours <= MOST.h ? { period: `${hours}h`, most } : { period: `${Math.ceil(count / DAY)}d`, most };
}

/** The day of a daily bar. It begins with its session: one that begins late in the evening by UTC is of the next day. */
function dayOf(time: number): number {
  const day = Math.floor(time / 86_400_000);
  return (time - day * 86_400_000 >= 21 * 3_600_000 ? day + 1 : day) * 86_400_000;
}

function toBar(bar: WebBar, seconds: number, now: number): Bar {
  const time = seconds < DAY ? bar.time : dayOf(bar.time);
  const number = (text: string): number => Number(text);
  return {
    time: new Date(time),
    date: seconds < DAY ? undefined : new Date(time).toISOString().slice(0, 10).replaceAll('-', ''),
    open: number(bar.open),
    high: number(bar.high),
    low: number(bar.low),
    close: number(bar.close),
    volume: bar.volume === undefined ? undefined : number(bar.volume),
    wap: undefined,
    count: undefined,
    isForming: time > now - seconds * 1000,
  };
}

const stamp = (at: Date): string => at.toISOString().replace(/^(\d{4})-(\d\d)-(\d\d)T([\d:]{8}).*$/, '$1$2$3-$4');

/** As many as one answer has at most. */
const MOST_BARS = 1_000;

export function createHistory({ ask, timer, ready, conIdOf }: HistoryParts): WebHistory {
  return {
    ...refusing('history'),
    async bars(contract, request) {
      const { duration, size, show = 'TRADES', end, useRTH = true } = request;
      if (!barSizes.includes(size)) throw new InputError('size', `must be one of ${Object.keys(SIZES).join(', ')}`);
      const found = SIZES[size];
      if (found === undefined)
        throw new UnsupportedError(`history.bars of ${size}`, `sizes are ${Object.keys(SIZES).join(', ')}`);
      const source = SOURCES[show];
      if (source === undefined)
        throw new UnsupportedError(`history.bars of ${show}`, `bars are of ${Object.keys(SOURCES).join(', ')}`);
      const [bar, seconds] = found;
      const { period, most } = periodOf(duration, seconds);
      await ready(request);
      const conid = await conIdOf(contract, request);
      const query = {
        conid,
        period,
        bar,
        outsideRth: !useRTH,
        ...(show !== 'TRADES' && { source }),
        ...(end !== undefined && { startTime: stamp(end) }),
      };
      const read = readBars(await ask.read('GET /iserver/marketdata/history', { query }, request));
      // Where the bars of a period are too small the broker sends larger ones, and says nothing else.
      if (read.barSeconds !== undefined && read.bars.length > 0 && differs(read.barSeconds, seconds))
        throw new InputError(
          'size',
          `bars of ${size} are not to be had for ${duration}: those of ${read.barSeconds} s came; ask for a shorter duration`,
        );
      if (read.damaged > 0) throw new WebError('WEB_ANSWER', `history: ${read.damaged} bars have no time or no price`);
      if (read.bars.length >= MOST_BARS)
        throw new InputError(
          'duration',
          `${duration} of ${size} is more than the ${MOST_BARS} bars of one answer: ask for a shorter duration, with \`end\` for what lies before`,
        );
      const bars = read.bars.map((one) => toBar(one, seconds, timer.now()));
      return most === undefined ? bars : bars.slice(-most);
    },
  };
}

/** Months are said with 31 days, or with 30. */
const differs = (is: number, wanted: number): boolean => (wanted < 28 * DAY ? is !== wanted : is < wanted);
