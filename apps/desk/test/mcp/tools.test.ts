// The tools, as real clients of both revisions get them: names, schemas, answers that keep to them, and what all of it weighs.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { SimulateOptions } from 'ibwire/gateway';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/list.js';
import { TOOLSETS, toolsOf } from '../../src/mcp/tools.js';
import { stage } from '../stage.js';
import { CLIENTS, type Host, host, type ToolShown } from './hosts.js';

const HELD: SimulateOptions = { accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100, MSFT: 20 } }] };

const ELEVEN = [
  ...['get_portfolio', 'get_account_summary', 'switch_account', 'get_market_data', 'get_historical_data', 'place_order'],
  ...['check_shortable_shares', 'get_margin_requirements', 'get_borrow_rates', 'short_selling_analysis', 'get_connection_status'],
];
const BESIDE = ['list_accounts', 'search_contracts', 'get_orders', 'get_order', 'cancel_order', 'get_option_chain', 'explain'];

const AAPL = { symbol: 'AAPL' };

/** Calls every tool of the default set; each answer by its name. */
async function callAll({ call, tools }: Host): Promise<readonly string[]> {
  const ajv = new Ajv2020({ strict: false });
  const shown = new Map((await tools()).map((tool) => [tool.name, tool]));
  const told: string[] = [];
  const ask = async (name: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    const { isError, text, data } = await call(name, args);
    expect(isError, `${name}: ${text}`).toBe(false);
    expect(JSON.parse(text)).toEqual(data);
    const check = ajv.compile((shown.get(name) as ToolShown).outputSchema ?? false);
    expect(check(data), `${name}: ${ajv.errorsText(check.errors)}`).toBe(true);
    expect(Date.parse(data['asOf'] as string), name).not.toBeNaN();
    expect(['live', 'delayed', 'stale', 'unknown'], name).toContain(data['state']);
    told.push(name);
    return data;
  };
  expect((await ask('get_connection_status'))['session']).toMatchObject({ connected: true, state: 'ready' });
  await ask('list_accounts');
  await ask('switch_account', { account: 'DU9000001' });
  expect((await ask('get_account_summary'))['account']).toBe('DU9000001');
  expect((await ask('get_portfolio', { account: 'DU9000001' }))['positions']).toHaveLength(2);
  await ask('search_contracts', { pattern: 'AA' });
  const quote = await ask('get_market_data', AAPL);
  expect([quote['state'], typeof quote['ask']]).toEqual(['live', 'string']);
  expect((await ask('get_historical_data', { ...AAPL, duration: '1 D', size: '1 hour' }))['bars']).not.toEqual([]);
  await ask('get_option_chain', AAPL);
  const order = { action: 'BUY', orderType: 'LMT', totalQuantity: '10', lmtPrice: (Number(quote['bid']) * 0.95).toFixed(2) };
  const placed = await ask('place_order', { ...AAPL, ...order, note: 'cheaper' });
  expect(placed['status']).toBe('sent');
  const id = placed['draftId'];
  expect((await ask('get_orders'))['orders']).toHaveLength(1);
  expect((await ask('get_order', { id }))['order']).toMatchObject({ id, state: 'working' });
  expect((await ask('cancel_order', { id }))['outcome']).toBe('cancelled');
  await ask('explain', { id });
  for (const name of ['check_shortable_shares', 'get_borrow_rates']) await ask(name, AAPL);
  for (const name of ['get_margin_requirements', 'short_selling_analysis']) await ask(name, { ...AAPL, quantity: '100' });
  return told;
}

describe('every tool of the default set', () => {
  for (const kind of CLIENTS)
    for (const carrier of ['pipes', 'HTTP'] as const)
      it(`answers a client ${kind} over ${carrier} by its schema, structured and as text`, async () => {
        await using at = await stage({ simulate: HELD });
        await using one = await host(at, { kind, carrier });
        expect([...(await callAll(one))].sort()).toEqual([...ELEVEN, ...BESIDE].sort());
        expect(at.desk.gateway?.orders).toHaveLength(1);
      });
});

