// Numbers of accounts of the simulated world: totals, ledgers, profit and loss, as they are read and as they are streamed.

import type { Door } from './door.js';

/** Rows of an account that are of no ledger. */
export const totalsOf = (door: Door, account: string) =>
  door.gateway.values(account).filter(({ isOfLedger }) => isOfLedger !== true);

/** Lines of a ledger by their official key. */
const LEDGER: Readonly<Record<string, string>> = {
  CashBalance: 'cashbalance',
  StockMarketValue: 'stockmarketvalue',
  OptionMarketValue: 'stockoptionmarketvalue',
  NetLiquidationByCurrency: 'netliquidationvalue',
  UnrealizedPnL: 'unrealizedpnl',
  RealizedPnL: 'realizedpnl',
  ExchangeRate: 'exchangerate',
};

/** By currency, `BASE` among them. */
export function ledgersOf(door: Door, account: string): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const ledgers = new Map<string, Record<string, unknown>>();
  const values = door.gateway.values(account);
  for (const { key, value, currency, isOfLedger } of values) {
    if (isOfLedger !== true || currency === undefined) continue;
    const ledger = ledgers.get(currency) ?? {
      acctcode: account,
      currency,
      key: 'LedgerList',
      secondkey: currency,
      timestamp: Math.floor(door.now() / 1000),
    };
    ledgers.set(currency, ledger);
    const name = LEDGER[key];
    if (name !== undefined) ledger[name] = Number(value);
  }
  const settled = values.find(({ key }) => key === 'SettledCash');
  if (settled?.currency !== undefined) Object.assign(ledgers.get(settled.currency) ?? {}, { settledcash: Number(settled.value) });
  return ledgers;
}

/** Summary and ledger as the stream has them. */
export function accountNumbers(
  door: Door,
  account: string,
): { readonly summary: readonly object[]; readonly ledger: readonly object[] } {
  return {
    summary: totalsOf(door, account).map(({ key, value, currency }) => ({
      key,
      ...(Number.isFinite(Number(value)) && value !== '' ? { monetaryValue: Number(value) } : { value }),
      currency: currency ?? null,
    })),
    // Its time would be a change of its own.
    ledger: [...ledgersOf(door, account)].map(([currency, { timestamp: _, ...line }]) => ({
      ...line,
      key: `LedgerList${currency}`,
    })),
  };
}

/** Profit and loss of every account. What a day made is not told: the world keeps it for itself. */
export function accountPnl(door: Door): Readonly<Record<string, object>> {
  return Object.fromEntries(
    door.gateway.accounts.map((account) => {
      const base = (name: string): number | undefined => {
        const found = ledgersOf(door, account).get('BASE')?.[name];
        return typeof found === 'number' ? found : undefined;
      };
      const total = (name: string): number | undefined => {
        const found = totalsOf(door, account).find(({ key }) => key === name)?.value;
        return found === undefined ? undefined : Number(found);
      };
      return [
        `${account}.Core`,
        {
          rowType: 1,
          nl: total('NetLiquidation'),
          upl: base('unrealizedpnl'),
          el: total('ExcessLiquidity'),
          mv: total('GrossPositionValue'),
        },
      ];
    }),
  );
}
