// What auth/status, ssodh/init and tickle say of the session, read as one thing.

/** The triple, and whether the session has proven itself. Undefined: not said. */
export interface AuthStatus {
  readonly authenticated: boolean | undefined;
  readonly connected: boolean | undefined;
  readonly competing: boolean | undefined;
  readonly established: boolean | undefined;
  readonly text: string;
}

/** `opening`: authenticated, and not yet proven to answer. */
export type SessionReading = 'ready' | 'opening' | 'lost' | 'competing' | 'signedOut' | 'unknown';

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** Reads the status out of an answer of auth/status, init or tickle, or out of an `sts` frame; undefined when there is none in it. */
export function authOf(value: unknown): AuthStatus | undefined {
  if (!isRow(value)) return undefined;
  const iserver = value['iserver'];
  const args = value['args'];
  const row = isRow(iserver) && isRow(iserver['authStatus']) ? iserver['authStatus'] : isRow(args) ? args : value;
  if (!('authenticated' in row)) return undefined;
  const text = [row['message'], row['fail']].find((one) => typeof one === 'string' && one !== '');
  return {
    authenticated: flag(row['authenticated']),
    connected: flag(row['connected']),
    competing: flag(row['competing']),
    established: flag(row['established']),
    text: typeof text === 'string' ? text : '',
  };
}

/**
 * What the triple means. Old gateways do not say `established`: authenticated and connected is then all there is, and a first
 * answer of `/iserver` has to prove the rest.
 */
export function readingOf({ authenticated, connected, competing, established }: AuthStatus): SessionReading {
  if (competing === true) return 'competing';
  if (authenticated === true && connected !== false) return established === false ? 'opening' : 'ready';
  if (authenticated === false && connected === true) return 'lost';
  if (authenticated === false && connected === false) return 'signedOut';
  return 'unknown';
}
