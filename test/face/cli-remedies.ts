// Proofs of the remedies of the command line.
import { strict as assert } from 'node:assert';
import { startSimulated } from '../../src/cli/session/simulated.js';
import * as ibwire from '../../src/index.js';
import { run } from '../cli/run-cli.js';
import { all, cli, type Proof, says, staying, test } from './remedy-steps.js';

const aapl = ibwire.stock('AAPL');
const margin = '--simulate --account DU9000001';

/** By the words of the remedy, `…` for what is put in. */
export const cliProofs: Readonly<Record<string, Proof>> = {
  '--from is after --to.': test('cli/replay.test.ts', 'serve a stretch with the handshake of its connection'),
  '… does not say when it began: --from and --to are times after its start, such as 90s.': test(
    'cli/replay.test.ts',
    'an instant needs a capture that says when it began',
  ),
  'nothing stands between … s and … after the start; --to-json without --from and --to shows every time': test(
    'cli/replay.test.ts',
    'say beside the output that nothing stands between them',
  ),
  'no room for …: --json has all': cli(
    'positions --simulate',
    /no room for .*: --json has all/,
    'positions --simulate --json',
    80,
  ),
  'A longer --wait lets it wait.': test('cli/order-hurried.test.ts', 'with a longer --wait leaves when it may'),
  'Go on with --resume …': async () => {
    await using gateway = await startSimulated();
    const ib = await ibwire.connect({ port: gateway.port, clientId: 5 });
    const line = ['bars', 'AAPL', '--from', '2026-08-10', '--size', '1m', '--csv', '--port', String(gateway.port)];
    for await (const { token } of ib.history.span(aapl, {
      from: new Date('2026-08-10'),
      size: '1 min',
      show: 'TRADES',
      useRTH: true,
    })) {
      const [whole, rest] = [await run(line), await run([...line, '--resume', token])];
      assert.equal(rest.code, 0, all(rest));
      assert.ok(rest.lines.length > 10 && rest.lines.length < whole.lines.length);
      break;
    }
    ib.close();
  },
  ', the last … here: --csv and --json have all': cli(
    'bars AAPL --size 1d --duration 1y --simulate',
    /the last \d+ here: --csv and --json have all/,
    'bars AAPL --size 1d --duration 1y --simulate --csv',
    80,
  ),
  '  prices and Greeks: ibwire chain … --expiry …': staying(
    ['chain AAPL'],
    /prices and Greeks: ibwire (chain AAPL --expiry \d+)/,
    ([, line = '']) => line,
  ),
  'Without --recorded the tour plays a simulated gateway.': says('what is played'),
  'The same against a gateway of yours: ibwire demo --port 4002': says('the tour: test/cli/gateways.test.ts'),
  '… Start TWS or IB Gateway and log in, name its port with --port, or try without one: ….': cli(
    'doctor --port 1',
    /name its port with --port, or try without one: --simulate/,
    'doctor --simulate',
  ),
  "--direction is incoming or outgoing, not '…'": cli(
    'explain 0a0b0c --direction up',
    /incoming or outgoing/,
    'explain 10197 --direction incoming',
  ),
  "--server-version is a whole number, not '…'": cli(
    'explain 10197 --server-version x',
    /is a whole number/,
    'explain 10197 --server-version 176',
  ),
  'With --json its base64 comes as `text`.': says('the form of an article'),
  '\n  … and more: --limit, --to': cli(
    'news AAPL --limit 1 --simulate',
    /and more: --limit, --to/,
    'news AAPL --limit 3 --simulate',
  ),
  'Name another file, or overwrite it with --force.': test('cli/gateways.test.ts', 'overwrites no recording unless it is told'),
  '--diff, --to-json and --redact do not go together.': says('options that contradict each other'),
  '--redact writes the whole capture: it takes neither --from nor --to.': says('options that contradict each other'),
  '--diff takes two captures, not ….': test(
    'cli/replay.test.ts',
    'ends with 0 for a session under other ids, and says how much is equal',
  ),
  'with --full: one account only': says('what an option does'),
  'Say which symbols, or --full for all that is held.': cli(
    'watch --simulate',
    /or --full/,
    'watch --full --simulate --seconds 1',
  ),
  ' Try --client-id ….': async () => {
    await using gateway = await startSimulated();
    const ib = await ibwire.connect({ port: gateway.port, clientId: 77 });
    const doctor = ['doctor', '--port', String(gateway.port)];
    const said = /Try --client-id (\d+)/.exec(all(await run(doctor, { columns: 400 })));
    assert.ok(said?.[1]);
    assert.match(all(await run([...doctor, '--client-id', said[1]])), /client id {4}78 is free/);
    ib.close();
  },
  'ibwire places no order there without --live.': test(
    'cli/order.test.ts',
    'are refused without --live, even to somebody who says yes; paper ones beside them are not',
  ),
  'The market may be closed. Try another symbol with --symbol, or delayed prices: `ibwire quote`.': async () => {
    await using silent = await startSimulated({ faults: 'on reqMktData never' });
    const doctor = (port: number): readonly string[] => ['doctor', '--port', String(port), '--timeout', '2'];
    assert.match(
      all(await run(doctor(silent.port), { columns: 400 })),
      /another symbol with --symbol, or delayed prices: `ibwire quote`/,
    );
    await using gateway = await startSimulated();
    assert.match(all(await run([...doctor(gateway.port), '--symbol', 'MSFT'])), /MSFT: live prices/);
    assert.equal((await run(['quote', 'AAPL', '--port', String(gateway.port)])).code, 0);
  },
  'It may be busy or still logging in: try again with a longer --timeout.': says('a gateway that is slow'),
  'Run `ibwire doctor` again.': says('a gateway that went away while it was looked at'),
  'A program says it with --yes.': cli(
    `order place buy 1 AAPL ${margin}`,
    /with --yes/,
    `order place buy 1 AAPL --yes ${margin}`,
  ),
  '………; --kind says how it is financed': cli(
    `order preview sell 1 TSLA ${margin}`,
    /--kind says how it is financed/,
    `order preview buy 1 AAPL ${margin} --kind cash`,
  ),
  'Use a paper account, try it with --simulate, or add --live when it is meant.': test(
    'cli/order.test.ts',
    'are refused without --live, even to somebody who says yes; paper ones beside them are not',
  ),
  'A trailing stop takes neither --limit nor --stop.': cli(
    `order preview sell 1 AAPL --trail 5 --limit 300 ${margin}`,
    /neither --limit nor --stop/,
    `order preview sell 1 AAPL --trail 5 ${margin}`,
  ),
  'Outside regular trading hours an order needs a --limit.': cli(
    `order preview buy 1 AAPL --outside-rth ${margin}`,
    /needs a --limit/,
    `order preview buy 1 AAPL --outside-rth --limit 300 ${margin}`,
  ),
  'Either --trail or --trail-percent, not both.': cli(
    `order preview sell 1 AAPL --trail 5 --trail-percent 2 ${margin}`,
    /not both/,
    `order preview sell 1 AAPL --trail-percent 2 ${margin}`,
  ),
  '; `ibwire order cancel …` takes it back': staying(
    ['order place buy 1 AAPL --limit 250 --yes --account DU9000001 --wait 1 --collar 50'],
    /`ibwire (order cancel \d+)` takes it back/,
    ([, line = '']) => `${line} --yes`,
  ),
  'The login has several accounts: say which with --account.': cli(
    'order preview buy 1 AAPL --simulate',
    /say which with --account/,
    `order preview buy 1 AAPL ${margin}`,
  ),
  'Start TWS or IB Gateway and enable its socket API, name another port with --port, or try the command with --simulate. `ibwire doctor` looks closer.':
    says('needs that nothing listens on four usual ports; each of its commands is executed here'),
  'Name one order id, or --all.': cli('order cancel --simulate', /or --all/, 'order cancel --all --yes --simulate'),
  'See `ibwire order list`; an order of another client needs its --client-id.': staying(
    [
      'order place buy 1 AAPL --limit 250 --yes --account DU9000001 --wait 1 --collar 50 --client-id 78',
      'order cancel 1 --yes --client-id 79',
    ],
    /order (\d+) is working[\s\S]*needs its --client-id/,
    ([, id = '']) => `order cancel ${id} --yes --client-id 78`,
  ),
  'It may live: look with `ibwire order list` before sending it again.': says('`order list` is executed below'),
  'Nothing certain is known of order … (…): look with `ibwire order list`.': cli(
    'order list --simulate',
    /no open orders/,
    'order list --simulate',
  ),
};
