// A play: the simulated gateway, the whole client and one virtual time, and accounts of one kind that the rules watch.

import { connectBy, type Ib } from '../../../src/client/connect.js';
import { openLink } from '../../../src/client/wire/link.js';
import { accountOf, bookExecution } from '../../../src/gateway/accounts/account-book.js';
import type { AccountKind } from '../../../src/gateway/accounts/account-kind.js';
import { cashOf, quantityOfSize } from '../../../src/gateway/accounts/amount.js';
import { post } from '../../../src/gateway/accounts/ledger.js';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { type SimulatedGateway, simulateOn } from '../../../src/gateway/simulate.js';
import { bond, crypto, forex, fund, future, option, stock, type TradableContract, type Trade } from '../../../src/index.js';
import { memoryNetwork } from '../../helpers/memory-network.js';
import { pass, passUntil } from '../../helpers/virtual-time.js';
import { virtualTimer } from '../../helpers/virtual-timer.js';

/** Kinds of the rule book, and what the gateway calls them. */
export const KINDS = {
  'reg-t': 'individual-margin',
  'portfolio-margin': 'individual-margin',
  cash: 'cash',
  'ira-cash': 'roth-ira-cash',
  'ira-margin': 'ira-margin',
} as const satisfies Record<string, AccountKind>;
export type Kind = keyof typeof KINDS;

export interface Start {
  readonly cash?: Readonly<Record<string, number>>;
  readonly holdings?: Readonly<Record<string, number>>;
  /** Milliseconds after ten. */
  readonly at?: number;
}

export const ACCOUNT = 'DU9000001';
export const OTHER = 'DU9000002';
export const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;
/** Wednesday 2 September 2026, 10:00 in New York: Europe and America trade. */
const START = Date.UTC(2026, 8, 2, 14);
export const [NEAR, FAR] = ['20261016', '20261120'];
const PRICES = { AAPL: 100, MSFT: 50, SAP: 80, 'EUR.USD': 1.2 };

const NAMED: Readonly<Record<string, object>> = {
  SAP: stock('SAP', { exchange: 'IBIS', currency: 'EUR' }),
  'EUR.USD': forex('EUR', 'USD'),
  BTC: crypto('BTC'),
  VTSAX: fund('VTSAX'),
  IBM29: bond({ conId: 363526143 }),
  MES: future('MES', '202612', 'CME'),
};

/** `AAPL`, `AAPL C105`, `AAPL C105 far`, and what has a name of its own. */
function described(what: string): object {
  const [symbol = '', series, when] = what.split(' ');
  if (series === undefined) return NAMED[what] ?? stock(symbol);
  const at = symbol === 'SPX' ? { tradingClass: 'SPX' } : {};
  return option(symbol, when === 'far' ? FAR : NEAR, Number(series.slice(1)), series[0] as 'C' | 'P', at);
}

export class Play {
  readonly trades = new Map<string, Trade>();
  readonly opening = START;
  /** What was refused, by rules, by the gateway or by the client itself. */
  readonly refused: string[] = [];
  private readonly asked = new Map<Ib, Map<string, TradableContract>>();
  ib!: Ib;
  readonly kind: Kind;
  readonly clock: VirtualClock;
  readonly gateway: SimulatedGateway;
  private readonly network: ReturnType<typeof memoryNetwork>;
  private readonly clients: Ib[] = [];

  constructor(kind: Kind, clock: VirtualClock, network: ReturnType<typeof memoryNetwork>, gateway: SimulatedGateway) {
    this.kind = kind;
    this.clock = clock;
    this.network = network;
    this.gateway = gateway;
  }

