// Example: tells when the day's loss of an account passes a limit. Arguments: the limit in its base currency (500), account (the first).
import { connect } from 'ibwire';

const { IBWIRE_PORT = '4002' } = process.env;
const ib = await connect({ port: Number(IBWIRE_PORT), clientId: 109, readOnly: true });
const limit = Number(process.argv[2] ?? 500);
const account = process.argv[3] ?? ib.accounts.ids[0] ?? '';
try {
  const pnl = ib.accounts.pnl(account);
  let isTold = false;
  for await (const items of pnl.batches()) {
    for (const { cause } of items.gaps) console.log(`blind for a while: ${cause}`);
    const daily = items.at(-1)?.dailyPnL;
    if (daily === undefined) continue; // not known is not 0
    if (!isTold) console.log(`watching: alert below -${limit}`);
    isTold = true;
    if (daily.gt(-limit)) continue;
    console.log(`ALERT ${account}: ${daily.toFixed(2)} today`);
    break;
  }
} finally {
  ib.close();
}
