// A gateway with a large IRA, in a process of its own: prints its port, ends with its parent. Arguments: server version, whether it
// cancels each order at once so that the number at work stays, how many orders work, and behind which contract they begin.

import { type Peer, scriptedGateway } from '../../test/helpers/scripted-gateway.js';
import { ACCOUNT, POSITIONS, stock } from './order-account.js';

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

function largeAccount(cancels: boolean, serverVersion: number, working: number, from: number) {
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

const [serverVersion = '200', cancels = 'false', working = '500', from = '0'] = process.argv.slice(2);
const gateway = await largeAccount(cancels === 'true', Number(serverVersion), Number(working), Number(from));
process.on('disconnect', () => process.exit(0));
process.stdout.write(`${gateway.port}\n`);
