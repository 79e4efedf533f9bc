// Orders one after another, each timed from the call to its first byte at a socket. Arguments: port, and a case of `orders.ts`.

import { Socket } from 'node:net';
import { IBApi, OrderAction, OrderType, SecType } from '@stoqey/ib';
import { connect } from '../../src/client/connect.js';
import { fileSink } from '../../src/client/orders/journal/file-sink.js';
import type { OrderOptions } from '../../src/client/orders/policy.js';
import { maxQuantity, noDuplicate } from '../../src/rules/guards/caps.js';
import type { OrderCase, OrderReading } from '../orders.js';
import { ACCOUNT, stock, TRADED } from './order-account.js';

const TIMED = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const quantity = (i: number): number => 1 + (i % 97); // with contract and price the same again after 48,500
const price = (i: number): number => 10 + (i % 100) / 100;

/** Microseconds from each call to the first write to any socket, and what it took of the processor until then. */
async function timed({ isInRow }: OrderCase, order: (i: number) => unknown): Promise<OrderReading> {
  const warm = isInRow === true ? 10_000 : 1_500;
  // The prototype's own method is called with the socket it is called on.
  const real = Socket.prototype.write;
  let written: number | undefined;
  Socket.prototype.write = function (this: Socket, ...args: Parameters<typeof real>) {
    written ??= performance.now();
    return real.apply(this, args);
  } as typeof real;
  const samples: number[] = [];
  for (let i = 0; i < warm + TIMED; i++) {
    written = undefined;
    const began = performance.now();
    order(i);
    while (written === undefined) await pause(0);
    if (i >= warm) samples.push((written - began) * 1000);
    if (isInRow !== true) await pause(1);
  }
  Socket.prototype.write = real;
  samples.sort((a, b) => a - b);
  const at = (share: number): number => Number((samples[Math.floor((samples.length - 1) * share)] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
}

async function ours(port: number, one: OrderCase, folder: string): Promise<OrderReading> {
  const guards = [maxQuantity(1_000), noDuplicate(0)];
  const accounts = {};
  const options: Readonly<Record<OrderCase['checks'], OrderOptions>> = {
    switch: { accounts: 'none' },
    guards: { accounts: 'none', guards },
    rules: { guards, accounts },
    journal: { guards, accounts, journal: fileSink({ path: `${folder}/journal` }) },
  };
  const ib = await connect({ port, limits: 'none', orders: options[one.checks] });
  for (let i = 1; i <= TRADED; i++) await ib.contracts.details(stock(i));
  await ib.orders.book.reconcile();
  await pause(50);
  try {
    return await timed(one, (i) =>
      ib.orders.place(stock(1 + (i % TRADED)), {
        action: 'BUY',
        orderType: 'LMT',
        totalQuantity: String(quantity(i)),
        lmtPrice: price(i),
      }),
    );
  } finally {
    ib.close();
  }
}

async function theirs(port: number, one: OrderCase): Promise<OrderReading> {
  const api = new IBApi({ port, host: '127.0.0.1', clientId: 2, maxReqPerSec: 100_000 });
  await new Promise<void>((resolve) => {
    api.on('nextValidId' as never, () => resolve());
    api.connect();
  });
  await pause(50);
  try {
    return await timed(one, (i) => {
      const { conId, symbol } = stock(1 + (i % TRADED));
      api.placeOrder(
        i + 1,
        { conId, symbol, secType: SecType.STK, exchange: 'SMART', currency: 'USD' },
        {
          action: OrderAction.BUY,
          orderType: OrderType.LMT,
          totalQuantity: quantity(i),
          lmtPrice: price(i),
          account: ACCOUNT,
        },
      );
    });
  } finally {
    api.disconnect();
  }
}

const [port = '0', folder = '.', text = '{}'] = process.argv.slice(2);
const one = JSON.parse(text) as OrderCase;
const reading = await (one.by === 'ibwire' ? ours(Number(port), one, folder) : theirs(Number(port), one));
process.stdout.write(`${JSON.stringify(reading)}\n`);
process.exit(0);
