// Example: from a signal to an order. A crossing of two averages says buy; the size follows from the risk; rules and guards judge; the order is
// placed with its stop and followed to its end.
import { bracket, connect, limit, market, maxNotional, type SeenPrice, stock } from 'ibwire';
import { sizePosition } from 'ibwire/rules';

const { IBWIRE_PORT = '4002' } = process.env;
const seen = new Map<number | undefined, SeenPrice>();
const ib = await connect({
  port: Number(IBWIRE_PORT),
  clientId: 112,
  orders: { guards: [maxNotional(100_000, 'USD')], lastPrice: ({ conId }) => seen.get(conId) },
});
try {
  // 1. The signal: ten bars against thirty.
  const aapl = await ib.contracts.qualify(stock('AAPL'));
  const bars = await ib.history.bars(aapl, { duration: '5 D', size: '30 mins' });
  const average = (count: number): number => bars.slice(-count).reduce((sum, { close }) => sum + close, 0) / count;
  const side = average(10) >= average(30) ? 'buy' : 'wait';
  console.log(`signal: ${average(10).toFixed(2)} against ${average(30).toFixed(2)}: ${side}`);

  // 2. The size: a loss of at most 0.5 % of the account at the stop.
  const [account = ''] = ib.accounts.ids;
  const { totals } = await ib.accounts.numbers(account);
  const { ask } = await ib.market.snapshot(aapl);
  if (ask?.value === undefined) throw new Error('no ask');
  seen.set(aapl.conId, { price: ask.value, at: Date.now() });
  const [entry, stop] = await Promise.all([
    ib.contracts.snap(aapl, ask.value * 1.002, 'BUY'),
    ib.contracts.snap(aapl, ask.value * 0.98, 'SELL'),
  ]);
  const { quantity, binding, error } = sizePosition({
    kind: 'reg-t',
    entry: entry.toFixed(),
    stop: stop.toFixed(),
    riskFraction: '0.005',
    equity: totals.get('NetLiquidation')?.amount?.toFixed(),
    availableFunds: totals.get('AvailableFunds')?.amount?.toFixed(),
    maxQuantity: '200',
  });
  if (quantity === undefined) throw new Error(`no size: ${error}`);
  console.log(`size: ${quantity}, decided by ${binding}`);

  // 3. The check: nothing is sent.
  const group = bracket(limit('BUY', quantity, entry), { stopLoss: stop });
  const findings = await ib.orders.judge(aapl, limit('BUY', quantity, entry), { account });
  console.log(
    `check: ${findings.length === 0 ? 'nothing to say' : findings.map(({ severity, code }) => `${severity} ${code}`).join(', ')}`,
  );

  // 4. The order, and its outcome.
  if (findings.every(({ severity }) => severity !== 'reject')) {
    const [parent, exit] = ib.orders.placeGroup(aapl, group, { account });
    const end = await parent?.filled;
    console.log(`filled ${end?.filled} at ${end?.averagePrice}, stop ${exit?.state.at}`);
    await exit?.cancel();
    await ib.orders.place(aapl, market('SELL', quantity), { account }).filled; // the example leaves nothing behind
  }
} finally {
  ib.close();
}
