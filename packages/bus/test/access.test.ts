// Who may ask and hear what is a matter of the server's permissions, and its subjects are made for them; TLS by a certificate that
// is checked.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, DeniedError, subjectsOf } from '@ibwire/bus';
import { stock } from 'ibwire';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { hasNats } from '../../../test/helpers/nats.js';
import { readSubject } from '../src/subjects.js';
import { stage, until } from './stage.js';

/** The recipe of docs/bus.md: alice reads one account and proposes for it, and approves nothing. */
const recipe = /```conf\n([\s\S]*?)```/.exec(readFileSync(new URL('../../../docs/bus.md', import.meta.url), 'utf8'))?.[1] ?? '';
const DESK = { user: 'desk', pass: 'change-me-1' };
const ALICE = { who: 'alice', user: 'alice', pass: 'change-me-2' };

describe.runIf(hasNats)('permissions of the server', () => {
  it('hold a consumer to its own name, its account and its need', async () => {
    const asked: string[] = [];
    const side = {
      run: (command: string, _: unknown, { who, need, account }: { who: string; need: string; account: string | undefined }) => {
        asked.push(`${who} ${need} ${account} ${command}`);
        return Promise.resolve({ done: true });
      },
    };
    await using on = await stage({
      nats: recipe,
      side,
      serve: { ...DESK, needs: ['read', 'propose', 'approve'] },
    });
    const bus = await on.consumer(ALICE);
    const quote = bus.market.quotes(stock('AAPL'));
    await quote.complete();
    expect((await bus.contracts.qualify(stock('AAPL'))).symbol).toBe('AAPL');
    expect(await bus.accounts.positions('DU9000001')).toBeInstanceOf(Array);
    await bus.orders.command('orders.draft', 'propose', {}, { account: 'DU9000001' });
    await expect(bus.orders.command('orders.approve', 'approve', {}, { account: 'DU9000001' })).rejects.toThrow(DeniedError);
    await expect(bus.orders.command('orders.draft', 'propose', {}, { account: 'DU9000002' })).rejects.toThrow(DeniedError);
    await expect(bus.accounts.positions('DU9000002')).rejects.toThrow(DeniedError);
    expect(asked).toEqual(['alice propose DU9000001 orders.draft']);
    // Another's name is another's subject.
    await expect(connectBus({ ...ALICE, servers: on.nats.url, who: 'bob', timeout: 1_500 })).rejects.toThrow();
  });

  it('let nobody hear the orders of another account', async () => {
    await using on = await stage({ nats: recipe, serve: { ...DESK } });
    const bus = await on.consumer(ALICE);
    const own: unknown[] = [];
    const mine = bus.orders.events('DU9000001');
    mine.on((event) => own.push(event));
    const other: unknown[] = [];
    const theirs = bus.orders.events('DU9000002');
    theirs.on((event) => other.push(event));
    expect(await theirs.ended).toBeInstanceOf(DeniedError);
    await mine.complete();
    on.tell('DU9000002', { is: 'theirs' });
    on.tell('DU9000001', { is: 'mine' });
    await until('own has come', () => own.length === 1);
    expect(other).toEqual([]);
  });
});

describe.runIf(hasNats)('TLS', () => {
  it('is checked against the authority that is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-bus-tls-'));
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      algorithm: 'sha256',
    });
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    try {
      const tls = `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`;
      await using on = await stage({ nats: tls, serve: { tls: { ca: certFile } } });
      const bus = await on.consumer({ tls: { ca: certFile } });
      expect((await bus.contracts.qualify(stock('AAPL'))).symbol).toBe('AAPL');
      await expect(connectBus({ servers: on.nats.url, tls: {}, timeout: 1_500 })).rejects.toThrow(/self.signed|certificate/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('subjects', () => {
  it.each(['a.b', '*', '>', 'A', '', 'a b', '-x', 'x'.repeat(33)])('take %j for no name', (name) => {
    expect(() => subjectsOf(name)).toThrow(TypeError);
  });

  it('are read as they were made, and nothing else is', () => {
    const subjects = subjectsOf('home');
    expect(readSubject(subjects, subjects.order('alice', 'propose', 'DU9000001', 'orders.draft'))).toEqual({
      verb: 'do',
      who: 'alice',
      need: 'propose',
      account: 'DU9000001',
      call: 'orders.draft',
    });
    for (const subject of [
      'ibwire.home',
      'ibwire.other.do.a.read._.x',
      'ibwire.home.do.A.read._.x',
      'ibwire.home.do.a.write._.x',
      'ibwire.home.do.a.read.*.x',
    ])
      expect(readSubject(subjects, subject)).toBeUndefined();
  });
});
