// What the calls of the scanner may be given.
import { scannerSubscription } from '../../protocol/records/scanner-subscription.js';
import { asks, type Calls, fields, gives, onlyCall } from '../input/check-call.js';
import type { ScannerFacade } from './facade.js';

const request = fields('request', scannerSubscription, 'a scan, such as { scanCode, instrument, locationCode }');

export const scannerCalls: Calls<ScannerFacade> = {
  parameters: asks(onlyCall),
  run: asks(request, onlyCall),
  subscribe: gives(request, onlyCall),
};
