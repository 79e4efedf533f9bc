#!/usr/bin/env node
// ibwire-web: a simulated web gateway, the fingerprint of a real one, and what an account holds.

import { Command } from 'commander';
import { simulate } from 'ibwire/gateway';
import { connectWeb } from '../client/connect.js';
import { gatewaySigner } from '../sign/gateway.js';
import { listenWeb } from '../simulate/listen.js';
import { webGateway } from '../simulate/web-gateway.js';
import { fingerprintAt } from '../transport/pin.js';

const program = new Command('ibwire-web').description("Interactive Brokers' Web API");
const port = (text: string): number => Number(text);

program
  .command('simulate')
  .description('a web gateway without an account, and the socket gateway before the same world')
  .option('--port <number>', 'of the web gateway', port, 5000)
  .option('--socket-port <number>', 'of the socket gateway; 0 is a free one', port, 0)
  .action(async (options: { port: number; socketPort: number }) => {
    const gateway = await simulate({ port: options.socketPort });
    const listening = await listenWeb(webGateway(gateway), { port: options.port });
    console.log(
      `${listening.base}  fingerprint ${listening.fingerprint}  socket ${gateway.port}  accounts ${gateway.accounts.join(' ')}`,
    );
    process.once('SIGINT', () => void Promise.all([listening.close(), gateway.close()]));
  });

program
  .command('fingerprint')
  .description('SHA-256 of the certificate of a gateway on this machine')
  .option('--host <name>', 'default localhost', 'localhost')
  .option('--port <number>', 'default 5000', port, 5000)
  .action(async ({ host, port: at }: { host: string; port: number }) => console.log(await fingerprintAt(host, at)));

program
  .command('positions')
  .description('holdings of all accounts of the login')
  .requiredOption('--fingerprint <hex>', 'of the gateway, as `ibwire-web fingerprint` prints it')
  .option('--base <url>', 'of the gateway', 'https://localhost:5000/v1/api')
  .action(async ({ fingerprint, base }: { fingerprint: string; base: string }) => {
    const web = connectWeb({ signer: gatewaySigner(), fingerprint, base });
    try {
      await web.ready();
      for (const { account, contract, position, avgCost } of await web.accounts.positions())
        console.log(
          [account, contract.symbol ?? contract.conId, contract.currency, position.toFixed(), avgCost?.toFixed() ?? '?'].join(
            '  ',
          ),
        );
    } finally {
      web.close();
    }
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
