// Example: brings an account to its target weights: a plan, a preview of every order, and with `--go` the execution, sales first.
import { connect, market, stock } from 'ibwire';
import { rebalance } from 'ibwire/rules';

const { IBWIRE_PORT = '4002' } = process.env;
const targets = { AAPL: '0.04', MSFT: '0.05', SPY: '0.20' };
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 107 });
try {
  const [account = ''] = ib.accounts.ids;
  const { totals } = await ib.accounts.numbers(account);
  const held = await ib.accounts.positions({ account });
  const contracts = new Map<string, Awaited<ReturnType<typeof ib.contracts.qualify>>>();
  const prices: Record<string, string> = {};
  for (const symbol of Object.keys(targets)) {
    const contract = await ib.contracts.qualify(stock(symbol));
    const { last } = await ib.market.snapshot(contract);
    if (last?.value === undefined) throw new Error(`no price of ${symbol}: a plan without it would sell or buy anything`);
    contracts.set(symbol, contract);
    prices[symbol] = `${last.value}`;
  }
  const amount = (tag: string): string => totals.get(tag)?.amount?.toFixed() ?? '0';
  const plan = rebalance({
    accounts: [
      {
        account,
        kind: 'reg-t',
        netAssetValue: amount('NetLiquidation'),
        spendableCash: amount('TotalCashValue'),
        positions: Object.fromEntries(held.map(({ contract, position }) => [contract.symbol ?? '', position.toFixed()])),
        targets,
      },
    ],
    prices,
    minTradeValue: '500',
    feeReserve: '5',
  });
  if ('error' in plan) throw new Error(`${plan.error}: ${plan.what}`);

  const go = process.argv.includes('--go');
  for (const { symbol, action, quantity } of [...plan.sells, ...plan.buys]) {
    const contract = contracts.get(symbol);
    if (contract === undefined) continue;
    const { commission, initMargin } = await ib.orders.preview(contract, market(action, quantity), { account });
    console.log(
      `${action} ${quantity} ${symbol}: margin ${initMargin.change?.toFixed(2)}, commission ${commission.amount?.toFixed(2)}`,
    );
    if (!go) continue;
    const end = await ib.orders.place(contract, market(action, quantity), { account, orderRef: `rebalance ${symbol}` }).filled;
    console.log(`  filled at ${end.averagePrice}`); // before the next one: purchases rest on the proceeds
  }
  if (!go) console.log('nothing was sent; --go sends');
} finally {
  ib.close();
}
