// A report on a company, asked with contracts that answers gave back, at servers whose request has few fields.

import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Ib } from '../../../src/client/connect.js';
import { type ScriptedGateway, scriptedGateway } from '../../helpers/scripted-gateway.js';

/** A stock as a gateway tells it: fields that are none of a stock hold 0, `?` or nothing. */
const told = {
  conId: 265598,
  symbol: 'AAPL',
  secType: 'STK',
  lastTradeDateOrContractMonth: '',
  strike: 0,
  right: '?',
  multiplier: '0',
  exchange: 'SMART',
  currency: 'USD',
  localSymbol: 'AAPL',
  tradingClass: 'NMS',
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function at(serverVersion: number): Promise<{ readonly ib: Ib; readonly gateway: ScriptedGateway }> {
  const gateway = await scriptedGateway({
    serverVersion,
    on: {
      reqContractDetails({ reqId }, peer) {
        peer.send('contractDetails', { reqId, contract: told });
        peer.send('contractDetailsEnd', { reqId });
      },
      reqPositions(_, peer) {
        peer.send('position', { account: 'DU9000001', contract: told, position: '5', avgCost: 1.5 });
        peer.send('positionEnd', {});
      },
      reqFundamentalData: ({ reqId }, peer) => peer.send('fundamentalData', { reqId, data: '<ReportSnapshot/>' }),
    },
  });
  const ib = await connect({ port: gateway.port });
  stops.push(async () => ib.close(), gateway.close);
  return { ib, gateway };
}

describe.each([100, 176, 209, 210])('a report on a company at server version %i', (serverVersion) => {
  it('is asked with a qualified contract', async () => {
    const { ib, gateway } = await at(serverVersion);
    const contract = await ib.contracts.qualify({ symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' });
    expect(await ib.news.fundamentals(contract, 'ReportSnapshot')).toBe('<ReportSnapshot/>');
    expect(gateway.received.at(-1)).toMatchObject({ kind: 'reqFundamentalData', contract: { conId: 265598, exchange: 'SMART' } });
  });

  it('is asked with the contract of a position row', async () => {
    const { ib, gateway } = await at(serverVersion);
    const [row] = await ib.accounts.positions();
    expect(await ib.news.fundamentals(row?.contract ?? {}, 'ReportSnapshot')).toBe('<ReportSnapshot/>');
    expect(gateway.received.at(-1)).toMatchObject({ kind: 'reqFundamentalData', contract: { conId: 265598, exchange: 'SMART' } });
  });

  it('is asked with a contract of fields, empty ones among them', async () => {
    const { ib } = await at(serverVersion);
    const { tradingClass: _, conId: __, ...named } = told;
    const contract = { ...named, conId: 0, secIdType: '', secId: '', includeExpired: false, comboLegs: [] };
    expect(await ib.news.fundamentals(contract, 'ReportSnapshot')).toBe('<ReportSnapshot/>');
  });
});
