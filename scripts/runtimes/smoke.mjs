// What every runtime has to do with the package as it is published: each entry, a session, a quote, bars, an order that fills.
import assert from 'node:assert/strict';
import { connect, limit, stock } from 'ibwire';
import { chunkTap } from 'ibwire/capture';
import { IBApi } from 'ibwire/compat/stoqey';
import { simulate } from 'ibwire/gateway';
import { incomingDecoder } from 'ibwire/protocol';
import { check } from 'ibwire/rules';

for (const one of [chunkTap, IBApi, incomingDecoder, check]) assert.equal(typeof one, 'function');
const gateway = await simulate({ seed: 1 });
const ib = await connect({ port: gateway.port, clientId: 1 });
const aapl = await ib.contracts.qualify(stock('AAPL'));
const { bid, ask } = await ib.market.snapshot(aapl);
assert.ok(ask.value >= bid.value);
const bars = await ib.history.bars(aapl, { duration: '2 D', size: '1 hour' });
assert.ok(bars.length > 5);
const trade = ib.orders.place(aapl, limit('BUY', 1, (ask.value * 1.01).toFixed(2)), { account: ib.accounts.ids[0] });
const end = await trade.done;
assert.equal(end.at, 'filled');
ib.close();
await gateway.close();
console.log(`ok: ${bars.length} bars, ${end.at} ${end.filled}`);
