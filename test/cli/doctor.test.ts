// The doctor at the bedside of gateways that are well, and of gateways that are not.

import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Script, scriptedGateway } from '../helpers/scripted-gateway.js';
import { type Ran, run } from './run-cli.js';

async function examined(script: Script, ...more: string[]): Promise<Ran> {
  await using gateway = await scriptedGateway(script);
  return await run(['doctor', '--port', String(gateway.port), '--timeout', '1', ...more]);
}

const answers: NonNullable<Script['on']> = {
  reqCurrentTimeInMillis: (_, peer) => peer.send('currentTimeInMillis', { timeInMillis: Date.now() } as never),
  reqCurrentTime: (_, peer) => peer.send('currentTime', { time: Math.floor(Date.now() / 1000) } as never),
  reqAllOpenOrders: (_, peer) => peer.send('openOrderEnd', {}),
  reqMktData: ({ reqId }, peer) => {
    peer.send('marketDataType', { reqId, marketDataType: 1 });
    peer.send('tickPrice', { reqId, tickType: 1, price: 187.5, size: 100, attrMask: 0 } as never);
  },
};

describe('doctor', () => {
  it('finds a gateway healthy, step by step', async () => {
    const { code, lines } = await examined({ on: answers });
    expect(code).toBe(0);
    expect(
      lines.slice(2).map((line) => line.replace(/\(.*ms\)/, '(n ms)').replace(/is \d+ ms (ahead|behind) \(.*\)/, 'is n ms off')),
    ).toEqual([
      expect.stringMatching(/^ {2}✓ tcp {10}127\.0\.0\.1:\d+ accepts connections \(n ms\)$/),
      '  ✓ greeting     answered, its clock says 20260818 09:31:02 Central European Standard Time',
      '  ✓ version      server version 225, protobuf',
      '  ✓ client id    77 is free',
      '  ✓ accounts     DU9000001 (paper)',
      "  ✓ clock        the gateway's clock is n ms off",
      '  ✓ orders       the gateway takes orders from the API',
      '  ✓ market data  AAPL: live prices',
      '  ✓ farms        none was named',
      '',
      expect.stringMatching(/^Healthy on port \d+\.$/),
    ]);
  });

  it('says that a client id is taken, and which to try', async () => {
    const { code, text } = await examined({
      onStart: (peer) =>
        peer.send('error', {
          reqId: -1,
          errorCode: 326,
          errorString: 'Unable to connect as the client id is already in use.',
        } as never),
    });
    expect(code).toBe(3);
    expect(text).toContain('✓ version      as it should be');
    expect(text.replaceAll(/\n {16,}/g, ' ')).toMatch(
      /✗ client id {4}Client id 77 is in use\. → A connection that broke off .* Try --client-id 78\./,
    );
    expect(text).toContain('Something is wrong');
  });

  it('says when something listens that does not speak as TWS does', async () => {
    const { code, text } = await examined({ onSocket: () => true });
    expect(code).toBe(3);
    expect(text).toMatch(
      /✗ greeting {5}127\.0\.0\.1:\d+: No server version came within 1000 ms\.\n +→ Something listens there but does not speak/,
    );
  });

  it('says when accounts do not come', async () => {
    const { code, text } = await examined({ onStart: () => {} });
    expect(code).toBe(3);
    expect(text).toMatch(/✓ client id {4}as it should be\n {2}✗ accounts .*No managedAccounts came/);
  });

  it('warns of a live account, of a read-only gateway, of a skewed clock and of delayed data, and is healthy all the same', async () => {
    const { code, lines, text } = await examined({
      accounts: 'U9000001',
      on: {
        ...answers,
        reqCurrentTimeInMillis: (_, peer) => peer.send('currentTimeInMillis', { timeInMillis: Date.now() - 3_600_000 } as never),
        reqAllOpenOrders: (_, peer) =>
          peer.send('error', {
            reqId: -1,
            errorCode: 321,
            errorString: "Error validating request.-'bW' : cause - The API interface is currently in Read-Only mode.",
          } as never),
        reqMktData: ({ reqId }, peer) => {
          peer.send('marketDataType', { reqId, marketDataType: 3 });
          peer.send('tickPrice', { reqId, tickType: 66, price: 187.5, size: 100, attrMask: 0 } as never);
        },
      },
    });
    expect(code).toBe(0);
    expect(lines).toContain('  ! accounts     U9000001 (live): real money');
    expect(text).toMatch(/! clock {8}the gateway's clock is 60 min behind/);
    expect(lines).toContain('  ! orders       the gateway is read-only: it takes no orders');
    expect(text).toContain('switch off "Read-Only API"');
    expect(lines).toContain('  ! market data  AAPL: delayed prices');
    expect(lines.at(-1)).toMatch(/^Healthy on port \d+, with 4 warnings\.$/);
  });

  it('explains a refusal of market data', async () => {
    const { text } = await examined({
      on: {
        ...answers,
        reqMktData: ({ reqId }, peer) =>
          peer.send('error', { reqId, errorCode: 354, errorString: 'Requested market data is not subscribed.' } as never),
      },
    });
    expect(text).toMatch(/! market data {2}AAPL: Requested market data is not subscribed\. \(code 354\)\n +→ \S+/);
  });

  it('names the farms that are down', async () => {
    const { lines } = await examined({
      onStart: (peer) => {
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
        peer.send('nextValidId', { orderId: 1 });
        peer.send('error', { reqId: -1, errorCode: 2103, errorString: 'Market data farm connection is broken:usfarm' } as never);
      },
      on: answers,
    });
    expect(lines).toContain('  ! farms        down: usfarm');
  });

  it('ends with 3 and a way forward when nothing listens', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    await new Promise((resolve) => server.close(resolve));
    const { code, text } = await run(['doctor', '--port', String(port)]);
    expect(code).toBe(3);
    expect(text).toMatch(/✗ tcp {10}nothing listens on .*\n +→ Start TWS or IB Gateway and log in\./);
    expect(text).toContain('No gateway found.');
  });

  it('gives programs one document', async () => {
    await using gateway = await scriptedGateway({ on: answers });
    const { json, code } = await run(['doctor', '--port', String(gateway.port), '--timeout', '1', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      healthy: true,
      gateways: [{ port: gateway.port, checks: [{ step: 'tcp', state: 'ok' }, {}, {}, {}, {}, {}, {}, {}, {}] }],
    });
  });
});
