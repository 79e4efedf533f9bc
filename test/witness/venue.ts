// A gateway in memory: it takes bytes, keeps the truth of one account, and lets the oracle look at every order that comes.

import { type Decoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder, type MessageEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import type { IncomingKind, MessageInput, Outgoing, RequestOf } from '../../src/protocol/registry.js';
import type { Books, Terms } from './books.js';
import { Knowledge } from './knowledge.js';
import { broken, brokenByExercise } from './oracle.js';
import { isEndKnown, type Opening, type Order, orderOf, type Peer, VERSION } from './peer.js';
import { termsOf } from './terms.js';
import { tradedBy } from './traded.js';
import { detailsOf, executionOf, openOrderOf, statusOf, summaryRows, valueRows } from './words.js';
import { ACCOUNT, type Currency, contractOf, LINES, type Line, lineOf } from './world.js';

export class Venue {
  readonly orders = new Map<string, Order>();
  readonly positions: Map<number, number>;
  readonly cash: Record<Currency, number>;
  readonly violations: string[] = [];
  readonly peers = new Map<number, Peer>();
  /** Orders that came, first sendings and changes. */
  taken = 0;
  /** Instructions to exercise or to let lapse that came. */
  instructions = 0;
  /** Changes of positions are not told. */
  holdPositions = false;
  /** Clients whose kill switch is on. */
  readonly stopped = new Set<number>();
  private readonly streams = new Map<number, { positions: boolean; values: Set<number> }>();
  private readonly known = new Knowledge();
  private readonly executions: MessageInput<'execDetails'>[] = [];
  private readonly encoder: MessageEncoder = incomingEncoder(VERSION);
  private readonly decoder: Decoder<Outgoing> = outgoingDecoder(VERSION);
  private readonly frames = new FrameDecoder();
  private count = 0;
  private readonly opening: Opening;

  constructor(opening: Opening) {
    this.opening = opening;
    this.positions = new Map(opening.positions);
    this.cash = { ...opening.cash };
  }

  /** Bytes of a client, in the turn in which they left. */
  take(peer: Peer, bytes: Uint8Array): void {
    this.frames.push(bytes, (frame, start, end) => {
      const request = this.decoder.decode(frame, start, end);
      if (request.kind === 'unknown') throw new Error('a request that the tables do not know');
      this.request(peer, request);
    });
  }

  /** Says something to a client; it waits to be delivered. */
  say<K extends IncomingKind>(peer: Peer, kind: K, message: MessageInput<K>): void {
    if (!peer.isOpen) return;
    peer.inbox.push(Uint8Array.from(this.encoder.encode(kind, message)));
    peer.told++;
  }

  private request(peer: Peer, request: Outgoing): void {
    switch (request.kind) {
      case 'reqAccountSummary':
        for (const [tag, value, currency] of summaryRows(this.opening.accountType, this.cash))
          this.say(peer, 'accountSummary', { reqId: request.reqId, account: ACCOUNT, tag, value, currency });
        this.say(peer, 'accountSummaryEnd', { reqId: request.reqId });
        return;
      case 'reqAccountUpdatesMulti':
        this.streamsOf(peer).values.add(request.reqId as number);
        this.values(peer, request.reqId as number);
        this.say(peer, 'accountUpdateMultiEnd', { reqId: request.reqId });
        return;
      case 'reqPositions':
        this.streamsOf(peer).positions = true;
        for (const [conId] of this.positions) this.position(peer, conId);
        this.say(peer, 'positionEnd', {});
        return;
      case 'reqOpenOrders':
      case 'reqAllOpenOrders':
        for (const order of this.orders.values())
          if (!order.hasEnded && (request.kind === 'reqAllOpenOrders' || order.clientId === peer.clientId))
            this.openOrder(peer, order);
        this.say(peer, 'openOrderEnd', {});
        return;
      case 'reqExecutions':
        for (const one of this.executions) this.say(peer, 'execDetails', { ...one, reqId: request.reqId });
        this.say(peer, 'execDetailsEnd', { reqId: request.reqId });
        return;
      case 'reqCompletedOrders':
        this.say(peer, 'completedOrdersEnd', {});
        return;
      case 'reqIds':
        this.say(peer, 'nextValidId', { orderId: 1_000 });
        return;
      case 'reqContractDetails':
        this.details(peer, request);
        return;
      case 'placeOrder':
        this.place(peer, request);
        return;
      case 'cancelOrder':
        this.cancel(`${peer.clientId}/${request.orderId}`, peer);
        return;
      case 'reqGlobalCancel':
        for (const { key, hasEnded } of [...this.orders.values()]) if (!hasEnded) this.cancel(key);
        return;
      case 'exerciseOptions':
        this.exercise(peer, request);
        return;
      default:
    }
  }

  private values(peer: Peer, reqId: number): void {
    for (const [key, value, currency] of valueRows(this.opening.accountType, this.cash))
      this.say(peer, 'accountUpdateMulti', { reqId: reqId as never, account: ACCOUNT, key, value, currency });
  }

  private position(peer: Peer, conId: number): void {
    const line = lineOf(conId) as Line;
    const position = String(this.positions.get(conId) ?? 0);
    this.say(peer, 'position', { account: ACCOUNT, contract: contractOf(line), position, avgCost: line.last / 100 });
  }

  private details(peer: Peer, { reqId, contract }: RequestOf<'reqContractDetails'>): void {
    const line = LINES.find(({ conId }) => conId === contract?.conId);
    if (line === undefined) {
      this.say(peer, 'error', { reqId, errorCode: 200, errorString: 'No security definition' });
      return;
    }
    this.say(peer, 'contractDetails', { reqId, ...detailsOf(line) });
    this.say(peer, 'contractDetailsEnd', { reqId });
  }

  private place(peer: Peer, request: RequestOf<'placeOrder'>): void {
    if (request.order?.whatIf === true) return;
    this.taken++;
    const key = `${peer.clientId}/${request.orderId}`;
    const terms = termsOf(request, peer.clientId);
    const found = this.orders.get(key);
    if (found !== undefined && isEndKnown(found, peer)) this.violations.push(`${key}: sent after its end`);
    // Crossed the news of the end on its way: no terms of it can come into force.
    else if (found?.hasEnded === true) {
      this.say(peer, 'error', { reqId: request.orderId as never, errorCode: 104, errorString: 'Cannot modify a filled order.' });
      return;
    }
    if (this.stopped.has(peer.clientId)) this.violations.push(`${key}: sent with the kill switch on`);
    if (request.order?.tif === undefined || request.order.tif === '') this.violations.push(`${key}: no time in force`);
    const order = found ?? this.open(peer.clientId, request, terms);
    found?.terms.push(terms);
    for (const said of broken(this.booksOf(peer.clientId), terms))
      this.violations.push(`${key} ${JSON.stringify(terms)}: ${said}`);
    order.request = request;
  }

  private open(clientId: number, request: RequestOf<'placeOrder'>, terms: Terms): Order {
    const order = orderOf(clientId, request, terms, String(7_000 + ++this.count), this.opening.now());
    this.orders.set(order.key, order);
    return order;
  }

  /** An order of somebody else, who asks nobody. */
  foreign(request: RequestOf<'placeOrder'>): void {
    this.open(9, request, termsOf(request, 9));
  }

  private exercise(peer: Peer, request: RequestOf<'exerciseOptions'>): void {
    this.instructions++;
    if (request.exerciseAction !== 1) return;
    const conId = request.contract?.conId ?? 0;
    const count = request.exerciseQuantity ?? 0;
    this.known.exercise(peer.clientId, conId, count);
    for (const said of brokenByExercise(this.booksOf(peer.clientId), conId, count))
      this.violations.push(`exercise ${count} of ${conId}: ${said}`);
  }

  private booksOf(clientId: number): Books {
    const { cash, positions, orders } = this;
    return this.known.books(clientId, this.opening.now(), { cash, positions, orders, maySpread: this.opening.maySpread });
  }

  /** The program of a client starts anew: its kill switch is off, and nobody tells it of its instructions. */
  forget(clientId: number): void {
    this.stopped.delete(clientId);
    this.known.forget(clientId);
  }

  private openOrder(peer: Peer, order: Order): void {
    this.say(peer, 'openOrder', openOrderOf(order));
  }

  private status(order: Order, status: string): void {
    const peer = this.peers.get(order.clientId);
    if (peer !== undefined) this.say(peer, 'orderStatus', statusOf(order, status));
  }

  /** Takes the newest terms of an order into force. */
  acknowledge(order: Order): void {
    order.terms = order.terms.slice(-1);
    const peer = this.peers.get(order.clientId);
    if (peer !== undefined) this.openOrder(peer, order);
    this.status(order, 'Submitted');
  }

  cancel(key: string, asking?: Peer): void {
    const order = this.orders.get(key);
    if (order === undefined || order.hasEnded) {
      if (asking !== undefined)
        this.say(asking, 'error', {
          reqId: Number(key.split('/')[1]) as never,
          errorCode: 10147,
          errorString: 'OrderId that needs to be cancelled is not found.',
        });
      return;
    }
    order.hasEnded = true;
    this.status(order, 'Cancelled');
    this.ended(order);
    const peer = this.peers.get(order.clientId);
    if (peer !== undefined)
      this.say(peer, 'error', { reqId: order.orderId as never, errorCode: 202, errorString: 'Order Canceled - reason:' });
  }

  /** Fills `shares` of an order at a price in cents, of a combination each leg at its last, and tells everybody what a gateway tells. */
  fill(order: Order, shares: number, price: number): void {
    const terms = order.terms[0] as Terms;
    const sign = terms.action === 'BUY' ? 1 : -1;
    order.filled += shares;
    const isDone = order.filled >= terms.quantity;
    if (isDone) order.hasEnded = true;
    if (terms.legs !== undefined) this.execute(order, order.request.contract ?? {}, sign * shares, price);
    const traded = tradedBy(terms, price);
    for (const { line, each, at } of traded) {
      const moved = sign * each * shares;
      const cost = moved * at * (line.secType === 'OPT' ? 100 : 1);
      this.positions.set(line.conId, (this.positions.get(line.conId) ?? 0) + moved);
      this.cash[line.currency] -= cost;
      this.known.fill({ at: this.opening.now(), clientId: order.clientId, line, shares: moved, cost });
      this.execute(order, contractOf(line), moved, at);
    }
    this.status(order, isDone ? 'Filled' : 'Submitted');
    if (isDone) this.ended(order);
    if (isDone && terms.ocaGroup !== undefined)
      for (const other of this.orders.values())
        if (!other.hasEnded && other !== order && other.terms[0]?.ocaGroup === terms.ocaGroup) this.cancel(other.key);
    if (this.holdPositions) return;
    const told = [...this.peers.values()].filter((peer) => this.streamsOf(peer).positions);
    for (const other of told) for (const { line } of traded) this.position(other, line.conId);
  }

  private ended(order: Order): void {
    const peer = this.peers.get(order.clientId);
    if (peer !== undefined) order.end = { peer, told: peer.told };
  }

  private execute(order: Order, contract: object, shares: number, price: number): void {
    const execution = executionOf(order, contract, shares, price, ++this.count, this.opening.now());
    this.executions.push(execution);
    const peer = this.peers.get(order.clientId);
    if (peer !== undefined) this.say(peer, 'execDetails', { ...execution, reqId: -1 as never });
  }

  /** The gateway starts anew: what was staged is gone. Who was connected must come again. */
  restart(): void {
    const root = (order: Order): string => order.terms.at(-1)?.parent ?? order.key;
    const all = [...this.orders.values()];
    const released = new Set(all.filter(({ request }) => request.order?.transmit !== false).map(root));
    for (const order of all) if (!released.has(root(order))) order.hasEnded = true;
  }

  /** The three-minute news of an account's numbers. */
  tellValues(): void {
    for (const peer of this.peers.values()) for (const reqId of this.streamsOf(peer).values) this.values(peer, reqId);
  }

  private streamsOf(peer: Peer): { positions: boolean; values: Set<number> } {
    const found = this.streams.get(peer.clientId) ?? { positions: false, values: new Set() };
    this.streams.set(peer.clientId, found);
    return found;
  }

  arrive(peer: Peer): void {
    this.peers.set(peer.clientId, peer);
    this.streams.delete(peer.clientId);
  }

  leave(peer: Peer): void {
    peer.isOpen = false;
    peer.inbox.length = 0;
    this.peers.delete(peer.clientId);
  }
}
