// What to scan for.

import { bool, doubleMax, intMax, or, string, wideIntMax } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { field, recordTable, tagString } from '../schema/rows.js';

export const scannerSubscription = recordTable('ScannerSubscription', {
  numberOfRows: field(1, or(intMax, '-1')),
  instrument: field(2, string),
  locationCode: field(3, string),
  scanCode: field(4, string),
  abovePrice: field(5, doubleMax),
  belowPrice: field(6, doubleMax),
  aboveVolume: field(7, wideIntMax),
  marketCapAbove: field(8, doubleMax),
  marketCapBelow: field(9, doubleMax),
  moodyRatingAbove: field(10, string),
  moodyRatingBelow: field(11, string),
  spRatingAbove: field(12, string),
  spRatingBelow: field(13, string),
  maturityDateAbove: field(14, string),
  maturityDateBelow: field(15, string),
  couponRateAbove: field(16, doubleMax),
  couponRateBelow: field(17, doubleMax),
  excludeConvertible: field(18, bool),
  averageOptionVolumeAbove: field(19, wideIntMax),
  scannerSettingPairs: field(20, string),
  stockTypeFilter: field(21, string),
  scannerSubscriptionFilterOptions: tagString(22),
  scannerSubscriptionOptions: tagString(23),
});
export interface ScannerSubscription extends Of<typeof scannerSubscription> {}
