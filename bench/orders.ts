/**
 * One order, from the user's call to its bytes at the socket: checks, account rules, journal and encoding in between. 1,000
 * positions and 500 working orders; beside it `placeOrder` of @stoqey/ib, which checks nothing; then the same with 50, 500 and
 * 5,000 orders at work on other contracts. Run: npx tsx bench/orders.ts [--json]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { connect } from '../src/client/connect.js';
import { fileSink } from '../src/client/orders/journal/file-sink.js';
import type { OrderOptions } from '../src/client/orders/policy.js';
import { maxQuantity, noDuplicate } from '../src/rules/guards/caps.js';
import { type Peer, scriptedGateway } from '../test/helpers/scripted-gateway.js';

const POSITIONS = 1_000;
const WORKING = 500;
const ORDERS = 900;
const WARM = 400;
const ACCOUNT = 'DU9000001';
const isJson = process.argv.includes('--json');
const rows: { name: string; p50: number; p99: number; worst: number; cpu: number }[] = [];
const stock = (conId: number) => ({ conId, symbol: `S${conId}`, secType: 'STK', exchange: 'SMART', currency: 'USD' }) as const;

function openOrder(peer: Peer, orderId: number, clientId: number, conId: number): void {
  peer.send('openOrder', {
    orderId,
    contract: stock(conId),
    order: {
      action: 'BUY',
      orderType: 'LMT',
      totalQuantity: '1',
      lmtPrice: 10,
      tif: 'DAY',
      account: ACCOUNT,
      clientId,
      permId: String(clientId * 1_000_000 + orderId),
    },
    orderState: { status: 'Submitted' },
  });
}

/** A gateway with a large IRA; an order it gets is cancelled at once, so that the number at work stays. */
function largeAccount(cancels: boolean, serverVersion = 200, working = WORKING, from = 0) {
  return scriptedGateway({
    serverVersion,
    on: {
      reqAccountSummary: (request, peer) => {
        peer.send('accountSummary', {
          reqId: request.reqId,
          account: ACCOUNT,
          tag: 'AccountType',
          value: 'IRA-ROTH-NEW',
          currency: '',
        });
        peer.send('accountSummaryEnd', { reqId: request.reqId });
      },
      reqAccountUpdatesMulti: (request, peer) => {
        const say = (key: string, value: string, currency: string): void =>
          peer.send('accountUpdateMulti', { reqId: request.reqId, account: ACCOUNT, key, value, currency });
        say('AccountType', 'IRA-ROTH-NEW', '');
        say('NetLiquidation', '100000000', 'USD');
        say('CashBalance', '50000000', 'USD');
        say('SettledCash', '50000000', 'USD');
        say('ExchangeRate', '1.00', 'USD');
        peer.send('accountUpdateMultiEnd', { reqId: request.reqId });
      },
      reqPositions: (_, peer) => {
        for (let i = 1; i <= POSITIONS; i++)
          peer.send('position', { account: ACCOUNT, contract: stock(i), position: '100', avgCost: 10 });
        peer.send('positionEnd', {});
      },
      reqAllOpenOrders: (_, peer) => {
        for (let i = 1; i <= working; i++) openOrder(peer, i, 9, from + i);
        peer.send('openOrderEnd', {});
      },
      reqExecutions: (request, peer) => peer.send('execDetailsEnd', { reqId: request.reqId }),
      reqContractDetails: (request, peer) => {
        const { contract } = request;
        peer.send('contractDetails', {
          reqId: request.reqId,
          contract: contract ?? {},
          contractDetails: {
            stockType: 'COMMON',
            minTick: 0.01,
            validExchanges: 'SMART',
            marketRuleIds: '26',
            minSize: '1',
            sizeIncrement: '1',
          },
        });
        peer.send('contractDetailsEnd', { reqId: request.reqId });
      },
      placeOrder: (request, peer) => {
        if (!cancels) return;
        const orderId = request.orderId ?? 0;
        peer.send('orderStatus', {
          orderId,
          status: 'Cancelled',
          filled: '0',
          remaining: '1',
          permId: String(5_000_000 + orderId),
          clientId: 1,
        });
        peer.send('error', { reqId: Number(orderId), errorCode: 202, errorString: 'Order Canceled - reason:' });
      },
    },
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Microseconds from the call to the first write to any socket. */
function timed(): { start(): void; stop(): number; cpu(): number; restore(): void } {
  // The prototype's own method is called with the socket it is called on.
  const real = Socket.prototype.write;
  let began = 0;
  let written: number | undefined;
  let used = process.cpuUsage();
  let cpu = 0;
  let count = 0;
  Socket.prototype.write = function (this: Socket, ...args: Parameters<typeof real>) {
    if (began !== 0) written ??= performance.now();
    return real.apply(this, args);
  } as typeof real;
  return {
    start() {
      written = undefined;
      used = process.cpuUsage();
      began = performance.now();
    },
    stop() {
      const { user, system } = process.cpuUsage(used);
      cpu += user + system;
      count++;
      const took = ((written ?? Number.NaN) - began) * 1000;
      began = 0;
      return took;
    },
    /** Mean processor time of a call, microseconds: what a machine with nothing else to do would take. */
    cpu: () => cpu / count,
    restore() {
      Socket.prototype.write = real;
    },
  };
}

function report(name: string, samples: readonly number[], cpu: number): void {
  const sorted = samples.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
  const row = { name, p50: at(0.5), p99: at(0.99), worst: at(1), cpu: Number(cpu.toFixed(1)) };
  rows.push(row);
  if (isJson) return;
  const column = (value: number, width: number): string => value.toFixed(1).padStart(width);
  console.info(
    `${name.padEnd(62)} p50 ${column(row.p50, 7)} µs   p99 ${column(row.p99, 7)} µs   worst ${column(row.worst, 8)} µs   cpu ${column(row.cpu, 6)} µs`,
  );
}

/** `working` orders, on contracts beyond `from`: 0 are those that are traded. */
async function ours(name: string, orders: OrderOptions, cancels: boolean, working = WORKING, from = 0): Promise<void> {
  await using gateway = await largeAccount(cancels, 200, working, from);
  const ib = await connect({ port: gateway.port, limits: 'none', orders });
  for (let i = 1; i <= WORKING; i++) await ib.contracts.details(stock(i));
  await ib.orders.book.reconcile();
  await pause(50);
  const clock = timed();
  const samples: number[] = [];
  try {
    const count = cancels ? ORDERS / 3 : ORDERS;
    const warm = cancels ? WARM / 4 : WARM;
    for (let i = 0; i < count; i++) {
      const contract = stock(1 + (i % WORKING));
      const order = {
        action: 'BUY',
        orderType: 'LMT',
        totalQuantity: String(1 + (i % 7)),
        lmtPrice: 10 + (i % 100) / 100,
      } as const;
      clock.start();
      ib.orders.place(contract, order);
      await Promise.resolve();
      await Promise.resolve();
      if (i >= warm) samples.push(clock.stop());
      else clock.stop();
      await pause(cancels ? 3 : 0);
    }
  } finally {
    clock.restore();
    ib.close();
  }
  report(name, samples, clock.cpu());
}

async function theirs(): Promise<void> {
  // Its highest server version is lower.
  await using gateway = await largeAccount(false, 176);
  const api = new IBApi({ port: gateway.port, host: '127.0.0.1', clientId: 2, maxReqPerSec: 100_000 });
  await new Promise<void>((resolve) => {
    api.on('nextValidId' as never, () => resolve());
    api.connect();
  });
  await pause(50);
  const clock = timed();
  const samples: number[] = [];
  try {
    for (let i = 0; i < ORDERS; i++) {
      const { conId, symbol } = stock(1 + (i % WORKING));
      clock.start();
      api.placeOrder(
        i + 1,
        { conId, symbol, secType: SecType.STK, exchange: 'SMART', currency: 'USD' },
        {
          action: OrderAction.BUY,
          orderType: OrderType.LMT,
          totalQuantity: 1 + (i % 7),
          lmtPrice: 10 + (i % 100) / 100,
          account: ACCOUNT,
        },
      );
      await pause(1);
      if (i >= WARM) samples.push(clock.stop());
      else clock.stop();
    }
  } finally {
    clock.restore();
    api.disconnect();
  }
  report('@stoqey/ib placeOrder, no checks', samples, clock.cpu());
}

const folder = mkdtempSync(join(tmpdir(), 'ibwire-orders-'));
const guards = [maxQuantity(1_000), noDuplicate(0)];
const accounts = {};
try {
  if (!isJson) console.info(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}`);
  await ours('ibwire, nothing but the live switch', {}, false);
  await ours('ibwire, guards', { guards }, false);
  await ours('ibwire, guards, account rules (working orders grow 500 to 1,400)', { guards, accounts }, false);
  await ours('ibwire, guards, account rules (each order ends at once)', { guards, accounts }, true);
  await ours(
    'ibwire, guards, account rules, journal in a file',
    { guards, accounts, journal: fileSink({ path: join(folder, 'a') }) },
    false,
  );
  await theirs();
  for (const working of [50, 500, 5_000])
    await ours(
      `ibwire, guards, account rules, ${working} orders at work on other contracts`,
      { guards, accounts },
      true,
      working,
      POSITIONS,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (isJson) console.info(JSON.stringify({ load: loadavg()[0], rows }, null, 2));
process.exit(0);
