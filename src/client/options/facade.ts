// Options: chains by parameters first, then proven contracts; Greeks from ticks and from our own models; the server's calculations.
import type { MessageOf } from '../../protocol/registry.js';
import { optionChain } from '../contracts/conversations.js';
import type { ContractInput } from '../contracts/details.js';
import type { Qualification, QualifiedContract } from '../contracts/qualify.js';
import { within } from '../contracts/within.js';
import { askList, askOne } from '../conversation/ask.js';
import { CHAIN_LIFETIME_MS, GREEKS_LIFETIME_MS, lifetimeCache } from '../conversation/lifetime-cache.js';
import { openStream } from '../conversation/stream.js';
import { watchState } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { InputError } from '../input/input-error.js';
import { TimeoutError } from '../wire/errors.js';
import { byDelta, type ChainParameters, candidates, type ExpiryWindow, expiriesWithin } from './chain.js';
import { impliedVolatilityOf, modelTicks, optionPriceOf } from './conversations.js';
import { type ModelTerms, modelGreeks, modelVolatility } from './model.js';

/** What the broker's model says of an option. Volatility 0.2 is twenty percent; theta per day, vega per point. */
export interface MarketGreeks {
  readonly impliedVolatility: number | undefined;
  readonly price: number | undefined;
  readonly delta: number | undefined;
  readonly gamma: number | undefined;
  readonly vega: number | undefined;
  readonly theta: number | undefined;
  readonly underlyingPrice: number | undefined;
  /** Epoch milliseconds when it came. */
  readonly at: number;
  readonly isDelayed: boolean;
}

/** Which options of an underlying are wanted; what is left out does not narrow. */
export interface ChainQuestion extends Call {
  /** Default all that are not past. */
  readonly expiries?: ExpiryWindow | readonly string[];
  /** Strikes as multiples of the spot, such as `{ from: 0.9, to: 1.1 }`; needs `spot`. */
  readonly moneyness?: { readonly from?: number; readonly to?: number };
  /** Price of the underlying. */
  readonly spot?: number;
  readonly rights?: readonly ('C' | 'P')[];
  /** Absolute delta; asks the Greeks of everything that is left, each a market data line for a moment. */
  readonly delta?: { readonly from?: number; readonly to?: number };
  /** Default SMART. */
  readonly exchange?: string;
  /** Default: that of the symbol where there are several. */
  readonly tradingClass?: string;
}

/** Options that exist, proven one by one, and how many candidates there were besides. */
export interface OptionChain {
  readonly parameters: ChainParameters;
  /** Proven: each exists. */
  readonly options: readonly QualifiedContract[];
  /** Candidates that do not exist: strikes times expiries is more than there is. */
  readonly missing: number;
  /** Candidates about which no answer came, and options whose delta is not known although it was asked for. */
  readonly unknown: number;
}

/** `ib.options`: chains, Greeks of the broker and of our own models. */
export interface OptionsFacade {
  /** Expiries and strikes by exchange and trading class; kept for five minutes. Of futures name the exchange (`CME`). */
  parameters(underlying: QualifiedContract, options?: Call & { readonly exchange?: string }): Promise<readonly ChainParameters[]>;
  /** Options of one underlying that exist. @throws {InputError} for a chain nobody offers */
  chain(underlying: QualifiedContract, question?: ChainQuestion): Promise<OptionChain>;
  /** The broker's Greeks; kept for a minute. @throws {TimeoutError} {GatewayError} where there is no market data */
  greeks(option: ContractInput, call?: Call): Promise<MarketGreeks>;
  /** Our own Greeks at a volatility, without asking anybody: per year and per 1.00, see `perDayAndPoint`. */
  modelGreeks(
    option: ContractInput,
    volatility: number,
    terms: Omit<ModelTerms, 'at'> & Partial<Pick<ModelTerms, 'at'>>,
  ): ReturnType<typeof modelGreeks>;
  /** The volatility at which our model gives a price. */
  modelVolatility(
    option: ContractInput,
    price: number,
    terms: Omit<ModelTerms, 'at'> & Partial<Pick<ModelTerms, 'at'>>,
  ): ReturnType<typeof modelVolatility>;
  /** The server's answer: the volatility that gives this price. */
  calculateImpliedVolatility(option: ContractInput, optionPrice: number, underPrice: number, call?: Call): Promise<MarketGreeks>;
  /** The server's answer: the price at this volatility. */
  calculateOptionPrice(option: ContractInput, volatility: number, underPrice: number, call?: Call): Promise<MarketGreeks>;
}

