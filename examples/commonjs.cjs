// Example: the same in CommonJS. Prints a quote.
const { connect, stock } = require('ibwire');

async function main() {
  const { IBWIRE_PORT = '4002' } = process.env;
  const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 113, readOnly: true });
  try {
    const { bid, ask } = await ib.market.snapshot(stock('AAPL'));
    console.log(`AAPL ${bid?.value} / ${ask?.value}`);
  } finally {
    ib.close();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
