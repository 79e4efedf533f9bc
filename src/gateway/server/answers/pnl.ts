// Profit and loss of an account and of one holding, about once a second. Both come from the broker: not while it is away.
import { pnlOf, singlePnlOf } from '../../accounts/account-book.js';
import type { Family } from '../answer-types.js';

const BAD_ACCOUNT = "Error validating request.-'bY' : cause - Invalid account code";

export const pnlAnswers = {
  reqPnL: ({ reqId = 0, account = '' }, client, gateway) => {
    if (!gateway.accounts.accounts.has(account)) {
      client.error(reqId, 321, BAD_ACCOUNT);
      return;
    }
    let told = '';
    const tell = (): void => {
      if (gateway.faults.isLost) return;
      const { dailyPnL, unrealizedPnL, realizedPnL } = pnlOf(gateway.accounts, account);
      const now = `${dailyPnL} ${unrealizedPnL} ${realizedPnL}`;
      if (now === told) return;
      told = now;
      client.send('pnl', { reqId, dailyPnL, unrealizedPnL, realizedPnL });
    };
    tell();
    const timer = gateway.clock.every(gateway.settings.pnlCadence, tell);
    client.held.hold('pnl', reqId, () => timer.cancel());
  },

  cancelPnL: ({ reqId = 0 }, client) => void client.held.release('pnl', reqId),

  reqPnLSingle: ({ reqId = 0, account = '', conId = 0 }, client, gateway) => {
    if (!gateway.accounts.accounts.has(account)) {
      client.error(reqId, 321, BAD_ACCOUNT);
      return;
    }
    if (gateway.world.universe.instrument(conId) === undefined) {
      client.error(reqId, 200, 'No security definition has been found for the request');
      return;
    }
    let told = '';
    const tell = (): void => {
      if (gateway.faults.isLost) return;
      const single = singlePnlOf(gateway.accounts, account, conId);
      const now = single === undefined ? 'none' : `${single.position} ${single.dailyPnL} ${single.realizedPnL}`;
      if (now === told) return;
      told = now;
      client.send('pnlSingle', {
        reqId,
        position: single?.position ?? '0',
        dailyPnL: single?.dailyPnL,
        unrealizedPnL: single?.unrealizedPnL,
        realizedPnL: single === undefined || single.realizedPnL === 0 ? undefined : single.realizedPnL,
        value: single?.value ?? 0,
      });
    };
    tell();
    const timer = gateway.clock.every(gateway.settings.pnlCadence, tell);
    client.held.hold('pnl', reqId, () => timer.cancel());
  },

  cancelPnLSingle: ({ reqId = 0 }, client) => void client.held.release('pnl', reqId),
} satisfies Family;