/** For how long answers about options are kept, milliseconds; Infinity keeps them for the session. */
export interface OptionsOptions {
  /** Milliseconds for which chains (five minutes) and Greeks (one minute) are kept. */
  readonly chainLifetimeMs?: number;
  readonly greeksLifetimeMs?: number;
}

type Computation = MessageOf<'tickOptionComputation'>;
/** Model ticks, live and delayed. */
const MODEL = 13;
const DELAYED_MODEL = 83;
const AT_ONCE = 20;

export function createOptions(
  core: Core,
  qualifyMany: (contracts: readonly ContractInput[], call?: Call) => Promise<readonly Qualification[]>,
  options: OptionsOptions = {},
): OptionsFacade {
  const now = (): number => core.timer.now();
  const chains = lifetimeCache<readonly ChainParameters[]>({ lifetimeMs: options.chainLifetimeMs ?? CHAIN_LIFETIME_MS, now });
  const kept = lifetimeCache<MarketGreeks>({ lifetimeMs: options.greeksLifetimeMs ?? GREEKS_LIFETIME_MS, now });

  const parameters: OptionsFacade['parameters'] = (underlying, how = {}) => {
    const { conId, symbol, secType } = underlying;
    if (conId === undefined || conId === 0) throw new InputError('underlying', 'needs a conId: qualify it first');
    // A stock's chain wants no exchange; with one the answer is empty (limits §9).
    const futFopExchange = secType === 'FUT' || secType === 'CONTFUT' ? (how.exchange ?? underlying.exchange ?? '') : '';
    const load = (): Promise<readonly ChainParameters[]> =>
      chains.load(`${conId} ${futFopExchange}`, async () => {
        const input = {
          underlyingSymbol: symbol ?? '',
          futFopExchange,
          underlyingSecType: secType ?? '',
          underlyingConId: conId,
        };
        const rows = await askList(core, optionChain, input);
        return rows.map(chainOf);
      });
    return within(core, how, load, 'reqSecDefOptParams');
  };

  const greeks: OptionsFacade['greeks'] = (option, call = {}) => {
    const key = option.conId === undefined || option.conId === 0 ? JSON.stringify(option) : String(option.conId);
    return within(core, call, () => kept.load(key, () => modelTick(core, option)), 'reqMktData (Greeks)');
  };

  const narrow = async (
    found: readonly QualifiedContract[],
    window: { readonly from?: number; readonly to?: number },
    call: Call,
  ) => {
    const deltas = new Map<QualifiedContract, number | undefined>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < found.length; i = next++) {
        const option = found[i];
        if (option === undefined) continue;
        const told = await greeks(option, call).catch(() => undefined);
        call.signal?.throwIfAborted();
        deltas.set(option, told?.delta);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return byDelta(found, (option) => deltas.get(option), window);
  };

  return {
    parameters,
    async chain(underlying, question = {}) {
      const { exchange = 'SMART', tradingClass, expiries, moneyness, spot, rights, delta } = question;
      const rows = await parameters(underlying, { ...question, exchange });
      const offered = rows.filter(
        (row) => row.exchange === exchange && (tradingClass === undefined || row.tradingClass === tradingClass),
      );
      const row = offered.find((one) => one.tradingClass === underlying.symbol) ?? offered[0];
      if (row === undefined)
        throw new InputError(
          'exchange',
          `no chain at ${exchange}${tradingClass === undefined ? '' : ` of class ${tradingClass}`}`,
        );
      if (moneyness !== undefined && spot === undefined) throw new InputError('spot', 'is needed with moneyness');
      const dates = Array.isArray(expiries)
        ? (expiries as readonly string[])
        : expiriesWithin(row.expirations, now(), expiries as ExpiryWindow);
      const strikes =
        spot === undefined || moneyness === undefined
          ? row.strikes
          : row.strikes.filter((strike) => strike >= (moneyness.from ?? 0) * spot && strike <= (moneyness.to ?? Infinity) * spot);
      const wanted = candidates(row, underlying.symbol ?? '', {
        expiries: dates,
        strikes,
        ...(rights !== undefined && { rights }),
        ...(underlying.currency !== undefined && { currency: underlying.currency }),
      });
      const proven = await qualifyMany(wanted, question);
      const found = proven.flatMap((one) => (one.at === 'found' ? [one.contract] : []));
      const missing = proven.filter(({ at }) => at === 'unknown').length;
      const unanswered = proven.length - found.length - missing;
      if (delta === undefined) return { parameters: row, options: found, missing, unknown: unanswered };
      const narrowed = await narrow(found, delta, question);
      return { parameters: row, options: narrowed.options, missing, unknown: unanswered + narrowed.unknown };
    },
    greeks,
    modelGreeks: (option, volatility, terms) => modelGreeks(option, volatility, { at: now(), ...terms }),
    modelVolatility: (option, price, terms) => modelVolatility(option, price, { at: now(), ...terms }),
    async calculateImpliedVolatility(contract, optionPrice, underPrice, call) {
      return greeksOf(await askOne(core, impliedVolatilityOf, { contract, optionPrice, underPrice }, call), now());
    },
    async calculateOptionPrice(contract, volatility, underPrice, call) {
      return greeksOf(await askOne(core, optionPriceOf, { contract, volatility, underPrice }, call), now());
    },
  };
}

