// What scanners of the simulated gateway can be asked, as the XML that reqScannerParameters answers.

export const SCAN_CODES: readonly { readonly scanCode: string; readonly displayName: string }[] = [
  { scanCode: 'TOP_PERC_GAIN', displayName: 'Top % Gainers' },
  { scanCode: 'TOP_PERC_LOSE', displayName: 'Top % Losers' },
  { scanCode: 'MOST_ACTIVE', displayName: 'Most Active' },
  { scanCode: 'MOST_ACTIVE_USD', displayName: 'Most Active ($)' },
  { scanCode: 'HOT_BY_VOLUME', displayName: 'Hot Contracts by Volume' },
  { scanCode: 'HOT_BY_PRICE_RANGE', displayName: 'Hot Contracts by Price Range' },
  { scanCode: 'TOP_OPEN_PERC_GAIN', displayName: 'Top % Gainers Since Open' },
];

const INSTRUMENTS = [
  ['US Stocks', 'STK', 'STK.US,STK.US.MAJOR,STK.NASDAQ,STK.NYSE,STK.AMEX,STK.ARCA'],
  ['European Stocks', 'STOCK.EU', 'STK.EU,STK.EU.IBIS'],
  ['Asian Stocks', 'STOCK.HK', 'STK.HK,STK.HK.SEHK'],
  ['US Indices', 'IND.US', 'IND.US'],
  ['Corporate Bonds', 'BOND', 'BOND.US'],
] as const;

/** True when every location of a scan is one of its kind of instrument. */
export function isConfigured(instrument: string, locationCode: string): boolean {
  const row = INSTRUMENTS.find(([, type]) => type === instrument);
  const codes: readonly string[] = row?.[2].split(',') ?? [];
  return locationCode.split(',').every((code) => codes.includes(code.trim()));
}

const FILTERS = ['priceAbove', 'priceBelow', 'volumeAbove', 'marketCapAbove1e6', 'marketCapBelow1e6'];

/** The document, much shorter than the real one and of the same shape. */
export function scannerParametersXml(): string {
  const types = INSTRUMENTS.map(([, type]) => type).join(',');
  const instruments = INSTRUMENTS.map(
    ([name, type]) => `    <Instrument>\n      <name>${name}</name>\n      <type>${type}</type>\n    </Instrument>`,
  );
  const locations = INSTRUMENTS.flatMap(([name, type, codes]) =>
    codes
      .split(',')
      .map(
        (code) =>
          `    <Location>\n      <displayName>${name}</displayName>\n      <locationCode>${code}</locationCode>\n      <instruments>${type}</instruments>\n    </Location>`,
      ),
  );
  const scans = SCAN_CODES.map(
    ({ scanCode, displayName }) =>
      `    <ScanType>\n      <displayName>${displayName.replace('&', '&amp;')}</displayName>\n      <scanCode>${scanCode}</scanCode>\n      <instruments>${types}</instruments>\n    </ScanType>`,
  );
  const filters = FILTERS.map((code) => `    <AbstractField>\n      <code>${code}</code>\n    </AbstractField>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<ScanParameterResponse>
  <InstrumentList varName="instrumentList">
${instruments.join('\n')}
  </InstrumentList>
  <LocationTree varName="locationTree">
${locations.join('\n')}
  </LocationTree>
  <ScanTypeList varName="scanTypeList">
${scans.join('\n')}
  </ScanTypeList>
  <FilterList varName="filterList">
${filters.join('\n')}
  </FilterList>
</ScanParameterResponse>
`;
}
