// Example: signal → size → check → order → fill in thirty lines over the core alone. pipeline.ts is the same over a desk.
import { connect, market, maxNotional, type OrderOptions, type SeenPrice, stock } from 'ibwire';
import { sizePosition } from 'ibwire/rules';

const seen = new Map<number | undefined, SeenPrice>();
const orders: OrderOptions = { guards: [maxNotional(100_000, 'USD')], lastPrice: ({ conId }) => seen.get(conId) };
const ib = await connect({ port: Number(process.env['IBWIRE_PORT'] ?? 4002), clientId: 112, orders });
const aapl = await ib.contracts.qualify(stock('AAPL'));
const bars = await ib.history.bars(aapl, { duration: '5 D', size: '30 mins' });
const average = (count: number): number => bars.slice(-count).reduce((sum, { close }) => sum + close, 0) / count;
const isAbove = average(10) >= average(30);
console.log(`signal: ${isAbove ? 'above' : 'below'}`);

const [account = ''] = ib.accounts.ids;
const { totals } = await ib.accounts.numbers(account);
const { ask } = await ib.market.snapshot(aapl);
if (ask?.value === undefined) throw new Error('no ask');
seen.set(aapl.conId, { price: ask.value, at: Date.now() });
const [entry, stop] = [String(ask.value), String(ask.value * (isAbove ? 0.98 : 1.02))];
const money = (tag: string) => totals.get(tag)?.amount?.toFixed();
const [equity, availableFunds] = [money('NetLiquidation'), money('AvailableFunds')];
const risk = { riskFraction: '0.005', equity, availableFunds, maxQuantity: '200' };
const { quantity, binding, error } = sizePosition({ kind: 'reg-t', side: isAbove ? 'long' : 'short', entry, stop, ...risk });
if (quantity === undefined) throw new Error(`no size: ${error}`);
console.log(`size: ${quantity}, decided by ${binding}`);

const order = market(isAbove ? 'BUY' : 'SELL', quantity);
const findings = await ib.orders.judge(aapl, order, { account });
console.log(`check: ${findings.map(({ severity, code }) => `${severity} ${code}`).join(', ') || 'nothing to say'}`);
const end = await ib.orders.place(aapl, order, { account }).filled;
console.log(`filled: ${end.filled} at ${end.averagePrice}`);
ib.close();
