// Opens quotes: their ticks as they come, and made into a quote.

import type { ContractInput } from '../contracts/details.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Asking } from '../conversation/stream-terms.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { quotes } from './conversations.js';
import type { Quote, QuoteTick } from './quote.js';
import { condenseTicks, QuoteSink, type TickMessage } from './quote-maker.js';

/** The generic tick that tells whether and how many shares can be borrowed. */
const SHORTABLE = 236;

/** What a quote holds besides bid, ask, last and sizes, and for how long it is wanted. */
export interface QuoteRequest {
  /** Numbers of extra ticks, such as 233 or 236; texts for those with a list, such as `292:BRFG`. */
  readonly genericTicks?: readonly (number | string)[];
  /** One picture, then the stream ends; must not name generic ticks. Takes up to 11 s. */
  readonly snapshot?: boolean;
  /** A paid picture of the whole market (USD 0.01 each). */
  readonly regulatory?: boolean;
  /** A CFD has no quote: follow to the instrument that the gateway names. Default true. */
  readonly followReroute?: boolean;
}

export function inputOf(contract: ContractInput, request: QuoteRequest): { contract: ContractInput } & Record<string, unknown> {
  return {
    contract,
    genericTickList: (request.genericTicks ?? []).join(','),
    snapshot: request.snapshot ?? false,
    // Servers that know no regulatory snapshots refuse the field, so it is only there when it is wanted.
    ...(request.regulatory === true ? { regulatorySnapshot: true } : {}),
  };
}

function keyOf(contract: ContractInput, request: QuoteRequest): { readonly key?: string } {
  const isPicture = request.snapshot === true || request.regulatory === true;
  return isPicture ? {} : { key: requestKey(contract, request.genericTicks, request.followReroute) };
}

export function rerouted(message: TickMessage, request: QuoteRequest, input: object, asking: Asking): void {
  if (message.kind !== 'rerouteMktDataReq' || request.followReroute === false) return;
  const { conId, exchange } = message;
  asking.askInstead({ ...input, contract: { conId, exchange } });
}

export function openTicks(core: Core, contract: ContractInput, request: QuoteRequest, call?: Call): Subscription<TickMessage> {
  const input = inputOf(contract, request);
  const { key } = keyOf(contract, request);
  const canReroute = contract.secType === undefined || contract.secType === 'CFD';
  return openStream(
    core,
    quotes,
    input,
    {
      ...(key === undefined ? {} : { key: `ticks ${key}` }),
      isSnapshot: request.snapshot === true || request.regulatory === true,
      take: canReroute
        ? (message, push: (item: TickMessage) => void, asking): void => {
            push(message);
            if (message.kind === 'rerouteMktDataReq') rerouted(message, request, input, asking);
          }
        : (message, push) => push(message),
    },
    call,
  );
}

const sinks = new WeakMap<Core, QuoteSink>();

function sinkOf(core: Core): QuoteSink {
  const sink = sinks.get(core) ?? new QuoteSink(core.router.sinks, (error) => core.thrown(error));
  sinks.set(core, sink);
  return sink;
}

export function openQuotes(
  core: Core,
  contract: ContractInput,
  request: QuoteRequest,
  call?: Call,
): Subscription<QuoteTick, Quote> {
  const input = inputOf(contract, request);
  const { key } = keyOf(contract, request);
  const sink = sinkOf(core);
  const maker = sink.maker();
  const stream = openStream(
    core,
    quotes,
    input,
    {
      ...(key === undefined ? {} : { key: `quotes ${key}` }),
      isSnapshot: request.snapshot === true || request.regulatory === true,
      view: maker.quote,
      condense: condenseTicks,
      take(message, _: (tick: QuoteTick) => void, asking) {
        if (message.kind === 'rerouteMktDataReq') rerouted(message, request, input, asking);
        else maker.take(message);
      },
      sink: () => sink,
      seat: maker.seat,
      onReset: () => maker.reset(),
    },
    call,
  );
  // Of a stream that is shared the view of the first is written.
  core.followed.follow(contract.conId, stream.view, key === undefined ? 'picture' : 'stream');
  if (request.genericTicks?.some((tick) => Number(tick) === SHORTABLE))
    core.followed.follow(contract.conId, stream.view, 'shares');
  return stream;
}
