// The lists of instruments that this browser watches.

export type Lists = Readonly<Record<string, readonly string[]>>;

const KEY = 'ibwire.lists';
const FIRST: Lists = { main: ['AAPL', 'MSFT', 'SPY', 'NVDA', 'TSLA'], fx: ['EUR.USD', 'USD.JPY'], hk: ['700.HK'] };

export const lists = {
  read(): Lists {
    try {
      return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Lists) };
    } catch {
      return FIRST;
    }
  },
  write(all: Lists): void {
    localStorage.setItem(KEY, JSON.stringify(all));
  },
};
