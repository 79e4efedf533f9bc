// Every tick of a span of the past: pages of a thousand, walked by their edge.

import type { MessageOf } from '../../protocol/registry.js';
import type { ContractInput } from '../contracts/details.js';
import { askParts } from '../conversation/ask.js';
import { damageOf } from '../conversation/damage.js';
import { isRepeatable } from '../conversation/refusals.js';
import type { Call, Core } from '../core.js';
import { InputError } from '../input/input-error.js';
import { formatUtc } from '../time/format.js';
import { historicalTicks } from './conversations.js';
import { bidAskTick, type EveryTick, tradeTick, untimed } from './tick.js';

/** A span of ticks, downloaded page by page. */
export interface TicksRequest {
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  /** Default TRADES. */
  readonly show?: 'TRADES' | 'BID_ASK' | 'MIDPOINT';
  readonly useRTH?: boolean;
  /** Of quotes: changes of size alone are left out. */
  readonly ignoreSize?: boolean;
}

const PAGE = 1000;
const TRIES = 5;

/**
 * Pages of ticks, oldest first; times are whole seconds. A page ends where a second ends or the server stops: the walk goes
 * on with that second and passes over what it has of it. Ticks of one second beyond what a page holds cannot be had.
 */
export async function* walkTicks(
  core: Core,
  contract: ContractInput,
  request: TicksRequest,
  call: Call = {},
): AsyncGenerator<readonly EveryTick[]> {
  const to = request.to.getTime();
  let start = request.from.getTime();
  if (!(start < to)) throw new InputError('from', 'must be before to');
  let edge = -1;
  let atEdge = 0;
  while (start < to) {
    const page = await askPage(core, contract, request, start, call);
    const last = page.at(-1)?.time;
    if (last === undefined) return;
    const repeated = edge < 0 ? 0 : Math.min(atEdge, page.filter(({ time }) => time === edge).length);
    const fresh = page.filter(({ time }) => time >= start && time < to).slice(repeated);
    if (fresh.length > 0) yield fresh;
    if (last >= to) return;
    if (last > start || edge < 0) {
      // The last second may go on in the next page; a page that was not full has all of it.
      const isFull = page.length >= PAGE && last > start;
      edge = isFull ? last : -1;
      atEdge = isFull ? page.filter(({ time }) => time === last).length : 0;
      start = isFull ? last : last + 1000;
    } else {
      edge = -1;
      start += 1000;
    }
  }
}

async function askPage(
  core: Core,
  contract: ContractInput,
  request: TicksRequest,
  start: number,
  call: Call,
): Promise<readonly EveryTick[]> {
  for (let tried = 1; ; tried++) {
    await core.untilReady('reqHistoricalTicks', call.signal);
    try {
      const answers = await askParts(
        core,
        historicalTicks,
        {
          contract,
          startDateTime: formatUtc(start),
          endDateTime: '',
          numberOfTicks: PAGE,
          whatToShow: request.show ?? 'TRADES',
          useRth: request.useRTH ?? true,
          ignoreSize: request.ignoreSize ?? false,
        },
        call,
      );
      for (const answer of answers) {
        const row = untimed(answer);
        if (row !== undefined) throw damageOf(core, { kind: answer.kind, row }, 'is missing');
      }
      return answers.flatMap(ticksOf);
    } catch (error) {
      if (call.signal?.aborted === true || tried >= TRIES || !isRepeatable(error)) throw error;
    }
  }
}

type Answer = MessageOf<'historicalTicks'> | MessageOf<'historicalTicksBidAsk'> | MessageOf<'historicalTicksLast'>;

function ticksOf(answer: Answer): readonly EveryTick[] {
  switch (answer.kind) {
    case 'historicalTicksLast':
      return (answer.ticks ?? []).map((tick) => tradeTick('Last', tick));
    case 'historicalTicksBidAsk':
      return (answer.ticks ?? []).map(({ time, attribMask, priceBid, priceAsk, sizeBid, sizeAsk }) =>
        bidAskTick({ time, attribMask, bidPrice: priceBid, askPrice: priceAsk, bidSize: sizeBid, askSize: sizeAsk }),
      );
    case 'historicalTicks':
      return (answer.ticks ?? []).map(({ time, price }) => ({ type: 'MidPoint', time: (time ?? 0) * 1000, midPoint: price }));
    default:
      return unreachable(answer);
  }
}

function unreachable(answer: never): never {
  throw new TypeError(`no such answer: ${JSON.stringify(answer)}`);
}
