// `ibwire demo`: the tour against a simulated gateway, recorded sessions of real ones, or a look at a gateway of yours.

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
import { tour } from '../demo/tour.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { port, seconds, whole } from '../options.js';
import { dim, heading } from '../print.js';

const textSession = ['pyfutures-connect-account-summary', 'rust-ibapi-interactions-v173', 'pyfutures-request-bars'];
const protobufSession = ['ibkr-go-order-fill-v225', 'ibkr-go-delayed-quote-reconnect-v225'];
const tags = ['NetLiquidation', 'TotalCashValue', 'BuyingPower', 'AvailableFunds', 'ExcessLiquidity', 'GrossPositionValue'];
const apple = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

interface Options {
  readonly port?: number;
  readonly host: string;
  readonly clientId: number;
  readonly recorded?: boolean;
  readonly seconds: number;
}

export function addDemo(program: Command, io: Io): void {
  program
    .command('demo')
    .description('a tour in twenty seconds: quotes, two accounts, a bracket, a refusal, an outage')
    .option('--seconds <seconds>', 'how long it takes, about', seconds, 20)
    .option('--simulate', 'the tour: it is what the demo does unless told otherwise')
    .option('--recorded', 'recorded sessions of real gateways instead of the tour')
    .option('--port <port>', 'look at a real gateway instead (4002 is the paper IB Gateway); no order is placed', port)
    .option('--host <host>', 'its host', '127.0.0.1')
    .option('--client-id <id>', 'client id', whole(0, 2_147_483_647), 1)
    .action(async ({ port, host, clientId, recorded: isRecorded, seconds }: Options) => {
      const print: Print = io.out;
      if (port !== undefined) return real({ port, host, clientId }, print);
      if (isRecorded !== true) return tour(io, seconds);
      const recordings = [...textSession, ...protobufSession].map(recordingOf);
      if (recordings.every((file) => file !== undefined)) return recorded(print);
      throw new CliError(
        EXIT.usage,
        'The recordings are in the repository, not in the package.',
        'Without --recorded the tour plays a simulated gateway.',
      );
    });
}

/** The file of a recording: beside the sources, or beside the built command; undefined when it is not here. */
function recordingOf(name: string): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 5; up++) {
    const file = join(folder, 'fixtures/captures', `${name}.ibcap`);
    if (existsSync(file)) return file;
    folder = dirname(folder);
  }
  return undefined;
}

/** A recording answers no question that was not asked when it was made, that for the kinds of accounts included. */
const ofRecording = (port: number) => ({ port, limits: 'none', reconnect: false, orders: { accounts: 'none' } }) as const;

async function open(print: Print, options: Parameters<typeof connect>[0]): Promise<Ib> {
  const began = performance.now();
  const ib = await connect(options);
  showSession(ib, performance.now() - began, print);
  return ib;
}

async function recorded(print: Print): Promise<void> {
  const files = (names: readonly string[]): readonly string[] => names.flatMap((name) => recordingOf(name) ?? []);
  {
    await using gateway = await replayGateway({ captures: files(textSession), serverVersion: 176 });
    print(heading('1. The text wire', `recorded sessions on 127.0.0.1:${gateway.port}: ${textSession.join(', ')}`));
    const milk = { symbol: 'DA', secType: 'CONTFUT', exchange: 'CME', tradingClass: 'DC' };
    await accountsAndBars(gateway.port, milk, { ...milk, conId: 559753506, currency: 'USD' }, '20240322-16:30:00', print);
  }
  {
    await using gateway = await replayGateway({ captures: files(protobufSession) });
    print(heading('2. The protobuf wire', `recorded sessions on 127.0.0.1:${gateway.port}: ${protobufSession.join(', ')}`));
    await pricesAndOrder(gateway.port, print);
  }
  print(`\n${dim('The same against a gateway of yours: ibwire demo --port 4002')}`);
}

type Contract = Parameters<typeof showBars>[1]['contract'];

async function accountsAndBars(
  port: number,
  asked: object,
  contract: Contract,
  endDateTime: string,
  print: Print,
): Promise<void> {
  await using ib = await open(print, ofRecording(port));
  await showSummary(ib, tags, print);
  await showPositions(ib, print);
  await showDetails(ib, asked, print);
  const daily = { durationStr: '5 D', barSizeSetting: '1 day', whatToShow: 'TRADES', useRTH: true, formatDate: 2 };
  await showBars(ib, { contract, endDateTime, ...daily }, print);
}

async function pricesAndOrder(port: number, print: Print): Promise<void> {
  await using ib = await open(print, ofRecording(port));
  await showPrices(ib, apple, print);
  const order = { action: 'BUY', totalQuantity: '1', orderType: 'MKT', tif: 'DAY', account: ib.accounts.ids[0] ?? '' };
  await showOrder(ib, { ...apple, conId: 265598 }, order, print);
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
