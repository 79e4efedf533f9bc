// The account of the order bench: both ends of the wire speak of it.

export const ACCOUNT = 'DU9000001';
export const POSITIONS = 1_000;
/** Contracts that are traded in turn. */
export const TRADED = 500;

export const stock = (conId: number) =>
  ({ conId, symbol: `S${conId}`, secType: 'STK', exchange: 'SMART', currency: 'USD' }) as const;
