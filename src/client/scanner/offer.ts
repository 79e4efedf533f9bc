// What the scanner offers, read from its XML.

export interface ScanCode {
  readonly scanCode: string;
  readonly displayName: string;
  /** Instrument types it is for, such as `STK`. */
  readonly instruments: readonly string[];
}

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
    scanCodes: blocks(xml, 'ScanType').map((block) => ({
      scanCode: text(block, 'scanCode'),
      displayName: text(block, 'displayName'),
      instruments: text(block, 'instruments').split(',').filter(Boolean),
    })),
    instruments: blocks(xml, 'Instrument').map((block) => ({ type: text(block, 'type'), name: text(block, 'name') })),
    locations: locationsIn(xml),
  };
}

/** Locations lie in trees: each code stands right before its name somewhere. */
function locationsIn(xml: string): ScannerOffer['locations'] {
  const tree = /<LocationTree[^>]*>([\s\S]*)<\/LocationTree>/.exec(xml)?.[1] ?? '';
  const found = tree.matchAll(/<displayName>([^<]*)<\/displayName>\s*<locationCode>([^<]*)<\/locationCode>/g);
  return [...found].map(([, displayName = '', locationCode = '']) => ({
    locationCode: plain(locationCode),
    displayName: plain(displayName),
  }));
}

function blocks(xml: string, tag: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, block = '']) => block);
}

function text(block: string, tag: string): string {
  return plain(new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(block)?.[1] ?? '');
}

function plain(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim();
}
