// Order ids never fall below what the journal of an earlier process says was used.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileSink } from '../../../../src/client/orders/journal/file-sink.js';
import { memorySink } from '../../../../src/client/orders/journal/journal.js';
import { maxQuantity } from '../../../../src/rules/index.js';
import { AAPL, buy, deskWith, placedBy, until } from '../trades/desk.js';

it('a gateway that hands out ids again after a restart gets higher ones from the next process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-ids-'));
  const path = join(folder, 'orders.ndjson');
  try {
    for (const expected of [[40, 41], [42]]) {
      await using desk = await deskWith(
        { nextValidId: expected[0] === 40 ? 40 : 12 },
        { orders: { journal: fileSink({ path, maxBytes: 500 }) } },
      );
      for (const _ of expected) desk.ib.orders.place(AAPL, buy());
      await until(() => placedBy(desk.gateway).length === expected.length);
      expect(placedBy(desk.gateway).map(({ orderId }) => orderId)).toEqual(expected);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('ids of another client and of orders that were refused before they left set no floor', async () => {
  const lines: string[] = [];
  const earlier = await deskWith({ nextValidId: 90 }, { clientId: 2, orders: { journal: memorySink(lines) } });
  earlier.ib.orders.place(AAPL, buy());
  await until(() => placedBy(earlier.gateway).length === 1);
  await earlier[Symbol.asyncDispose]();
  await using desk = await deskWith({}, { orders: { journal: memorySink(lines), guards: [maxQuantity(50)] } });
  expect(() => desk.ib.orders.place(AAPL, buy())).toThrow(/MAX-QUANTITY/);
  desk.ib.orders.place(AAPL, buy('1'));
  await until(() => placedBy(desk.gateway).length === 1);
  expect(placedBy(desk.gateway)[0]?.orderId).toBe(1);
});

it('the number of the gateway counts where it is higher', async () => {
  const sink = memorySink([
    '{"seq":1,"time":"2026-11-20T05:00:00.123Z","event":"sent","account":"DU9000001","orderId":7,"clientId":1}',
  ]);
  await using desk = await deskWith({ nextValidId: 30 }, { orders: { journal: sink } });
  expect(desk.ib.raw.nextOrderId()).toBe(30);
});
