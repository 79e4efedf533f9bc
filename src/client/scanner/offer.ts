// What the scanner offers, read from its XML.

import { insidesOf, plainXml, textOf } from '../wire/xml.js';

/** A scan that the gateway offers, and the kinds of instruments that it can be run on. */
export interface ScanCode {
  readonly scanCode: string;
  readonly displayName: string;
  /** Instrument types it is for, such as `STK`. */
  readonly instruments: readonly string[];
}

/** What can be scanned, and the XML that says it. */
export interface ScannerOffer {
  /** The whole answer, for what is not read here: filters, columns, advanced settings. */
  readonly xml: string;
  readonly scanCodes: readonly ScanCode[];
  readonly instruments: readonly { readonly type: string; readonly name: string }[];
  readonly locations: readonly { readonly locationCode: string; readonly displayName: string }[];
}

/** Never throws: what is not there is empty. */
export function readScannerOffer(xml: string): ScannerOffer {
  return {
    xml,
    scanCodes: [...insidesOf(xml, 'ScanType')].map((block) => ({
      scanCode: textOf(block, 'scanCode'),
      displayName: textOf(block, 'displayName'),
      instruments: textOf(block, 'instruments').split(',').filter(Boolean),
    })),
    instruments: [...insidesOf(xml, 'Instrument')].map((block) => ({ type: textOf(block, 'type'), name: textOf(block, 'name') })),
    locations: locationsIn(xml),
  };
}

/** Locations lie in trees: each code stands right before its name somewhere. */
function locationsIn(xml: string): ScannerOffer['locations'] {
  const tree = xml.slice(Math.max(0, xml.indexOf('<LocationTree')), Math.max(0, xml.lastIndexOf('</LocationTree>')));
  const found = tree.matchAll(/<displayName>([^<]*)<\/displayName>\s*<locationCode>([^<]*)<\/locationCode>/g);
  return [...found].map(([, displayName = '', locationCode = '']) => ({
    locationCode: plainXml(locationCode),
    displayName: plainXml(displayName),
  }));
}
