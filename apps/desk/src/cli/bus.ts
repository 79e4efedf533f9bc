// Options of the bus, and what they mean.

import { hostname } from 'node:os';
import type { ServeBusOptions } from '@ibwire/bus';
import { type Command, InvalidArgumentError } from 'commander';
import { NEEDS, type Need } from '../commands/command.js';
import { words } from './arguments.js';

export interface BusOptions {
  readonly bus?: readonly string[];
  readonly busName?: string;
  readonly busAs?: string;
  readonly busCreds?: string;
  readonly busCa?: string;
  readonly busCert?: string;
  readonly busKey?: string;
  readonly busLog?: boolean;
  readonly busLease?: boolean;
  readonly busAllow?: readonly Need[];
}

function needsOf(text: string): readonly Need[] {
  return words(text).map((word) => {
    const need = NEEDS.find((one) => one === word);
    if (need === undefined) throw new InvalidArgumentError(`needs are ${NEEDS.join(', ')}`);
    return need;
  });
}

export function withBusOptions(command: Command): Command {
  return command
    .option('--bus <servers>', 'join a bus: nats://host:4222, several with commas', words)
    .option('--bus-name <name>', 'name of the bus, the second word of its subjects; default: desk')
    .option('--bus-as <name>', 'name of this desk on the bus; default: made of the host name and the process id')
    .option('--bus-creds <file>', 'credentials of NATS')
    .option('--bus-ca <file>', 'authority that signed the certificate of the NATS server')
    .option('--bus-cert <file>', 'certificate of this desk for the NATS server')
    .option('--bus-key <file>', 'its key')
    .option('--bus-log', 'keep the order log and order events in JetStream: what it does not acknowledge does not leave')
    .option('--bus-lease', 'lead only while it holds the lease of the bus; takes the log too')
    .option('--bus-allow <needs>', 'what the bus may be used for, with commas; default: read,propose', needsOf);
}

const hostWord = (): string =>
  hostname()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 20) || 'host';

/** @throws for options of a bus without a bus. */
export function busOf(options: BusOptions): ServeBusOptions | undefined {
  const { bus, busName, busAs, busCreds, busCa, busCert, busKey, busLog, busLease, busAllow } = options;
  if (bus === undefined) {
    const stray = Object.entries(options).find(([name, value]) => name.startsWith('bus') && value !== undefined);
    if (stray !== undefined) throw new Error('options of the bus need --bus nats://HOST:4222');
    return undefined;
  }
  if ((busCert === undefined) !== (busKey === undefined)) throw new Error('--bus-cert and --bus-key go together');
  const tls = {
    ...(busCa === undefined ? {} : { ca: busCa }),
    ...(busCert === undefined || busKey === undefined ? {} : { cert: busCert, key: busKey }),
  };
  return {
    servers: bus,
    desk: busAs ?? `${hostWord()}-${process.pid}`,
    log: busLog === true || busLease === true,
    lease: busLease === true,
    ...(busName === undefined ? {} : { name: busName }),
    ...(busCreds === undefined ? {} : { creds: busCreds }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    ...(busAllow === undefined ? {} : { needs: busAllow }),
  };
}
