// One portfolio over brokers at the desk: its own session beside files and services of a configuration.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stage } from './stage.js';

const FILES = resolve(import.meta.dirname, '../../../packages/portfolio/fixtures');
const folder = mkdtempSync(join(tmpdir(), 'desk-brokers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Told {
  readonly sources: readonly { readonly name: string; readonly state: string; readonly code?: string }[];
  readonly isComplete: boolean;
  readonly lines: readonly {
    readonly key: string;
    readonly currency: string;
    readonly value: string;
    readonly quantity?: string;
  }[];
  readonly totals: Readonly<Record<string, string>>;
  readonly total?: { readonly currency: string; readonly value: string };
  readonly rates: readonly { readonly from: string; readonly to: string; readonly rate: string; readonly source: string }[];
  readonly detail?: string;
  readonly remedy?: string;
}

function configured(name: string, config: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config));
  return path;
}

const household = {
  simulate: {
    clock: 'virtual' as const,
    accounts: [
      { account: 'DU9000001', kind: 'roth-ira-cash' as const, cash: { USD: 12_500 }, holdings: { AAPL: 40 } },
      { account: 'DU9000002', kind: 'individual-margin' as const, cash: { USD: 48_200, EUR: 3_000 }, holdings: { AAPL: 110 } },
    ],
  },
};
const files = {
  sources: [
    { kind: 'file', name: 'vanguard', path: join(FILES, 'vanguard-1.csv') },
    { kind: 'file', name: 'robinhood', path: join(FILES, 'robinhood-1.csv'), account: '5551234' },
  ],
};

describe('one portfolio over brokers', () => {
  it('without a configuration it is the session of the desk', async () => {
    await using at = await stage(household);
    const { status, body } = await at.owner<Told>('GET', '/v1/portfolio/brokers');
    expect(status).toBe(200);
    expect(body.sources).toEqual([{ state: 'read', name: 'desk', positions: 2, transactions: 0 }]);
    expect(body.isComplete).toBe(true);
    expect(body.lines.map(({ key, quantity }) => [key, quantity])).toEqual([
      ['cash', undefined],
      ['AAPL', '150'],
      ['cash', undefined],
    ]);
  });

  it('files of other brokers stand beside it, and each view adds up to the same', async () => {
    await using at = await stage({ ...household, portfolio: configured('household.json', files) });
    const views = ['account', 'instrument', 'broker', 'currency', 'class'];
    const told = await Promise.all(views.map((by) => at.owner<Told>('GET', `/v1/portfolio/brokers?by=${by}`)));
    for (const { body } of told) {
      expect(body.sources.map(({ name, state }) => [name, state])).toEqual([
        ['desk', 'read'],
        ['vanguard', 'read'],
        ['robinhood', 'read'],
      ]);
      const sums = new Map<string, number>();
      for (const { currency, value } of body.lines)
        sums.set(currency, (sums.get(currency) ?? 0) + Math.round(Number(value) * 1e6));
      for (const [currency, value] of Object.entries(body.totals))
        expect(sums.get(currency)).toBe(Math.round(Number(value) * 1e6));
    }
    const accounts = told[0]?.body.lines.map(({ key }) => key) ?? [];
    expect(accounts).toContain('ibkr:DU9000001');
    expect(accounts.some((key) => key.startsWith('vanguard:'))).toBe(true);
  });

  it('one currency needs rates: the rates of the gateway count, and a missing one is named with the way out', async () => {
    await using at = await stage(household);
    const inUsd = (await at.owner<Told>('GET', '/v1/portfolio/brokers?in=USD')).body;
    expect(inUsd.rates).toMatchObject([{ from: 'EUR', to: 'USD', source: 'the gateway' }]);
    const rate = Number(inUsd.rates[0]?.rate);
    expect(Number(inUsd.total?.value)).toBeCloseTo(Number(inUsd.totals['USD']) + rate * Number(inUsd.totals['EUR']), 4);
    const inChf = await at.owner<Told>('GET', '/v1/portfolio/brokers?in=CHF');
    expect(inChf.status).toBe(422);
    expect(inChf.body.detail).toMatch(/no rate from \w{3} to CHF/);
    const named = await at.owner<Told>('GET', '/v1/portfolio/brokers?in=CHF&rates=USDCHF=0.8&rates=EURCHF=0.95');
    expect(named.body.total?.currency).toBe('CHF');
  });

  it('a source that fails is named, its holdings are in no sum, and the others are whole', async () => {
    const broken = { sources: [...files.sources, { kind: 'file', name: 'gone', path: 'nowhere.csv' }] };
    await using at = await stage({ ...household, portfolio: configured('broken.json', broken) });
    const { body } = await at.owner<Told>('GET', '/v1/portfolio/brokers');
    expect(body.isComplete).toBe(false);
    expect(body.sources.at(-1)).toMatchObject({ state: 'failed', name: 'gone', code: 'config' });
    await at.owner('POST', '/api/ibkr/disconnect');
    const alone = (await at.owner<Told>('GET', '/v1/portfolio/brokers')).body;
    expect(alone.sources[0]).toMatchObject({ state: 'failed', name: 'desk' });
    expect(alone.sources[1]).toMatchObject({ state: 'read', name: 'vanguard' });
  });

  it('of a login with several accounts only those that the desk may use are read', async () => {
    await using at = await stage(household);
    const port = at.desk.gateway?.port;
    await at.owner('POST', '/api/ibkr/disconnect');
    await at.owner('POST', '/api/ibkr/connect', { host: '127.0.0.1', port, clientId: 1, account: 'DU9000002' });
    const { lines } = (await at.owner<Told>('GET', '/v1/portfolio/brokers?by=account')).body;
    expect([...new Set(lines.map(({ key }) => key))]).toEqual(['ibkr:DU9000002']);
  });

  it('a secret in the configuration is refused without being said', async () => {
    const open = { sources: [{ kind: 'flex', token: '123456789secret', queryId: '1' }] };
    await using at = await stage({ portfolio: configured('open.json', open) });
    const { status, body } = await at.owner<Told>('GET', '/v1/portfolio/brokers');
    expect(status).toBe(500);
    expect(body.detail).toContain('token must say where the secret is');
    expect(JSON.stringify(body)).not.toContain('123456789secret');
  });
});
