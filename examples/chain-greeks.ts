// Example: the options of an underlying around the money, one expiry, with the broker's Greeks. Argument: symbol (AAPL).
import { connect, stock } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 104, readOnly: true });
try {
  const underlying = await ib.contracts.qualify(stock(process.argv[2] ?? 'AAPL'));
  ib.market.dataType('delayed'); // live where the login has it
  const { last, close } = await ib.market.snapshot(underlying);
  const spot = last?.value ?? close?.value;
  if (spot === undefined) throw new Error('no price of the underlying: market data missing?');

  const parameters = (await ib.options.parameters(underlying)).find(({ exchange }) => exchange === 'SMART');
  const [, second = ''] = parameters?.expirations.filter((day) => day >= '20260902') ?? [];
  const { options, missing } = await ib.options.chain(underlying, {
    expiries: [second],
    moneyness: { from: 0.97, to: 1.03 },
    spot,
  });
  console.log(`${underlying.symbol} at ${spot}, ${second}: ${options.length} options, ${missing} that do not exist`);
  console.log('side  strike   price    iv %   delta   gamma    vega   theta');
  for (const option of options) {
    const { impliedVolatility, price, delta, gamma, vega, theta } = await ib.options.greeks(option);
    const cells = [price, impliedVolatility && impliedVolatility * 100, delta, gamma, vega, theta];
    const shown = cells.map((value) => (value?.toFixed(3) ?? '?').padStart(7)); // not computed is '?', never 0
    console.log(`${option.right}     ${`${option.strike}`.padStart(6)} ${shown.join(' ')}`);
  }
} finally {
  ib.close();
}
