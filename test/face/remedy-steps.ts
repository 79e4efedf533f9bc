// What shows that a remedy helps: it is read, what it says is done, and then it passes.
import { strict as assert } from 'node:assert';
import { startSimulated } from '../../src/cli/session/simulated.js';
import * as ibwire from '../../src/index.js';
import { type Ran, run } from '../cli/run-cli.js';

export type Proof =
  /** Executes it. */
  | (() => Promise<void>)
  /** A test that does. */
  | { readonly test: string; readonly title: string }
  /** Says what a thing is, and nothing to do. */
  | { readonly says: string };

export const test = (file: string, title: string): Proof => ({ test: `test/${file}`, title });
export const says = (what: string): Proof => ({ says: what });
export const all = (ran: Ran): string => [...ran.lines, ...ran.beside].join('\n');

/** The command fails or is not enough and says the remedy; the second one is what it says, and passes. */
export const cli =
  (first: string, remedy: RegExp, then: string, columns = 120): Proof =>
  async () => {
    const before = await run(first.split(' '), { columns, terminal: columns < 100 });
    assert.match(all(before), remedy);
    const after = await run(then.split(' '), { columns: 200 });
    assert.equal(after.code, 0, all(after));
  };

/** The same against one gateway that stays. `then` is made of what was said. */
export const staying =
  (lines: readonly string[], remedy: RegExp, then: (said: RegExpExecArray) => string): Proof =>
  async () => {
    await using gateway = await startSimulated();
    const at = ['--port', String(gateway.port)];
    let told = '';
    for (const line of lines) told += `\n${all(await run([...line.split(' '), ...at]))}`;
    const said = remedy.exec(told);
    assert.ok(said, told);
    const after = await run([...then(said).split(' '), ...at]);
    assert.equal(after.code, 0, all(after));
  };

/** A call is refused with the remedy; what it says is then done. */
export const session =
  (refused: (ib: ibwire.Ib) => unknown, remedy: RegExp, then: (ib: ibwire.Ib) => unknown): Proof =>
  async () => {
    await using gateway = await startSimulated();
    const ib = await ibwire.connect({ port: gateway.port, clientId: 5 });
    try {
      await assert.rejects(async () => await refused(ib), remedy);
      await then(ib);
    } finally {
      ib.close();
    }
  };
