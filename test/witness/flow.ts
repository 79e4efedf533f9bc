// One sequence: a restricted account, one or two clients, somebody else, and everything that can go wrong, from one seed.

import { cash } from '../../src/client/orders/builders/assemble.js';
import { limit, market, stop as stopOrder } from '../../src/client/orders/builders/basic.js';
import { bracket } from '../../src/client/orders/builders/bracket.js';
import { family, oca } from '../../src/client/orders/builders/group.js';
import { trail } from '../../src/client/orders/builders/trailing.js';
import type { OrderDraft } from '../../src/client/orders/draft.js';
import type { RequestOf } from '../../src/protocol/registry.js';
import { type HandTimer, handTimer, settle } from '../helpers/hand-timer.js';
import { type Client, calm, clientOf } from './client.js';
import type { Order } from './peer.js';
import { Venue } from './venue.js';
import { ACCOUNT, contractOf, LINES, type Line, lineOf } from './world.js';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Writes that were asked for, and those that left. */
  readonly asked: number;
  readonly left: number;
  /** Faults of the product or of this harness: no refusal. */
  readonly faults: readonly string[];
  readonly story: readonly string[];
  readonly refusals: readonly string[];
}

export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const KINDS = ['ira-cash', 'ira-margin', 'cash'] as const;
/** What a refusal may be named. */
const REFUSALS =
  /^(RuleError|InputError|ReadOnlyError|ClosedError|OrderStateError|EncodeError|TooOldError|AbortError|TimeoutError)$/;

export interface FlowOptions {
  readonly steps?: number;
  /** Without what others do, cuts and restarts. */
  readonly isQuiet?: boolean;
}

