// Streams of every kind, opened and closed over time; those of an open market have to move.

import type { Ib } from '../../src/client/connect.js';
import type { StreamState } from '../../src/client/conversation/source.js';
import type { Gap, GapCause } from '../../src/client/core.js';
import type { Instrument } from '../../src/gateway/world/instrument.js';
import { wordOf } from './promises.js';
import { ACCOUNT, type Stage } from './stage.js';

interface Flow {
  readonly state: StreamState;
  readonly ended: Promise<Error | undefined>;
  on(listener: (item: unknown) => void): () => void;
  onGap(listener: (gap: Gap) => void): () => void;
  close(): void;
}

/** A kind of stream: how it is opened, how many may be open, and how far it may be behind its market; undefined: it need not move with it. */
interface Kind {
  readonly name: string;
  readonly most: number;
  readonly restsFor: number | undefined;
  fits(instrument: Instrument): boolean;
  open(ib: Ib, contract: { readonly conId: number; readonly exchange: string }): Flow;
}

const isShare = ({ secType }: Instrument): boolean => secType === 'STK';
const isTraded = ({ secType }: Instrument): boolean => secType === 'STK' || secType === 'CRYPTO';
const isQuoted = ({ secType }: Instrument): boolean => isTraded({ secType } as Instrument) || secType === 'CASH';
const every = (): boolean => true;

const MINUTE = 60_000;

const kinds: readonly Kind[] = [
  { name: 'quotes', most: 3, restsFor: MINUTE, fits: isQuoted, open: (ib, contract) => ib.market.quotes(contract) },
  {
    name: 'quotes with generic ticks',
    most: 1,
    restsFor: MINUTE,
    fits: isTraded,
    open: (ib, contract) => ib.market.quotes(contract, { genericTicks: [233, 236] }),
  },
  { name: 'ticks', most: 1, restsFor: MINUTE, fits: isQuoted, open: (ib, contract) => ib.market.ticks(contract) },
  ...(['BidAsk'] as const).map((type): Kind => {
    const open: Kind['open'] = (ib, contract) => ib.market.tickByTick(contract, type);
    return { name: `tick by tick ${type}`, most: 1, restsFor: 2 * MINUTE, fits: isTraded, open };
  }),
  ...(['Last', 'AllLast', 'MidPoint'] as const).map((type): Kind => {
    const open: Kind['open'] = (ib, contract) => ib.market.tickByTick(contract, type);
    return { name: `tick by tick ${type}`, most: 1, restsFor: undefined, fits: isTraded, open };
  }),
  { name: 'depth', most: 1, restsFor: MINUTE, fits: isTraded, open: (ib, contract) => ib.market.depth(contract) },
  ...(['TRADES', 'MIDPOINT'] as const).map((show): Kind => {
    const open: Kind['open'] = (ib, contract) => ib.market.bars5s(contract, { show, useRTH: false });
    return { name: `five-second bars ${show}`, most: 2, restsFor: MINUTE, fits: isShare, open };
  }),
  ...(['1 min', '5 mins'] as const).map((size): Kind => {
    const open: Kind['open'] = (ib, contract) => ib.history.live(contract, { duration: '1 D', size, useRTH: false });
    return { name: `bars of ${size} kept up to date`, most: 1, restsFor: MINUTE, fits: isShare, open };
  }),
  { name: 'profit and loss', most: 1, restsFor: undefined, fits: every, open: (ib) => ib.accounts.pnl(ACCOUNT) },
  { name: 'portfolio', most: 1, restsFor: undefined, fits: every, open: (ib) => ib.accounts.portfolio(ACCOUNT) },
];

interface Running {
  readonly name: string;
  readonly kind: Kind;
  readonly instrument: Instrument;
  readonly flow: Flow;
  movedAt: number;
}

export interface Streams {
  readonly opened: number;
  readonly distinct: number;
  readonly items: number;
  readonly gaps: ReadonlyMap<GapCause, number>;
  /** Streams that ended otherwise than by being closed, by the kind of error. */
  readonly ended: ReadonlyMap<string, number>;
  /** What does not move although its market has been open since `since`. */
  check(since: number): void;
  closeAll(): void;
}

/** Opens and closes streams until the stage is closed. */
export function runStreams(stage: Stage): Streams {
  const { ib, chance, clock, gateway } = stage;
  const instruments = gateway.world.universe.statics;
  const running = new Set<Running>();
  const names = new Set<string>();
  const gaps = new Map<GapCause, number>();
  const ended = new Map<string, number>();
  const count = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  let opened = 0;
  let items = 0;

  const open = (): void => {
    const kind = chance.of(kinds);
    const instrument = chance.of(instruments.filter((one) => kind.fits(one)));
    const name = kind.fits === every ? kind.name : `${kind.name} of ${instrument.localSymbol} ${instrument.currency}`;
    const alike = [...running].filter((one) => one.kind === kind);
    if (alike.length >= kind.most || alike.some((one) => one.name === name)) return;
    const flow = kind.open(ib, { conId: instrument.conId, exchange: instrument.exchange });
    const one: Running = { name, kind, instrument, flow, movedAt: clock.now() };
    running.add(one);
    names.add(name);
    opened++;
    flow.on(() => {
      items++;
      one.movedAt = clock.now();
    });
    flow.onGap(({ cause }) => count(gaps, cause));
    void flow.ended.then((cause) => {
      running.delete(one);
      if (cause !== undefined) count(ended, wordOf(cause));
    });
    stage.later(chance.wait(3 * MINUTE), () => flow.close());
  };
  stage.often(60_000, open);

  return {
    get opened() {
      return opened;
    },
    get distinct() {
      return names.size;
    },
    get items() {
      return items;
    },
    gaps,
    ended,
    check(since) {
      const now = clock.now();
      for (const { name, kind, instrument, flow, movedAt } of running) {
        if (kind.restsFor === undefined) continue;
        const { market } = gateway.world;
        const session = market.session(instrument.conId, now);
        if (session.kind === 'closed' || session.from > since) continue;
        const behind = market.quote(instrument.conId).time - movedAt;
        if (behind > kind.restsFor) stage.wrong(`${name} is ${behind} ms behind its market (${flow.state.at})`);
      }
    },
    closeAll() {
      for (const { flow } of [...running]) flow.close();
    },
  };
}
