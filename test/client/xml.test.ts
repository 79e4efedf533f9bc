// The elements that are read from a gateway's XML: whole ones, in order, and none where the XML is broken.
import { describe, expect, it } from 'vitest';
import { readAliases, readGroups } from '../../src/client/advisor/groups.js';
import { readScannerOffer } from '../../src/client/scanner/offer.js';
import { insidesOf } from '../../src/client/wire/xml.js';
import { KeyedMap } from '../../src/input/keyed.js';

describe('insidesOf', () => {
  it.each<[string, string, readonly string[]]>([
    ['two', '<a>1</a><b>x</b><a>2</a>', ['1', '2']],
    ['with attributes, on lines of their own', '<a x="1"\n y="2">1</a>', ['1']],
    ['not those whose name only begins so', '<ab>1</ab><a>2</a>', ['2']],
    ['with others inside', '<a><b>1</b></a>', ['<b>1</b>']],
    ['empty ones', '<a></a>', ['']],
    ['none that is not closed', '<a>1</a><a>2', ['1']],
    ['none whose own sign is not closed', '<a', []],
    ['none of the sign that stands for nothing', '<a/>', []],
  ])('%s', (_, xml, insides) => expect([...insidesOf(xml, 'a')]).toEqual(insides));
});

it('groups with members alone, and with amounts', () => {
  expect(
    readGroups(
      '<ListOfGroups><Group><name>A &amp; B</name><ListOfAccts varName="list"><String>DU9000001</String><String>DU9000002</String>' +
        '</ListOfAccts><defaultMethod>Equal</defaultMethod></Group><Group><name>C</name><ListOfAccts varName="list">' +
        '<Account><acct>DU9000003</acct><amount>60.0</amount></Account></ListOfAccts><defaultMethod>Ratio</defaultMethod></Group></ListOfGroups>',
    ),
  ).toEqual([
    { name: 'A & B', defaultMethod: 'Equal', accounts: [{ account: 'DU9000001' }, { account: 'DU9000002' }] },
    { name: 'C', defaultMethod: 'Ratio', accounts: [{ account: 'DU9000003', amount: '60.0' }] },
  ]);
  expect(readAliases('<A><AccountAlias><account>DU9000001</account><alias>Mine</alias></AccountAlias></A>')).toEqual(
    new KeyedMap([['DU9000001', 'Mine']]),
  );
});

it('the scanner offer: codes, instruments, places of all depths', () => {
  const offer = readScannerOffer(
    '<ScanParameterResponse><InstrumentList varName="i"><Instrument><name>US Stocks</name><type>STK</type></Instrument></InstrumentList>' +
      '<LocationTree varName="l"><Location><displayName>US</displayName><locationCode>STK.US</locationCode><LocationTree><Location>' +
      '<displayName>Listed</displayName>\n<locationCode>STK.US.MAJOR</locationCode></Location></LocationTree></Location></LocationTree>' +
      '<ScanTypeList><ScanType><displayName>Top % &gt; 1</displayName><scanCode>TOP</scanCode><instruments>STK,ETF</instruments></ScanType></ScanTypeList>',
  );
  expect(offer.instruments).toEqual([{ type: 'STK', name: 'US Stocks' }]);
  expect(offer.locations.map(({ locationCode }) => locationCode)).toEqual(['STK.US', 'STK.US.MAJOR']);
  expect(offer.scanCodes).toEqual([{ scanCode: 'TOP', displayName: 'Top % > 1', instruments: ['STK', 'ETF'] }]);
});
