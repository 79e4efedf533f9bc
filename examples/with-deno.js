// Example: for Deno. In a folder with `ibwire` installed: `deno run --allow-net --allow-env with-deno.js`. Elsewhere write `npm:ibwire`.
import { connect, stock } from 'ibwire';

const ib = await connect({ port: Number(Deno.env.get('IBWIRE_PORT') ?? 4002), clientId: 115, readOnly: true });
try {
  const { bid, ask } = await ib.market.snapshot(stock('AAPL'));
  console.log(`AAPL ${bid?.value} / ${ask?.value} (Deno ${Deno.version.deno})`);
} finally {
  ib.close();
}
