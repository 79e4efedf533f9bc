// From the options of a command to a session that is ready, or to words that say why there is none.

import { readFile } from 'node:fs/promises';
import { simulate } from 'ibwire/gateway';
import { connectWeb } from '../client/connect.js';
import type { Web, WebOptions } from '../client/face.js';
import { checkNames } from '../names.js';
import type { WebSessionState } from '../session/machine.js';
import { gatewaySigner } from '../sign/gateway.js';
import { type OAuth1Options, oauth1Signer } from '../sign/oauth1.js';
import { type OAuth2Options, oauth2Signer } from '../sign/oauth2.js';
import type { Signer } from '../sign/signer.js';
import { webGateway } from '../simulate/web-gateway.js';
import { CliError, EXIT } from './exit.js';
import { afterTheLast } from './pause.js';
import type { Io } from './print.js';

export interface ConnectionOptions {
  readonly base?: string;
  readonly fingerprint?: string;
  /** A file that says how to sign in at the hosted API. */
  readonly signIn?: string;
  readonly compete?: boolean;
  readonly simulate?: boolean;
  readonly timeout: number;
}

const LOCAL = 'https://localhost:5000/v1/api';
const HOSTED = 'https://api.ibkr.com/v1/api';

/** What `--sign-in` names: `{"kind": "oauth2", "clientId": …, "privateKey": {"file": …}}`; secrets are files. */
export async function signerIn(file: string): Promise<Signer> {
  const text = await readFile(file, 'utf8');
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    throw new CliError(EXIT.usage, `${file} is no JSON`); // what it holds is not shown
  }
  const { kind, ...options } = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>;
  const needed = (names: readonly string[], secrets: readonly string[]): void => {
    for (const name of [...names, ...secrets])
      if (options[name] === undefined) throw new CliError(EXIT.usage, `${file}: ${name} is missing`);
    for (const name of secrets)
      if (typeof (options[name] as { file?: unknown }).file !== 'string')
        throw new CliError(EXIT.usage, `${file}: ${name} is {"file": "…"}: secrets stand in files of their own`);
  };
  switch (kind) {
    case 'oauth1': {
      needed(['consumerKey', 'accessToken'], ['accessTokenSecret', 'signatureKey', 'encryptionKey', 'dhPrime']);
      const known = {
        consumerKey: true,
        accessToken: true,
        accessTokenSecret: true,
        signatureKey: true,
        encryptionKey: true,
      } as const;
      const given = options as unknown as OAuth1Options;
      checkNames<OAuth1Options>(given, { ...known, dhPrime: true, realm: true, base: true, random: true }, `${file}: `);
      return oauth1Signer(given);
    }
    case 'oauth2': {
      needed(['clientId', 'clientKeyId', 'credential', 'ip'], ['privateKey']);
      const known = { clientId: true, clientKeyId: true, privateKey: true, credential: true, ip: true, host: true } as const;
      const given = options as unknown as OAuth2Options;
      checkNames<OAuth2Options>(given, known, `${file}: `);
      return oauth2Signer(given);
    }
    default:
      throw new CliError(EXIT.usage, `${file}: kind is oauth1 or oauth2`);
  }
}

/** Why there is no session, as soon as waiting will not help; undefined: it may come by itself. */
function hopeless(state: WebSessionState, base: string): CliError | undefined {
  if (state.at === 'competing')
    return new CliError(
      EXIT.connect,
      'Another login of this user name holds the brokerage session.',
      '--compete takes it from there.',
    );
  if (state.at !== 'signedOut') return undefined;
  if (state.needsPerson)
    return new CliError(EXIT.connect, 'Nobody is logged in at the gateway.', `Log in at ${new URL(base).origin} in a browser.`);
  return new CliError(EXIT.connect, state.why);
}

export interface Opened {
  readonly web: Web;
  readonly base: string;
  readonly accounts: readonly string[];
  close(): Promise<void>;
}

/** `isPatient`: a session that does not come about is no error; its state tells. */
export async function opened(
  options: ConnectionOptions,
  io: Io,
  more: Pick<WebOptions, 'orders'> = {},
  isPatient = false,
): Promise<Opened> {
  if (options.simulate === true) return simulated(options, more);
  const base = options.base ?? (options.signIn === undefined ? LOCAL : HOSTED);
  const signer = options.signIn === undefined ? gatewaySigner() : await signerIn(options.signIn);
  const leave = await afterTheLast(base, io);
  let tell = (_: WebSessionState): void => {};
  const told = new Promise<never>((_, reject) => {
    tell = (state) => {
      const why = hopeless(state, base);
      if (why !== undefined) reject(why);
    };
  });
  told.catch(() => {});
  const web = connectWeb({
    signer,
    base,
    ...(options.fingerprint !== undefined && { fingerprint: options.fingerprint }),
    ...(options.compete === true && { compete: true }),
    ...more,
    onState: (state) => tell(state),
  });
  try {
    await Promise.race([web.ready({ timeout: options.timeout }), told]);
  } catch (error) {
    if (!isPatient || !(error instanceof CliError)) {
      web.close();
      await leave();
      throw error;
    }
  }
  const close = async (): Promise<void> => {
    web.close();
    await leave();
  };
  return { web, base, accounts: web.accounts.ids, close };
}

async function simulated({ timeout }: ConnectionOptions, more: Pick<WebOptions, 'orders'>): Promise<Opened> {
  const gateway = await simulate();
  const door = webGateway(gateway);
  const web = connectWeb({ signer: gatewaySigner(), send: door.send, stream: door.stream, ...more });
  const close = async (): Promise<void> => {
    web.close();
    await gateway.close();
  };
  try {
    await web.ready({ timeout });
  } catch (error) {
    await close();
    throw error;
  }
  return { web, base: 'in this process', accounts: web.accounts.ids, close };
}
