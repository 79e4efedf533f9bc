// The subjects of a bus, told once: who may publish or read each is a matter of the server's permissions (docs/bus.md).

/** What a caller must hold, as at the desk. */
export const NEEDS = ['read', 'propose', 'approve', 'operate'] as const;
export type Need = (typeof NEEDS)[number];

/** In place of an account where none is concerned. */
export const NO_ACCOUNT = '_';

const NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
const ACCOUNT = /^[A-Z][A-Z0-9]{3,15}$/;

/** @throws {TypeError} for what would reach beyond its own place in a subject. */
export function checkName(what: string, name: string): string {
  if (!NAME.test(name))
    throw new TypeError(
      `${what} ${JSON.stringify(name)} is none: small letters, digits and hyphens, at most 32, a letter or digit first`,
    );
  return name;
}

/** @throws {TypeError} */
export function checkAccount(account: string): string {
  if (!ACCOUNT.test(account)) throw new TypeError(`${JSON.stringify(account)} is no account`);
  return account;
}

const accountToken = (account: string | undefined): string => (account === undefined ? NO_ACCOUNT : checkAccount(account));
const accountOfToken = (token: string | undefined): string | undefined =>
  token === undefined || token === NO_ACCOUNT ? undefined : checkAccount(token);

export interface Subjects {
  /** Everything of this bus begins so. */
  readonly root: string;
  /** Frames of one stream: `quotes.265598`. */
  frames(stream: string): string;
  /** Order events of an account. */
  orders(account: string): string;
  /** The order log of an account; none: what concerns the bus itself. */
  log(account: string | undefined): string;
  /** Both of them. */
  kept(account: string): string;
  /** How the desk's session stands. */
  readonly session: string;
  /** Asking for streams, for their pictures, saying that they are still wanted. */
  streams(who: string): string;
  /** A call of a read facade. */
  ask(who: string, account: string | undefined, call: string): string;
  /** A command of the desk. */
  order(who: string, need: Need, account: string | undefined, command: string): string;
  /** What became of a key. */
  key(who: string, account: string | undefined): string;
  /** Order events that were missed. */
  replay(who: string, account: string): string;
}

/** What a request says by its subject alone. */
export interface Asked {
  readonly verb: 'streams' | 'ask' | 'do' | 'key' | 'replay';
  readonly who: string;
  readonly need: Need | undefined;
  readonly account: string | undefined;
  /** `family.name` of calls and commands. */
  readonly call: string;
}

/** Subjects of the bus of this name. @throws {TypeError} */
export function subjectsOf(bus: string): Subjects {
  const root = `ibwire.${checkName('bus', bus)}`;
  return {
    root,
    session: `${root}.session`,
    frames: (stream) => `${root}.frames.${stream}`,
    orders: (account) => `${root}.kept.orders.${checkAccount(account)}`,
    log: (account) => `${root}.kept.log.${accountToken(account)}`,
    kept: (account) => `${root}.kept.*.${checkAccount(account)}`,
    streams: (who) => `${root}.streams.${who}`,
    ask: (who, account, call) => `${root}.ask.${who}.${accountToken(account)}.${call}`,
    order: (who, need, account, command) => `${root}.do.${who}.${need}.${accountToken(account)}.${command}`,
    key: (who, account) => `${root}.key.${who}.${accountToken(account)}`,
    replay: (who, account) => `${root}.replay.${who}.${checkAccount(account)}`,
  };
}

/** Requests that the leading desk takes. */
export const requestSubjects = ({ root }: Subjects): readonly string[] =>
  (['streams', 'ask', 'do', 'key', 'replay'] as const).map((verb) => `${root}.${verb}.>`);

/** Reads the subject of a request. Undefined: nothing that a desk takes. */
export function readSubject({ root }: Subjects, subject: string): Asked | undefined {
  if (!subject.startsWith(`${root}.`)) return undefined;
  const [verb, who = '', ...rest] = subject.slice(root.length + 1).split('.');
  if (!NAME.test(who)) return undefined;
  try {
    switch (verb) {
      case 'streams':
        return rest.length > 0 ? undefined : { verb, who, need: undefined, account: undefined, call: '' };
      case 'ask': {
        const [account, ...call] = rest;
        return { verb, who, need: undefined, account: accountOfToken(account), call: call.join('.') };
      }
      case 'do': {
        const [need, account, ...call] = rest;
        const known = NEEDS.find((one) => one === need);
        return known === undefined
          ? undefined
          : { verb, who, need: known, account: accountOfToken(account), call: call.join('.') };
      }
      case 'key':
      case 'replay':
        return rest.length === 1 ? { verb, who, need: undefined, account: accountOfToken(rest[0]), call: '' } : undefined;
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
