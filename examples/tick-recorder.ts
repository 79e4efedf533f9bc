// Example: records a session with its ticks, then plays it to the same code, as a test of a strategy would. Argument: file (ticks.ibcap).
import { connect, type Ib, stock } from 'ibwire';
import { chunkTap, createCapture } from 'ibwire/capture';
import { replayGateway } from 'ibwire/gateway';

const { IBWIRE_PORT = '4002' } = process.env;
const file = process.argv[2] ?? 'ticks.ibcap';

/** The code under test: the first twenty ticks of a stock as text. */
async function firstTicks(ib: Ib): Promise<readonly string[]> {
  const quotes = ib.market.quotes(stock('AAPL'));
  const ticks: string[] = [];
  await new Promise<void>((resolve) => {
    quotes.on(({ field, value }) => {
      if (ticks.length < 20) ticks.push(`${field} ${String(value)}`);
      if (ticks.length === 20) resolve();
    });
  });
  quotes.close();
  return ticks;
}

const writer = await createCapture(file, { start: new Date() });
const live = await connect({ port: Number(IBWIRE_PORT), clientId: 111, readOnly: true, tap: chunkTap(writer) });
const recorded = await firstTicks(live);
live.close();
await writer.close();
console.log(`recorded ${recorded.length} ticks`);

const replay = await replayGateway({ captures: [file] });
const again = await connect({ port: replay.port, clientId: 111, readOnly: true, limits: 'none' });
const played = await firstTicks(again);
again.close();
await replay.close();
console.log(`played ${played.length} ticks, ${played.every((tick, at) => tick === recorded[at]) ? 'the same' : 'others'}`);
