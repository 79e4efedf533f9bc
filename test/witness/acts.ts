// What may happen in one step of the random flow.

import type { OrderGroup } from '../../src/client/orders/builders/group.js';
import { bag, buy, sell } from '../../src/client/orders/combos/legs.js';
import type { OrderDraft } from '../../src/client/orders/draft.js';
import type { RequestOf } from '../../src/protocol/registry.js';
import { settle } from '../helpers/hand-timer.js';
import { type Client, calm } from './client.js';
import { BUILDERS, GROUPS, ODD, type Ticket } from './drafts.js';
import type { Stage } from './flow.js';
import type { Order } from './peer.js';
import { ACCOUNT, contractOf, LINES, type Line, lineOf } from './world.js';

export interface Act {
  readonly name: string;
  /** How often among all others. */
  readonly weight: number;
  /** What somebody else, the network or the gateway does. */
  readonly isLoud?: boolean;
  run(stage: Stage, client: Client): Promise<void> | void;
}

const contract = (conId: number) => contractOf(lineOf(conId) as Line) as never;
/** Combinations that people trade, bought or sold as a whole; prices of one unit in cents. */
const BAGS = [
  { name: 'coveredCall', price: 9_700, of: () => bag([buy(contract(101), 100), sell(contract(201))]) },
  { name: 'vertical', price: 400, of: () => bag([buy(contract(204)), sell(contract(201))]) },
  { name: 'riskReversal', price: 100, of: () => bag([buy(contract(201)), sell(contract(202))]) },
  { name: 'collar', price: 9_900, of: () => bag([buy(contract(101), 100), buy(contract(202)), sell(contract(201))]) },
  { name: 'ratio', price: 100, of: () => bag([buy(contract(204)), sell(contract(201), 2)]) },
] as const;

function ticketFor(
  { of, venue }: Stage,
  { conId, currency, last, secType }: Pick<Line, 'conId' | 'currency' | 'last' | 'secType'>,
): Ticket {
  const action = of(['BUY', 'SELL', 'SELL'] as const);
  const unit = secType === 'STK' ? 1 : 100;
  const affordable = Math.floor(venue.cash[currency] / (Math.abs(last) * unit));
  const most = action === 'SELL' ? (venue.positions.get(conId) ?? 0) : affordable;
  const size = String(Math.max(1, of([1, 1, Math.floor(most / 3), Math.floor(most * 0.9), most, most + 1])));
  return { action, size, of, at: (share) => Math.round(last * share) / 100 };
}

/** The plain ones half of the time: they are what people send. */
const builder = ({ int, of }: Stage): string =>
  int(2) === 0 ? of(['limit', 'market', 'stop', 'trail']) : of(Object.keys(BUILDERS));

function built(stage: Stage, name: string, ticket: Ticket): OrderDraft {
  const order = BUILDERS[name]?.(ticket) as OrderDraft;
  return stage.int(9) === 0 ? ({ ...order, ...stage.of(ODD) } as OrderDraft) : order;
}

function workAt(stage: Stage, order: Order): void {
  const { venue, int } = stage;
  const [terms] = order.terms;
  if (terms === undefined) return;
  const left = Math.max(0, terms.quantity - order.filled);
  stage.tell(`venue works at ${order.key}`);
  if (int(3) === 0 || left === 0 || order.terms.length > 1 || terms.parent !== undefined) venue.acknowledge(order);
  else if (int(5) === 0) venue.cancel(order.key);
  else venue.fill(order, int(2) === 0 ? left : Math.max(1, Math.floor(left / 2)), terms.lmt ?? lineOf(terms.conId)?.last ?? 0);
}

const isLive = ({ hasEnded }: Order): boolean => !hasEnded;

