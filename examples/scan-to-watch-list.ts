// Example: what trades most becomes a list of live quotes. Arguments: scan code (MOST_ACTIVE), how many (5).
import { connect } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const [scanCode = 'MOST_ACTIVE', count = '5'] = process.argv.slice(2);
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 110, readOnly: true });
try {
  const rows = await ib.scanner.run({
    scanCode,
    instrument: 'STK',
    locationCode: 'STK.US.MAJOR',
    numberOfRows: Number(count),
    abovePrice: 5,
  });
  const watched = rows.map(({ contract }) => ({ symbol: contract?.symbol ?? '?', quotes: ib.market.quotes({ ...contract }) }));
  for (const { quotes } of watched) for await (const _ of quotes.batches()) if (quotes.view.bid !== undefined) break;
  for (const { symbol, quotes } of watched) {
    const { bid, ask, volume } = quotes.view;
    console.log(`${symbol.padEnd(6)} ${bid?.value ?? '?'} / ${ask?.value ?? '?'}  volume ${volume?.value ?? '?'}`);
    quotes.close();
  }
} finally {
  ib.close();
}
