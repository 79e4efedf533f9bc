// `ibwire demo`: a session over real TCP against recorded traffic, or the same against a gateway of yours.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { connect, type Ib } from '../../client/connect.js';
import { replayGateway } from '../../gateway/replay/replay-gateway.js';
import {
  type Print,
  showBars,
  showDetails,
  showOrder,
  showPositions,
  showPrices,
  showSession,
  showSummary,
} from '../demo/acts.js';
import type { Io } from '../io.js';
import { port, whole } from '../options.js';
import { dim, heading } from '../print.js';

const textSession = ['pyfutures-connect-account-summary', 'rust-ibapi-interactions-v173', 'pyfutures-request-bars'];
const protobufSession = ['ibkr-go-order-fill-v225', 'ibkr-go-delayed-quote-reconnect-v225'];
const tags = ['NetLiquidation', 'TotalCashValue', 'BuyingPower', 'AvailableFunds', 'ExcessLiquidity', 'GrossPositionValue'];
const apple = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

export function addDemo(program: Command, io: Io): void {
  program
    .command('demo')
    .description('watch a session: recorded traffic on a loopback port, or a gateway of yours')
    .option('--port <port>', 'a real gateway instead of recordings (4002 is the paper IB Gateway)', port)
    .option('--host <host>', 'its host', '127.0.0.1')
    .option('--client-id <id>', 'client id', whole(0, 2_147_483_647), 1)
    .action(async (options: { port?: number; host: string; clientId: number }) => {
      const print: Print = io.out;
      if (options.port === undefined) await recorded(print);
      else await real({ ...options, port: options.port }, print);
    });
}

/** The folder of recordings: beside the sources, or beside the built command. */
function capture(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 5; up++) {
    const file = join(folder, 'fixtures/captures', `${name}.ibcap`);
    if (existsSync(file)) return file;
    folder = dirname(folder);
  }
  throw new Error(`The recording ${name}.ibcap is not here: run the demo from a clone, or give --port.`);
}

async function open(print: Print, options: Parameters<typeof connect>[0]): Promise<Ib> {
  const began = performance.now();
  const ib = await connect(options);
  showSession(ib, performance.now() - began, print);
  return ib;
}

async function recorded(print: Print): Promise<void> {
  {
    await using gateway = await replayGateway({ captures: textSession.map(capture), serverVersion: 176 });
    print(heading('1. The text wire', `recorded sessions on 127.0.0.1:${gateway.port}: ${textSession.join(', ')}`));
    await using ib = await open(print, { port: gateway.port, limits: 'none', reconnect: false });
    await showSummary(ib, tags, print);
    await showPositions(ib, print);
    const milk = { symbol: 'DA', secType: 'CONTFUT', exchange: 'CME', tradingClass: 'DC' };
    await showDetails(ib, milk, print);
    await showBars(
      ib,
      {
        contract: { ...milk, conId: 559753506, currency: 'USD' },
        endDateTime: '20240322-16:30:00',
        durationStr: '5 D',
        barSizeSetting: '1 day',
        whatToShow: 'TRADES',
        useRTH: true,
        formatDate: 2,
      },
      print,
    );
  }
  {
    await using gateway = await replayGateway({ captures: protobufSession.map(capture) });
    print(heading('2. The protobuf wire', `recorded sessions on 127.0.0.1:${gateway.port}: ${protobufSession.join(', ')}`));
    await using ib = await open(print, { port: gateway.port, limits: 'none', reconnect: false });
    await showPrices(ib, apple, print);
    const order = { action: 'BUY', totalQuantity: '1', orderType: 'MKT', tif: 'DAY', account: ib.accounts.ids[0] ?? '' };
    await showOrder(ib, { ...apple, conId: 265598 }, order, print);
  }
  print(`\n${dim('The same against a gateway of yours: npm run demo -- --port 4002')}`);
}

/** Looks only: an order is never placed on a gateway that is not a recording. */
async function real(options: { port: number; host: string; clientId: number }, print: Print): Promise<void> {
  await using ib = await open(print, { ...options, readOnly: true, reconnect: false });
  await showSummary(ib, tags, print);
  await showPositions(ib, print);
  await showDetails(ib, apple, print);
  await showPrices(ib, apple, print);
  print(`\n${dim('No order was placed: the session was opened read-only.')}`);
}