export const ACTS: readonly Act[] = [
  {
    name: 'place',
    weight: 8,
    run(stage, { ib, clientId }) {
      const line = stage.of(LINES);
      const name = builder(stage);
      stage.attempt([name], () => {
        const order = built(stage, name, ticketFor(stage, line));
        stage.tell(`${clientId} ${name} of ${line.conId}: ${JSON.stringify(order)}`);
        return ib.orders.place(contractOf(line) as never, order);
      });
    },
  },
  {
    name: 'place a combination',
    weight: 3,
    run(stage, { ib, clientId }) {
      const { name, price, of } = stage.of(BAGS);
      const by = stage.of(['limit', 'limit', 'limit', builder(stage)]);
      stage.attempt([name], () => {
        const ticket = ticketFor(stage, { conId: 201, currency: 'USD', last: price, secType: 'OPT' });
        const order = built(stage, by, ticket);
        stage.tell(`${clientId} ${name} by ${by}: ${JSON.stringify(order)}`);
        return ib.orders.place(of() as never, order);
      });
    },
  },
  {
    name: 'place a group',
    weight: 3,
    run(stage, { ib, clientId }) {
      const line = stage.of(LINES.filter(({ secType }) => secType === 'STK'));
      const name = stage.of(Object.keys(GROUPS));
      stage.attempt([name], () => {
        const ticket = { ...ticketFor(stage, line), size: stage.of(['1', '5', '20']) };
        const group = GROUPS[name]?.(ticket, `g${stage.seed}-${stage.step}`) as OrderGroup;
        stage.tell(`${clientId} ${name} of ${line.conId}: ${JSON.stringify(group.members.map(({ order }) => order))}`);
        return ib.orders.placeGroup(contractOf(line), group);
      });
    },
  },
  {
    name: 'modify',
    weight: 3,
    run(stage, { ib, clientId }) {
      const trade = stage.of(ib.orders.book.live);
      if (trade === undefined) return;
      const unusual = { evenIfUnusual: true };
      const [change, how] = stage.of<readonly [object, object]>([
        [{ totalQuantity: stage.of(['1', '20', '200']) }, {}],
        [{ lmtPrice: stage.of([1, 90, 120]) }, {}],
        [{ transmit: true }, {}],
        [{ orderType: 'MKT' }, unusual],
        [{ totalQuantity: 20, lmtPrice: 120 }, unusual],
      ]);
      stage.attempt([], () => {
        stage.tell(`${clientId} modify ${trade.orderId} ${JSON.stringify(change)}`);
        return trade.modify(change as never, how);
      });
    },
  },
  {
    name: 'cancel',
    weight: 1,
    run({ tell, fail, of }, { ib, clientId }) {
      const trade = of(ib.orders.book.live);
      tell(`${clientId} cancel ${trade?.orderId ?? 'nothing'}`);
      trade?.cancel().catch(fail);
    },
  },
  {
    name: 'preview',
    weight: 1,
    run(stage, { ib, clientId }) {
      const line = stage.of(LINES);
      stage.attempt([], () => {
        stage.tell(`${clientId} preview ${line.conId}`);
        return ib.orders.preview(contractOf(line) as never, built(stage, 'limit', ticketFor(stage, line)));
      });
    },
  },
  {
    name: 'raw',
    weight: 1,
    run(stage, { ib, clientId }) {
      const line = stage.of(LINES);
      const name = builder(stage);
      stage.attempt([], () => {
        const order = { ...built(stage, name, ticketFor(stage, line)), account: ACCOUNT };
        stage.tell(`${clientId} raw ${name} of ${line.conId}: ${JSON.stringify(order)}`);
        ib.raw.send('placeOrder', { orderId: ib.raw.nextOrderId(), contract: contractOf(line), order } as never);
      });
    },
  },
  {
    name: 'exercise',
    weight: 1,
    run(stage, { ib, clientId }) {
      const option = stage.of(LINES.filter(({ secType }) => secType === 'OPT'));
      stage.attempt([], () => {
        const terms = { action: stage.of(['exercise', 'lapse'] as const), quantity: stage.of([1, 2]) };
        stage.tell(`${clientId} ${terms.action} ${terms.quantity} of ${option.conId}`);
        return ib.orders.exercise(contractOf(option) as never, terms);
      });
    },
  },
  {
    name: 'the venue works',
    weight: 4,
    run(stage) {
      const live = [...stage.venue.orders.values()].filter(isLive);
      if (live.length > 0) workAt(stage, stage.of(live));
    },
  },
  {
    name: 'some of it is told',
    weight: 1,
    run: ({ int }, client) => client.deliver(int(4)),
  },
  {
    name: 'calm',
    weight: 3,
    async run({ tell, int, of, venue, clients, timer }) {
      tell('calm');
      if (int(3) === 0) venue.tellValues();
      await calm(clients);
      await timer.advance(of([10, 300, 1500]));
      await calm(clients);
    },
  },
  {
    name: 'an order of somebody else',
    weight: 2,
    isLoud: true,
    run({ of, int, tell, venue }) {
      const line = of(LINES.filter(({ secType }) => secType === 'STK'));
      const [action, totalQuantity] = [of(['BUY', 'SELL']), String(of([1, 5, 10]))];
      const order = { action, orderType: 'LMT', totalQuantity, lmtPrice: line.last / 100, tif: 'DAY' };
      const request = { kind: 'placeOrder', orderId: 1 + int(1e6), contract: contractOf(line), order };
      venue.foreign(request as never as RequestOf<'placeOrder'>);
      tell(`foreign ${action} ${totalQuantity} ${line.symbol}`);
    },
  },
  {
    name: 'a cut',
    weight: 2,
    isLoud: true,
    async run({ tell, of, timer, clients }, client) {
      tell(`${client.clientId} is cut`);
      client.cut();
      await settle();
      await timer.advance(of([0, 600]));
      await calm(clients);
    },
  },
  {
    name: 'the gateway restarts',
    weight: 1,
    isLoud: true,
    async run({ tell, of, timer, clients, venue }) {
      tell('the gateway restarts');
      venue.restart();
      for (const one of clients) one.cut();
      await settle();
      await timer.advance(of([0, 600]));
      await calm(clients);
    },
  },
  {
    name: 'the program restarts',
    weight: 1,
    isLoud: true,
    async run({ tell, clients, venue, join }, client) {
      tell(`the program of ${client.clientId} restarts`);
      client.close();
      venue.forget(client.clientId);
      clients.splice(clients.indexOf(client), 1);
      await settle();
      await join(client.clientId);
    },
  },
  {
    name: 'a second client',
    weight: 1,
    isLoud: true,
    async run({ clients, join }) {
      if (clients.length < 2) await join(clients[0]?.clientId === 2 ? 1 : 2);
    },
  },
  {
    name: 'everything cancelled',
    weight: 1,
    isLoud: true,
    run(stage, { ib, clientId }) {
      if (stage.int(3) === 0)
        stage.attempt([], () => {
          stage.tell(`${clientId} cancels everything`);
          ib.orders.cancelAll();
        });
    },
  },
  {
    name: 'kill switch',
    weight: 1,
    isLoud: true,
    run({ int, tell, venue }, { ib, clientId }) {
      if (int(4) !== 0) return;
      tell(`${clientId} kill switch`);
      ib.orders.killSwitch.engage('test');
      venue.stopped.add(clientId);
    },
  },
  {
    name: 'the feed stands still',
    weight: 1,
    isLoud: true,
    async run({ tell, of, holdFeed, timer, clients }) {
      tell('the feed stands still');
      holdFeed(of([true, true, false]));
      await timer.advance(of([500, 61_000]));
      await calm(clients);
    },
  },
  {
    name: 'time without a word',
    weight: 1,
    isLoud: true,
    async run({ tell, of, timer }) {
      tell('time without a word');
      await timer.advance(of([500, 1500, 5000]));
    },
  },
];