  /** Another client of the login under the same rules. */
  async join(clientId: number): Promise<Ib> {
    const { gateway, clock, network, kind } = this;
    const prices = ({ conId = 0 }: { conId?: number | undefined }, action?: string) => {
      if (conId === 0 || gateway.market.instrument(conId) === undefined) return undefined;
      const { bid, ask, last } = gateway.market.quote(conId);
      const price = action === undefined ? last : action === 'BUY' ? ask : bid;
      return price > 0 ? { price, at: clock.now() } : undefined;
    };
    const joining = connectBy((options, events) => openLink(options, events, network.openTransport), {
      port: gateway.port,
      clientId,
      timer: virtualTimer(clock),
      random: () => 0.5,
      silence: 0,
      orders: {
        accounts: {
          kinds: { [ACCOUNT]: kind, [OTHER]: kind },
          watch: 'all',
          // What a gateway does not tell, a program has to.
          facts: ({ symbol, secType }) => ({
            ...(symbol === 'SPX' && { exerciseStyle: 'european', settlement: 'cash', settlesAt: 'open' }),
            ...(symbol === 'MSFT' && { shortableShares: '10000' }),
            ...(secType === 'FUT' && { initMargin: '2500', marginSource: 'exchange' }),
          }),
          policy: { fractional: true },
        },
        lastPrice: prices,
      },
    });
    const ib = await passUntil(clock, joining, MINUTE);
    this.clients.push(ib);
    return ib;
  }

  pass(ms: number): Promise<void> {
    return pass(this.clock, ms);
  }

  until<T>(promise: Promise<T>): Promise<T> {
    return passUntil(this.clock, promise, 30_000);
  }

  async contract(what: string): Promise<TradableContract> {
    const { contracts } = this;
    const known = contracts.get(what) ?? ((await this.until(this.ib.contracts.qualify(described(what) as never))) as never);
    contracts.set(what, known);
    return known;
  }

  /** What this client has asked for. */
  get contracts(): Map<string, TradableContract> {
    const asked = this.asked.get(this.ib) ?? new Map<string, TradableContract>();
    this.asked.set(this.ib, asked);
    return asked;
  }

  trade(name: string): Trade {
    const trade = this.trades.get(name);
    if (trade === undefined) throw new Error(`no order is called ${name}`);
    return trade;
  }

  held(conId: number, account = ACCOUNT): string {
    return this.gateway.positions(account).find(({ instrument }) => instrument.conId === conId)?.position ?? '0';
  }

  /** Something that the broker books by itself: an assignment, an expiry. */
  book(conId: number, size: number, price: number): void {
    const { gateway } = this;
    const instrument = gateway.market.instrument(conId);
    if (instrument === undefined) throw new Error('no such instrument');
    const { tradingDay } = gateway.world.market.session(conId, this.clock.now());
    const signed = size < 0 ? -quantityOfSize(-size) : quantityOfSize(size);
    bookExecution(gateway.accountBook, { account: ACCOUNT, instrument, signed, price, commission: 0n, tradingDay });
  }

  pay(amount: number): void {
    post(accountOf(this.gateway.accountBook, ACCOUNT).ledger, 'USD', cashOf(amount));
  }

  async close(): Promise<void> {
    for (const ib of this.clients) ib.close();
    await this.gateway.close();
  }
}

export async function openPlay(kind: Kind, { cash = { USD: 60_000 }, holdings = {}, at = 0 }: Start): Promise<Play> {
  const clock = virtualClock(START + at);
  const network = memoryNetwork(clock);
  // Portfolio margin wants 100,000 of equity.
  const money = kind === 'portfolio-margin' ? { ...cash, USD: (cash['USD'] ?? 0) + 100_000 } : cash;
  const one = { kind: KINDS[kind], cash: money, holdings };
  const accounts = [
    { account: ACCOUNT, ...one },
    { account: OTHER, ...one },
  ];
  const gateway = await simulateOn(network, { clock, accounts, orders: { echo: 'plain' } });
  for (const [which, price] of Object.entries(PRICES)) gateway.market.set(which, price);
  const play = new Play(kind, clock, network, gateway);
  play.ib = await play.join(1);
  await play.pass(2_000);
  return play;
}
