// Example: quotes that survive a restart of the gateway. Stop the gateway while it runs and start it again: the program goes on.
// Ends after as many holes as its first argument says (1), or after 60 seconds.
import { connect, stock } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const holes = Number(process.argv[2] ?? 1);
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 102, startWithin: 60_000, readOnly: true });
ib.on('state', (state) => {
  if (state.at === 'reconnecting')
    console.log(`lost: ${state.cause.name}; attempt ${state.attempt} in ${Math.round(state.inMs)} ms`);
});
ib.on('ready', ({ epoch }) => console.log(`connection ${epoch} is ready`));

const quotes = ib.market.quotes(stock('AAPL'));
const end = setTimeout(() => quotes.close(), 60_000);
let seen = 0;
let prices = 0;
for await (const ticks of quotes.batches({ overflow: 'latest' })) {
  for (const { from, to, cause } of ticks.gaps) {
    console.log(`a hole of ${to - from} ms (${cause}): nothing is known of these prices`);
    seen++;
  }
  const { bid, ask } = quotes.view;
  if (bid?.value !== undefined && ask?.value !== undefined && prices++ === 0)
    console.log(`first price ${bid.value} / ${ask.value}`);
  if (seen >= holes) {
    console.log(`still here: ${bid?.value} / ${ask?.value}`);
    break;
  }
}
clearTimeout(end);
ib.close();
