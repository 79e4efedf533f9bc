// A file of credentials as NATS makes them: signed by an account that an operator signed.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus } from '@ibwire/bus';
import { nkeys } from '@nats-io/transport-node';
import { stock } from 'ibwire';
import { expect, it } from 'vitest';
import { hasNats } from '../../../test/helpers/nats.js';
import { stage } from './stage.js';

type KeyPair = ReturnType<typeof nkeys.createOperator>;
const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');

/** A JWT of NATS, "JSON Web Token and NKeys" of its documentation: Ed25519 over head and claims. */
function signed(by: KeyPair, of: KeyPair, name: string, nats: object): string {
  const claims = {
    jti: name,
    iat: 1_700_000_000,
    iss: by.getPublicKey(),
    name,
    sub: of.getPublicKey(),
    nats: { version: 2, ...nats },
  };
  const body = `${base64(JSON.stringify({ typ: 'JWT', alg: 'ed25519-nkey' }))}.${base64(JSON.stringify(claims))}`;
  return `${body}.${base64(by.sign(Buffer.from(body)))}`;
}

function credsOf(account: KeyPair, name: string): string {
  const user = nkeys.createUser();
  const jwt = signed(account, user, name, { type: 'user', subs: -1, data: -1, payload: -1 });
  const seed = Buffer.from(user.getSeed()).toString();
  return `-----BEGIN NATS USER JWT-----\n${jwt}\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`;
}

it.runIf(hasNats)('signs in by a file of credentials, and by none that the operator does not know', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-bus-creds-'));
  try {
    const [operator, account, stranger] = [nkeys.createOperator(), nkeys.createAccount(), nkeys.createAccount()];
    const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
    const own = signed(operator, account, 'desk', { type: 'account', limits });
    const conf = [
      `operator: ${signed(operator, operator, 'operator', { type: 'operator' })}`,
      'resolver: MEMORY',
      `resolver_preload: { ${account.getPublicKey()}: ${own} }`,
    ];
    const [good, bad] = [join(folder, 'good.creds'), join(folder, 'bad.creds')];
    writeFileSync(good, credsOf(account, 'desk'));
    writeFileSync(bad, credsOf(stranger, 'desk'));
    await using on = await stage({ nats: conf.join('\n'), withoutJetStream: true, serve: { creds: good } });
    const bus = await on.consumer({ creds: good });
    expect((await bus.contracts.qualify(stock('AAPL'))).symbol).toBe('AAPL');
    await expect(connectBus({ servers: on.nats.url, creds: bad, timeout: 1_500 })).rejects.toThrow(/[Aa]uthoriz/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