function chainOf(row: MessageOf<'securityDefinitionOptionParameter'>): ChainParameters {
  return {
    exchange: row.exchange ?? '',
    underlyingConId: row.underlyingConId ?? 0,
    tradingClass: row.tradingClass ?? '',
    multiplier: row.multiplier ?? '',
    expirations: row.expirations ?? [],
    strikes: row.strikes ?? [],
  };
}

function greeksOf(tick: Computation, at: number): MarketGreeks {
  const { impliedVol, optPrice, delta, gamma, vega, theta, undPrice, tickType } = tick;
  return {
    impliedVolatility: impliedVol,
    price: optPrice,
    delta,
    gamma,
    vega,
    theta,
    underlyingPrice: undPrice,
    at,
    isDelayed: tickType === DELAYED_MODEL,
  };
}

/** Subscribes until the model has spoken, then gives the line back. */
function modelTick(core: Core, contract: ContractInput): Promise<MarketGreeks> {
  const timeout = modelTicks.within;
  const stream = openStream(
    core,
    modelTicks,
    { contract, genericTickList: '', snapshot: false, regulatorySnapshot: false },
    {
      take(message, push: (tick: Computation) => void) {
        const isModel =
          message.kind === 'tickOptionComputation' && (message.tickType === MODEL || message.tickType === DELAYED_MODEL);
        if (isModel && message.delta !== undefined) push(message);
      },
    },
  );
  return new Promise((resolve, reject) => {
    const stop = core.timer.after(timeout, () => {
      reject(new TimeoutError('reqMktData (Greeks)', timeout));
      stream.close();
    });
    stream.on((tick) => {
      stop();
      resolve(greeksOf(tick, core.timer.now()));
      stream.close();
    });
    watchState(stream, (state) => {
      if (state.at !== 'stale' || state.error === undefined) return;
      stop();
      reject(state.error);
      stream.close();
    });
    void stream.ended.then((cause) => {
      stop();
      reject(cause ?? new TimeoutError('reqMktData (Greeks)', timeout));
    });
  });
}
