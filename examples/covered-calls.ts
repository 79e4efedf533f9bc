// Example: writes a call for every hundred shares that are held and not yet covered. Shows the orders; `--go` sends them.
import { connect, limit, stock, type TradableContract } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 108 });
try {
  const [account = ''] = ib.accounts.ids;
  const positions = await ib.accounts.positions({ account });
  const working = await ib.orders.open({ which: 'all' });
  for (const { contract, position } of positions) {
    if (contract.secType !== 'STK' || position.lt(100)) continue;
    const isCall = (of: TradableContract | undefined): boolean =>
      of?.secType === 'OPT' && of.symbol === contract.symbol && of.right === 'C';
    const written = positions
      .filter((one) => isCall(one.contract))
      .reduce((sum, one) => sum - Math.min(0, Number(one.position)), 0);
    const sales = working.filter(({ contract, reported }) => isCall(contract) && reported?.action === 'SELL');
    const offered = sales.reduce((sum, { remaining }) => sum + Number(remaining), 0);
    const free = Math.floor(Number(position) / 100) - written - offered;
    if (free <= 0) continue;

    const underlying = await ib.contracts.qualify(stock(contract.symbol ?? ''));
    const { last } = await ib.market.snapshot(underlying);
    if (last?.value === undefined) continue;
    const { options } = await ib.options.chain(underlying, {
      expiries: { minDays: 1, nearest: 1 },
      moneyness: { from: 1.02, to: 1.1 },
      spot: last.value,
      rights: ['C'],
    });
    const [call] = options;
    if (call === undefined) continue;
    const { bid, ask } = await ib.market.snapshot(call);
    if (bid?.value === undefined || ask?.value === undefined || bid.value <= 0) continue;
    const price = await ib.contracts.snap(call, (bid.value + ask.value) / 2, 'SELL');
    console.log(`sell ${free} ${contract.symbol} ${call.lastTradeDateOrContractMonth} ${call.strike} C at ${price}`);
    if (!process.argv.includes('--go')) continue;
    const trade = ib.orders.place(call, limit('SELL', free, price), { account, orderRef: 'covered-calls' });
    console.log(`  ${(await trade.accepted).at}`);
  }
} finally {
  ib.close();
}
