// Example: for Bun. `bun add ibwire`, then `bun with-bun.js`. Prints a quote and what Bun is.
import { connect, stock } from 'ibwire';

const ib = await connect({ port: Number(Bun.env.IBWIRE_PORT ?? 4002), clientId: 114, readOnly: true });
try {
  const { bid, ask } = await ib.market.snapshot(stock('AAPL'));
  console.log(`AAPL ${bid?.value} / ${ask?.value} (Bun ${Bun.version})`);
} finally {
  ib.close();
}
