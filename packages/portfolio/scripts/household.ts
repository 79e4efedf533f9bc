// The household of the docs: three accounts in the simulated gateway and a Robinhood file, in one portfolio.

import { connect } from 'ibwire';
import { simulate } from 'ibwire/gateway';
import { readCsv } from '../src/csv/read-csv.js';
import { merge, type Portfolio } from '../src/merge.js';
import { readSession } from '../src/sources/session.js';

export async function household(robinhoodCsv: string): Promise<Portfolio> {
  const gateway = await simulate({
    clock: 'virtual',
    accounts: [
      { account: 'DU9000001', kind: 'roth-ira-cash', cash: { USD: 12_500 }, holdings: { AAPL: 40, SPY: 25 } },
      { account: 'DU9000002', kind: 'individual-margin', cash: { USD: 48_200, EUR: 3_000 }, holdings: { AAPL: 110, MSFT: 60 } },
      { account: 'DU9000003', kind: 'business', cash: { USD: 150_000 }, holdings: { SPY: 80 } },
    ],
  });
  try {
    const ib = await connect({ port: gateway.port, clientId: 18, readOnly: true, reconnect: false });
    try {
      const file = readCsv(robinhoodCsv, { account: '5551234', source: 'robinhood-1.csv' });
      return merge([await readSession(ib, 'simulated gateway'), file]);
    } finally {
      await ib.close();
    }
  } finally {
    await gateway.close();
  }
}
