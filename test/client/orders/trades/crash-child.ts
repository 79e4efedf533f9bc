// The program that is killed: places orders as fast as it can, with a journal, until somebody stops it.

import { connect } from '../../../../src/client/connect.js';
import { fileSink } from '../../../../src/client/orders/journal/file-sink.js';

const [port, path, count, firstSymbol] = process.argv.slice(2);

async function main(): Promise<void> {
  const ib = await connect({
    port: Number(port),
    clientId: 5,
    limits: 'none',
    reconnect: false,
    orders: { accounts: 'none', journal: fileSink({ path: path ?? '' }) },
  });
  process.stdout.write('ready\n');
  for (let i = 0; i < Number(count); i++) {
    const isMarket = i % 3 === 0;
    ib.orders.place(
      { conId: 265598, symbol: firstSymbol ?? 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' },
      isMarket
        ? { action: i % 2 === 0 ? 'BUY' : 'SELL', orderType: 'MKT', totalQuantity: '1', tif: 'DAY' }
        : { action: 'BUY', orderType: 'LMT', totalQuantity: '1', lmtPrice: 10, tif: 'GTC' },
      { orderRef: `run-${i}` },
    );
    if (i % 5 === 4) await new Promise((resolve) => setImmediate(resolve));
  }
  process.stdout.write('done\n');
}

void main();
