// Market scanners: their parameters, and lists that are made anew while they are watched.
import type { RequestOf } from '../../../protocol/registry.js';
import { isConfigured, SCAN_CODES, scannerParametersXml } from '../../data/scanner-parameters.js';
import type { Family } from '../answer-types.js';
import { contractOf } from '../contracts.js';
import { scan } from '../scan.js';
import type { Gateway } from '../state.js';

const EVERY_MS = 30_000;
const NOT_CONFIGURED =
  'Historical Market Data Service error message:Error: Market Scanner is not configured for one of the chosen locations.';

export const scannerAnswers = {
  reqScannerParameters: (_request, client) => client.send('scannerParameters', { xml: scannerParametersXml() }),

  reqScannerSubscription: ({ reqId = 0, subscription }, client, gateway) => {
    const code = subscription?.scanCode ?? '';
    if (!SCAN_CODES.some(({ scanCode }) => scanCode === code)) {
      client.error(reqId, 162, `Historical Market Data Service error message:Scanner code ${code} is not known`);
      return;
    }
    if (!isConfigured(subscription?.instrument ?? '', subscription?.locationCode ?? '')) {
      client.error(reqId, 162, NOT_CONFIGURED);
      return;
    }
    if (client.held.isHeld('scan', reqId)) {
      client.error(reqId, 385, 'Duplicate ticker ID for API scanner subscription');
      return;
    }
    if (client.held.count('scan') >= gateway.limits.scanners) {
      client.error(reqId, 162, 'Historical Market Data Service error message:API scanner subscription limit of 10 reached');
      return;
    }
    let told = '';
    const tell = (): void => {
      const elements = rowsOf(gateway, subscription);
      const now = elements.map(({ contract }) => contract.conId).join();
      if (now === told && told !== '') return;
      told = now;
      if (elements.length === 0) client.error(reqId, 165, 'Historical Market Data Service query message:no items retrieved');
      client.send('scannerData', { reqId, elements });
    };
    tell();
    const timer = gateway.clock.every(EVERY_MS, tell);
    client.held.hold('scan', reqId, () => timer.cancel());
  },

  cancelScannerSubscription: ({ reqId = 0 }, client) => {
    if (client.held.release('scan', reqId))
      client.error(reqId, 162, `Historical Market Data Service error message:API scanner subscription cancelled: ${reqId}`);
    else client.error(reqId, 365, `No scanner subscription found for ticker id:${reqId}`);
  },
} satisfies Family;

function rowsOf(gateway: Gateway, subscription: RequestOf<'reqScannerSubscription'>['subscription']) {
  return scan(gateway.world.market, gateway.world.universe.statics, subscription ?? {}).map((instrument, rank) => ({
    rank,
    contract: { ...contractOf(instrument), lastTradeDateOrContractMonth: '', primaryExchange: undefined },
    marketName: instrument.marketName ?? '',
    distance: '',
    benchmark: '',
    projection: '',
    legsStr: '',
  }));
}
