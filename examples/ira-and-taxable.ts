// Example: the same orders in a taxable margin account and in a Roth IRA, side by side. Nothing is sent: `judge` says what would happen.
// Against `npx ibwire simulate --accounts all`.
import { connect, limit, market, stock } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 106 });
try {
  const linked = await ib.accounts.linked();
  const ira = linked.find(({ accountType }) => accountType?.includes('ROTH'))?.account;
  const taxable = linked.find(({ accountType }) => accountType === 'INDIVIDUAL')?.account;
  if (ira === undefined || taxable === undefined) throw new Error('needs a Roth IRA and a taxable account');
  const aapl = await ib.contracts.qualify(stock('AAPL'));
  await ib.orders.prepare({ contracts: [aapl] });

  const wishes = [
    ['buy 100 at 300', limit('BUY', 100, 300)],
    ['buy 900 at 300', limit('BUY', 900, 300)],
    ['sell 50 short', market('SELL', 50)],
  ] as const;
  for (const [what, order] of wishes) {
    console.log(what);
    for (const account of [taxable, ira]) {
      const findings = await ib.orders.judge(aapl, order, { account });
      const reasons = findings.filter(({ severity }) => severity === 'reject');
      console.log(
        `  ${account}: ${reasons.length === 0 ? 'may go' : reasons.map(({ code, remedy }) => `${code}. ${remedy}`).join(' ')}`,
      );
    }
  }
} finally {
  ib.close();
}
