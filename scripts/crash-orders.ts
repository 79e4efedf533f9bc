/** The crash test at length: `npx tsx scripts/crash-orders.ts [runs]` kills that many processes at random points of placing 1,000 orders. */
import { crash } from '../test/client/orders/trades/crash.js';

async function main(): Promise<void> {
  const runs = Number(process.argv[2] ?? 50);
  const counts = new Map<string, number>();
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    const afterMs = Math.floor(Math.random() * 400);
    const found = await crash(run + 1, 1_000, afterMs);
    for (const { orderId, fate } of found.explained) {
      counts.set(fate.is, (counts.get(fate.is) ?? 0) + 1);
      const isThere = found.gateway.has(orderId);
      const isRight = isThere ? fate.is === 'known' || fate.is === 'ended' : fate.is === 'neverArrived' || fate.is === 'notSent';
      if (!isRight) {
        wrong++;
        process.stdout.write(
          `run ${run}: order ${orderId} ${found.gateway.get(orderId) ?? 'unseen'} -> ${JSON.stringify(fate)}\n`,
        );
      }
    }
    const line = `run ${run + 1}: killed after ${afterMs} ms, ${found.attempted} attempts, ${found.arrived} arrived${found.isTorn ? ', last line torn' : ''}`;
    process.stdout.write(`${line}\n`);
  }
  process.stdout.write(`${JSON.stringify(Object.fromEntries(counts))}, ${wrong} not explained rightly\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

void main();
