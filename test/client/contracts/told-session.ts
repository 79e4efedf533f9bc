// A session whose gateway tells of contracts, and what then goes back to it.

import { afterEach } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import type { Outgoing } from '../../../src/protocol/registry.js';
import { type Peer, type Script, type ScriptedGateway, scriptedGateway } from '../../helpers/scripted-gateway.js';
import { textFrame } from '../../helpers/text-frame.js';
import { until } from '../../helpers/until.js';

const open: { ib: Ib; gateway: ScriptedGateway }[] = [];
afterEach(async () => {
  for (const { ib, gateway } of open.splice(0)) {
    ib.close();
    await gateway.close();
  }
});

export async function session(script: Script): Promise<{ ib: Ib; gateway: ScriptedGateway }> {
  const gateway = await scriptedGateway({ serverVersion: 176, ...script });
  const ib = await connect({ port: gateway.port, clientId: 1, limits: 'none', orders: { accounts: 'none' } });
  const both = { ib, gateway };
  open.push(both);
  return both;
}

export const euribor = (expiry: string, real = '20250915', zone = 'GB-Eire') => [
  ...['10', 'R', 'I', 'FUT', expiry, '0', '', 'ICEEU', 'EUR', 'I   FMU0025_OMZ0025', 'I', 'I', '495512563', '0.005', '2500'],
  ...['LMT,MKT', 'ICEEU', '1', '0', '3 Month Euribor', '', '202509', '', '', '', zone, '20250804:0100-20250804:2100'],
  ...['20250804:0100-20250804:2100', '', '0', '0', '2147483647', 'I', 'IND', '1234', real, '', '1', '1', '1'],
];
export const answering = (fields: readonly string[]): Script => ({
  on: {
    reqContractDetails: ({ reqId }, peer: Peer) => {
      peer.write(textFrame(fields, reqId));
      peer.write(textFrame(['52', '1', 'R'], reqId));
    },
  },
});
export const sent = async <K extends Outgoing['kind']>(
  gateway: ScriptedGateway,
  kind: K,
): Promise<Extract<Outgoing, { kind: K }>> => {
  await until(() => gateway.received.some((one) => one.kind === kind));
  return gateway.received.findLast((one) => one.kind === kind) as Extract<Outgoing, { kind: K }>;
};
/** What a request says of its contract, empty fields left out. */
export const said = (contract: object | undefined): object =>
  Object.fromEntries(
    Object.entries(contract ?? {}).filter(
      ([, value]) =>
        value !== undefined && value !== '' && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0),
    ),
  );
