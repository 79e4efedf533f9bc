// Example: what all accounts of the login hold and are worth. Against `npx ibwire simulate --accounts all`, or your own gateway.
import { connect, formatSymbol } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 101, readOnly: true });
try {
  const live = ib.accounts.live();
  await live.complete();
  for (const { account, accountType, numbers } of live.accounts.values()) {
    const net = numbers?.totals.get('NetLiquidation');
    console.log(`${account}  ${accountType ?? 'kind not told'}  ${net?.amount?.toFixed(2) ?? '?'} ${net?.currency ?? ''}`);
    // Market values come account by account: the gateway has one such slot for each client.
    const portfolio = ib.accounts.portfolio(account);
    await portfolio.complete();
    for (const { contract, position, marketPrice, marketValue, unrealizedPNL } of portfolio.view.rows.values()) {
      if (position.eq(0)) continue; // closed today
      const amounts = [marketPrice, marketValue, unrealizedPNL].map((amount) => amount?.toFixed(2) ?? '?');
      console.log(`  ${formatSymbol(contract).padEnd(24)} ${position}  ${amounts.join('  ')} ${contract.currency ?? ''}`);
    }
    portfolio.close();
  }
  const { netLiquidation, baseCurrency } = live.totals;
  // Undefined where the accounts have different base currencies: two currencies are never added.
  console.log(netLiquidation === undefined ? 'no common total' : `all accounts: ${netLiquidation.toFixed(2)} ${baseCurrency}`);
  live.close();
} finally {
  ib.close();
}
