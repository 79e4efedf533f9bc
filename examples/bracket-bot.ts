// Example: buys with a profit taker and a stop, and survives its own crash. The journal has every attempt before its bytes leave; the next
// run asks the gateway what became of them, and takes its orders up again instead of buying twice. Argument: folder of the journal (.).
import { join } from 'node:path';
import { bracket, connect, fileSink, limit, readJournalFiles, stock, storiesOf } from 'ibwire';

const { IBWIRE_PORT = '4002', CRASH } = process.env;
const path = join(process.argv[2] ?? '.', 'bracket-bot.jsonl');
const before = [...storiesOf(readJournalFiles(path).entries).values()];
// Orders belong to their client id: every run comes back with the same one.
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 105, orders: { journal: fileSink({ path }) } });
try {
  for (const { orderId, fate } of await ib.orders.book.explain(before))
    console.log(`order ${orderId} of an earlier run: ${fate.is === 'known' ? fate.says.state : fate.is}`);
  const mine = (await ib.orders.open()).filter(({ orderRef }) => orderRef?.startsWith('bracket-bot'));

  const aapl = await ib.contracts.qualify(stock('AAPL'));
  if (mine.length === 0) {
    const { ask } = await ib.market.snapshot(aapl);
    if (ask?.value === undefined) throw new Error('no ask: nothing to price an entry by');
    const price = async (factor: number, side: 'BUY' | 'SELL') => ib.contracts.snap(aapl, (ask.value ?? 0) * factor, side);
    const [entry, profit, stop] = await Promise.all([price(1.003, 'BUY'), price(1.02, 'SELL'), price(0.98, 'SELL')]);
    const group = bracket(limit('BUY', 10, entry, { tif: 'GTC' }), { takeProfit: profit, stopLoss: stop });
    const [parent] = ib.orders.placeGroup(aapl, group, { orderRef: 'bracket-bot' });
    const { averagePrice } = (await parent?.filled) ?? {};
    console.log(`bought 10 at ${averagePrice}; exits at ${profit} and ${stop}`);
    if (CRASH !== undefined) throw new Error('the bot has crashed, its exits are working');
  } else {
    console.log(`taken up again: ${mine.map(({ reported, state }) => `${reported?.orderType} ${state.at}`).join(', ')}`);
  }
  const exits = await ib.orders.open();
  await Promise.all(exits.map((exit) => exit.cancel()));
  console.log(`cancelled ${exits.length} exits; done`);
} finally {
  ib.close();
}