describe('the set of tools', () => {
  it('is the eleven and seven beside, in the same order for every client, and weighs 12,000 characters at most', async () => {
    await using at = await stage();
    await using now = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP' });
    await using then = await host(at, { kind: '1.x', carrier: 'pipes' });
    const [tools, same] = [await now.tools(), await then.tools()];
    expect(tools.map(({ name }) => name).sort()).toEqual([...ELEVEN, ...BESIDE].sort());
    expect(same.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    expect(JSON.stringify(tools).length).toBeLessThanOrEqual(12_000);
    expect(JSON.stringify(same).length).toBeLessThanOrEqual(12_000);
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect([title, description, annotations].includes(undefined), name).toBe(false);
      expect([inputSchema, outputSchema], name).toMatchObject([{ type: 'object' }, { type: 'object' }]);
    }
  });

  it('with every set on has each command that looks or proposes, and none that approves, stops, releases or sets a limit', async () => {
    await using at = await stage();
    await using one = await host(at, { kind: '1.x', carrier: 'pipes', stdio: { toolsets: ['all'] } });
    const names = (await one.tools()).map(({ name }) => name);
    const lookers = commands.filter(({ need }) => need === 'read' || need === 'propose');
    expect(names).toHaveLength(lookers.length);
    expect(names).toContain('history_ticks');
    expect(names).toContain('portfolio_by_currency');
    expect(names.filter((name) => /approve|stop|release|set_limits|token|connect$|modify/.test(name))).toEqual([]);
    for (const tool of ['orders_approve', 'control_set_limits', 'control_release', 'orders.approve'])
      await expect(one.call(tool, { id: 'x' })).rejects.toThrow(/not found/);
  });

  it('keeps to the scopes of the token: who may not propose has no place_order', async () => {
    await using at = await stage();
    const { token } = await at.desk.tokens.create('reader', ['read']);
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP', token });
    const names = (await one.tools()).map(({ name }) => name);
    expect(names).toContain('get_portfolio');
    expect(names).not.toContain('place_order');
    expect(names).not.toContain('cancel_order');
  });

  it('names its sets where one is asked for that there is not', () => {
    expect(TOOLSETS).toContain('default');
    expect(() => toolsOf(['defualt'])).toThrow(/no toolset defualt; there are default/);
  });
});

describe('errors', () => {
  it('say what would be right: an unknown argument, a wrong one, an unknown instrument, a quantity above the cap', async () => {
    await using at = await stage();
    await using one = await host(at, { kind: '2.x, 2026-07-28', carrier: 'HTTP' });
    const wrong = await one.call('get_market_data', { symbl: 'AAPL' });
    expect([wrong.isError, wrong.text]).toEqual([true, expect.stringMatching(/"symbl".*there are symbol, conId/)]);
    const number = await one.call('get_margin_requirements', { ...AAPL, quantity: 100 });
    expect([number.isError, number.text]).toEqual([true, expect.stringMatching(/quantity: .*expected string/)]);
    const nothing = await one.call('get_market_data', { symbol: 'NOSUCHTHING' });
    expect(nothing).toMatchObject({
      isError: true,
      data: { error: 'unknown-contract', remedy: expect.stringMatching(/search/) },
    });
    const many = await one.call('place_order', { ...AAPL, action: 'BUY', orderType: 'MKT', totalQuantity: '1001' });
    expect(many).toMatchObject({
      isError: true,
      data: { error: 'refused', findings: [{ code: 'MAX-QUANTITY' }, { code: 'MAX-NOTIONAL' }] },
    });
    expect(many.data['remedy']).toMatch(/at most 1000/);
    expect(at.desk.gateway?.orders).toEqual([]);
  });

  it('of the short-selling tools tell an IRA why', async () => {
    await using at = await stage({ simulate: { accounts: ['ira-margin'] } });
    await using one = await host(at, { kind: '1.x', carrier: 'pipes' });
    for (const name of ['check_shortable_shares', 'get_borrow_rates', 'get_margin_requirements', 'short_selling_analysis'])
      expect(await one.call(name, AAPL), name).toMatchObject({ isError: true, data: { error: 'ira' } });
  });
});
