// US stocks on NASDAQ as the compatibility mode of the terminal names their exchange.

const EXCHANGES: ReadonlySet<string> = new Set(['exchange', 'primaryExchange', 'validExchanges']);

/** The message with ISLAND in the place of NASDAQ wherever a contract of a US stock, or what stands beside it, names exchanges. */
export function withIsland<T extends object>(message: T): T {
  const { contract } = message as { readonly contract?: { readonly secType?: unknown; readonly currency?: unknown } };
  return contract?.secType === 'STK' && contract.currency === 'USD' ? renamed(message) : message;
}

function renamed<T extends object>(record: T): T {
  const fields = Object.entries(record).map(([name, value]): [string, unknown] => {
    if (typeof value === 'string' && EXCHANGES.has(name)) return [name, value.replace(/\bNASDAQ\b/g, 'ISLAND')];
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [name, isRecord ? renamed(value) : value];
  });
  return Object.fromEntries(fields) as T;
}
