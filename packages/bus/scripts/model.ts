// A model of a large installation: how many lines, logins, messages and bytes it takes, and what is full first.
//   npm run -s bus:model

import { frameOf, type Row } from '@ibwire/bus';

/** Lines of a login without boosters, and with all of them (100, and 100 more for each booster, at most ten). */
const LINES = { plain: 100, boosted: 1_100 };
/** What one core or one network card does, measured or by its name. */
const ABLE = {
  /** Messages that a second of a NATS server's CPU takes and hands on: `npm run -s bench:bus`. */
  deliveries: 809_000,
  /** Bytes of a network card of 1 Gbit/s. */
  bytes: 125_000_000,
  /** CPU of a consumer, ns: 6,200 for a message of ten ticks were measured; how it is split between the two is taken. */
  messageNs: 2_450,
  tickNs: 375,
};
const LINGER_MS = 2;
/** What NATS puts around a message: its subject, the number of the subscription, its length. */
const ENVELOPE = 'MSG ibwire.desk.frames.quotes.265598 12345 116\r\n'.length + 2;

const row: Row = { field: 'bid', value: 187.41, time: 1_700_000_000_000, source: 'live', tickType: 1, attribMask: 0 };
const HEAD = frameOf(1, 1, []).length;
const TICK = frameOf(1, 1, [row]).length - HEAD;

export interface Installation {
  readonly machines: number;
  readonly instruments: number;
  /** Instruments that each machine follows. */
  readonly followed: number;
  /** Ticks of an instrument in a second. */
  readonly ticks: number;
}

export interface Load {
  readonly logins: { readonly plain: number; readonly boosted: number };
  /** Messages and bytes that desks publish, in a second. */
  readonly published: number;
  /** That servers hand on. */
  readonly delivered: number;
  readonly bytes: number;
  /** Share of a core that one machine spends. */
  readonly consumer: number;
  /** Cores of NATS servers, and network cards of 1 Gbit/s, at four fifths. */
  readonly servers: number;
  readonly cards: number;
}

export function loadOf({ machines, instruments, followed, ticks }: Installation): Load {
  // A frame leaves at most once in the linger, and holds what came meanwhile.
  const frames = Math.min(ticks, 1000 / LINGER_MS);
  const bytesOf = frames * (HEAD + ENVELOPE) + ticks * TICK;
  const delivered = machines * followed * frames;
  const bytes = machines * followed * bytesOf;
  return {
    logins: { plain: Math.ceil(instruments / LINES.plain), boosted: Math.ceil(instruments / LINES.boosted) },
    published: instruments * frames,
    delivered,
    bytes,
    consumer: (followed * (frames * ABLE.messageNs + ticks * ABLE.tickNs)) / 1e9,
    servers: delivered / (ABLE.deliveries * 0.8),
    cards: bytes / (ABLE.bytes * 0.8),
  };
}

const CASES: readonly (Installation & { readonly name: string })[] = [
  { name: '20 strategies, one login', machines: 20, instruments: 100, followed: 100, ticks: 10 },
  { name: '100 machines, 100 each, calm', machines: 100, instruments: 10_000, followed: 100, ticks: 2 },
  { name: '100 machines, 100 each, busy', machines: 100, instruments: 10_000, followed: 100, ticks: 20 },
  { name: '100 machines, all, calm', machines: 100, instruments: 10_000, followed: 10_000, ticks: 2 },
  { name: '100 machines, all, busy', machines: 100, instruments: 10_000, followed: 10_000, ticks: 20 },
];

const number = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US'));

/** The table of docs/bus.md. */
export function table(): string {
  const lines = CASES.map(({ name, ...of }) => {
    const { logins, published, delivered, bytes, consumer, servers, cards } = loadOf(of);
    const cells = [
      name,
      `${logins.plain} (${logins.boosted})`,
      number(published),
      number(delivered),
      `${number(bytes / 1e6)} MB`,
      `${number(consumer * 100)} %`,
      number(servers),
      number(cards),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| installation | logins (boosted) | published/s | delivered/s | bytes/s | core of a consumer | server cores | 1 Gbit cards |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

if (process.argv[1]?.endsWith('model.ts')) console.log(table());