export async function flow(seed: number, { steps = 14, isQuiet = false }: FlowOptions = {}): Promise<Outcome> {
  const random = chance(seed);
  const int = (below: number): number => Math.floor(random() * below);
  const of = <T>(list: readonly T[]): T => list[int(list.length)] as T;
  const timer: HandTimer = handTimer();
  const kind = of(KINDS);
  const venue = new Venue({
    accountType: kind === 'cash' ? 'INDIVIDUAL' : 'IRA-ROTH-NEW',
    cash: { USD: of([0, 100_000, 1_000_000, 5_000_000]), EUR: of([0, 500_000]) },
    positions: new Map([
      [101, of([0, 10, 100, 250])],
      [103, of([0, 10])],
      [201, of([0, 2])],
      [202, of([0, 1])],
    ]),
    now: () => timer.now(),
  });
  const lastPrice = ({ conId }: { conId?: number | undefined }) => {
    const line = lineOf(conId ?? 0);
    return line === undefined ? undefined : { price: line.last / 100, at: timer.now() };
  };
  const orders = {
    accounts: { kinds: { [ACCOUNT]: kind } },
    lastPrice,
    patience: { reason: 15, commissions: 250, fills: 15 },
    reconcile: { openOrders: 150, executions: 100 },
  } as never;
  const story: string[] = [`${kind} ${JSON.stringify(venue.cash)} ${JSON.stringify([...venue.positions])}`];
  const faults: string[] = [];
  const refusals: string[] = [];
  let asked = 0;
  const clients: Client[] = [];
  const fail = (error: unknown): void => {
    const name = error instanceof Error ? error.name : String(error);
    const { findings } = error as { findings?: readonly { code: string; severity: string }[] };
    if (!REFUSALS.test(name)) faults.push(error instanceof Error ? (error.stack ?? name) : name);
    else refusals.push(findings?.find(({ severity }) => severity === 'reject')?.code ?? `${name} ${(error as Error).message}`);
  };
  const attempt = (what: string, act: () => unknown): void => {
    asked++;
    story.push(what);
    try {
      const made = act();
      if (made instanceof Promise) made.catch(fail);
    } catch (error) {
      fail(error);
      story.push(`  refused ${refusals.at(-1)}`);
    }
  };
  const join = async (clientId: number): Promise<Client> => {
    const client = await clientOf(venue, timer, clientId, orders, random, int(4) === 0 ? 8 : undefined);
    const told: Promise<unknown>[] = [client.ib.orders.prepare().catch(fail)];
    for (const line of LINES) told.push(client.ib.contracts.details(contractOf(line)).catch(fail));
    if (int(4) !== 0) {
      for (let i = 0; i < 6; i++) {
        await calm([client]);
        await timer.advance(200);
      }
    }
    clients.push(client);
    return client;
  };
  const draft = (line: Line): OrderDraft => {
    const held = venue.positions.get(line.conId) ?? 0;
    const action = of(['BUY', 'SELL', 'SELL'] as const);
    const unit = line.secType === 'OPT' ? 100 : 1;
    const affordable = Math.floor(venue.cash[line.currency] / (line.last * unit));
    const most = action === 'SELL' ? held : affordable;
    const size = String(Math.max(1, of([1, 1, Math.floor(most / 3), Math.floor(most * 0.9), most, most + 1])));
    const at = (share: number): number => Math.round(line.last * share) / 100;
    const price = at(of([0.9, 1, 1.1]));
    switch (int(9)) {
      case 0:
        return market(action, size);
      case 1:
        return stopOrder(action, size, at(of([0.95, 1.05])));
      case 2:
        return trail(action, size, { amount: at(0.05), stop: at(of([0.95, 1.05])) } as never);
      case 3:
        return line.secType === 'STK' ? market('BUY', cash(String(of([100, 1000])))) : limit(action, size, price);
      case 4:
        return { ...limit(action, size, price), ...of(ODD) } as OrderDraft;
      default:
        return limit(action, size, price);
    }
  };
  const foreignOrder = (): void => {
    const line = of(LINES.filter(({ secType }) => secType === 'STK'));
    const order = {
      action: of(['BUY', 'SELL']),
      orderType: 'LMT',
      totalQuantity: String(of([1, 5, 10])),
      lmtPrice: line.last / 100,
      tif: 'DAY',
    };
    venue.foreign({
      kind: 'placeOrder',
      orderId: 1 + int(1e6),
      contract: contractOf(line),
      order,
    } as never as RequestOf<'placeOrder'>);
    story.push(`foreign ${order.action} ${order.totalQuantity} ${line.symbol}`);
  };
  const workAt = (order: Order): void => {
    const [terms] = order.terms;
    const line = lineOf(terms?.conId ?? 0);
    if (terms === undefined || line === undefined) return;
    const left = Math.max(0, terms.quantity - order.filled);
    story.push(`venue works at ${order.key}`);
    if (int(3) === 0 || left === 0 || order.terms.length > 1 || terms.parent !== undefined) venue.acknowledge(order);
    else if (int(5) === 0) venue.cancel(order.key);
    else venue.fill(order, int(2) === 0 ? left : Math.max(1, Math.floor(left / 2)), terms.lmt ?? line.last);
  };

  try {
    await join(1);
    for (let step = 0; step < steps; step++) {
      const client = of(clients);
      const { ib } = client;
      const line = of(LINES);
      const contract = contractOf(line);
      switch (int(isQuiet ? 14 : 20)) {
        case 0:
        case 1:
        case 2:
        case 3: {
          const order = draft(line);
          attempt(`${client.clientId} place ${line.symbol} ${line.secType} ${JSON.stringify(order)}`, () =>
            ib.orders.place(contract, order),
          );
          break;
        }
        case 4: {
          const base = of(LINES.slice(0, 3));
          const at = (share: number): number => Math.round(base.last * share) / 100;
          const size = String(of([1, 5, 20]));
          const group = of([
            () => bracket(limit('BUY', size, at(1)), { takeProfit: at(1.1), stopLoss: at(0.9) }),
            () =>
              oca(
                [limit('SELL', size, at(1.1)), stopOrder('SELL', size, at(0.9))],
                `g${seed}-${step}`,
                of(['cancelWithBlock', 'reduce']),
              ),
            () => family(limit('BUY', size, at(1)), [limit('SELL', size, at(1.1)), limit('SELL', size, at(1.2))]),
          ])();
          attempt(`${client.clientId} group ${base.symbol} ${JSON.stringify(group.members.map(({ order }) => order))}`, () =>
            ib.orders.placeGroup(contractOf(base), group),
          );
          break;
        }
        case 5:
        case 6: {
          const trade = ib.orders.book.live.at(-1);
          if (trade === undefined) break;
          const change = of([{ totalQuantity: String(of([1, 20, 200])) }, { lmtPrice: of([1, 90, 120]) }]);
          attempt(`${client.clientId} modify ${trade.orderId} ${JSON.stringify(change)}`, () => trade.modify(change as never));
          break;
        }
        case 7: {
          const trade = ib.orders.book.live[0];
          story.push(`${client.clientId} cancel ${trade?.orderId ?? 'nothing'}`);
          trade?.cancel().catch(fail);
          break;
        }
        case 8:
          attempt(`${client.clientId} raw ${line.symbol}`, () =>
            ib.raw.send('placeOrder', {
              orderId: ib.raw.nextOrderId(),
              contract,
              order: { ...draft(line), account: ACCOUNT },
            } as never),
          );
          break;
        case 9: {
          const option = of(LINES.filter(({ secType }) => secType === 'OPT'));
          attempt(`${client.clientId} exercise ${option.right}`, () =>
            ib.orders.exercise(contractOf(option) as never, { action: of(['exercise', 'lapse']), quantity: of([1, 2]) }),
          );
          break;
        }
        case 10:
        case 11: {
          const live = [...venue.orders.values()].filter(({ hasEnded }) => !hasEnded);
          if (live.length > 0) workAt(of(live));
          break;
        }
        case 12:
          client.deliver(int(4));
          break;
        case 13:
          story.push('calm');
          if (int(3) === 0) venue.tellValues();
          await calm(clients);
          await timer.advance(of([10, 300, 1500]));
          await calm(clients);
          break;
        case 14:
        case 15:
          foreignOrder();
          break;
        case 16:
          story.push(`${client.clientId} is cut`);
          client.cut();
          await settle();
          if (int(2) === 0) {
            await timer.advance(600);
            await calm(clients);
          }
          break;
        case 17:
          if (clients.length < 2) await join(2);
          break;
        case 18:
          if (int(4) !== 0) break;
          story.push(`${client.clientId} kill switch`);
          ib.orders.killSwitch.engage('test');
          venue.stopped.add(client.clientId);
          break;
        default:
          story.push('stale: time without a word');
          await timer.advance(of([500, 1500, 5000]));
      }
      await settle();
      if (int(2) === 0) await calm(clients, 1);
    }
    await calm(clients);
    await timer.advance(2_000);
    await calm(clients);
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { close } of clients) close();
  }
  return { seed, violations: venue.violations, asked, left: venue.taken, faults, story, refusals };
}

/** Fields that change more than they seem to. */
const ODD: readonly object[] = [
  { discretionaryAmt: 50 },
  { hedgeType: 'D' },
  { scaleInitLevelSize: 1, scalePriceIncrement: 1, scalePriceAdjustValue: 10, scalePriceAdjustInterval: 1 },
  { cashQty: 1_000_000 },
  { adjustedOrderType: 'STP', triggerPrice: 101, adjustedStopPrice: 500 },
  { faGroup: 'all', faMethod: 'NetLiq' },
  { modelCode: 'm' },
  { outsideRth: true },
  { tif: 'GTC' },
  { orderRef: 'mine' },
];
