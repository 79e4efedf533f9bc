// One client on its socket: handshake, startApi, then its requests one by one, until either side ends.
import { outgoingDecoder, type Unknown } from '../../protocol/decode.js';
import { DecodeError, FrameError } from '../../protocol/errors.js';
import { FrameDecoder } from '../../protocol/frames.js';
import { greeting, readHello } from '../../protocol/handshake.js';
import type { Outgoing } from '../../protocol/registry.js';
import { answer } from './answers.js';
import type { Client } from './client.js';
import type { Carrier, Network } from './network.js';
import { start } from './start.js';
import type { Gateway } from './state.js';
import { greetingText } from './times.js';

/** What the server wants to know of a session. */
export interface SessionHost {
  readonly gateway: Gateway;
  readonly network: Network;
  received(client: Client, message: Outgoing): void;
  closed(client: Client): void;
}

/** Serves a connection until it is closed. */
export function serve(socket: Carrier, client: Client, host: SessionHost): void {
  const { gateway, network } = host;
  const { settings } = gateway;
  let frames: FrameDecoder | undefined;
  let early: Uint8Array = new Uint8Array(0);
  let decode: (bytes: Uint8Array, from: number, to: number) => Outgoing | string = () => '';

  const refuse = (text: string): void => {
    gateway.log(client, 'trouble', text);
    client.end();
  };
  const stopPatience = network.after(settings.patience, () => refuse(`no handshake and startApi within ${settings.patience} ms`));

  const greet = (chunk: Buffer): Uint8Array | undefined => {
    early = early.length === 0 ? chunk : Buffer.concat([early, chunk]);
    const offer = readHello(early);
    if (offer === undefined) return undefined;
    const serverVersion = Math.min(settings.serverVersion, offer.max);
    if (serverVersion < Math.max(offer.min, 100)) {
      refuse(`the client offers server versions ${offer.min} to ${offer.max}, this gateway has ${settings.serverVersion}`);
      return undefined;
    }
    client.speak(serverVersion);
    client.connectOptions = offer.options;
    client.wire.frame(greeting(serverVersion, greetingText(gateway.clock.now(), settings.hostZone, settings.hostZoneText)));
    frames = new FrameDecoder();
    decode = decoderOf(serverVersion);
    const rest = early.subarray(offer.length);
    early = new Uint8Array(0);
    return rest;
  };

  const take = (bytes: Uint8Array, from: number, to: number): void => {
    if (!client.isOpen) return;
    const message = decode(bytes, from, to);
    if (typeof message === 'string') {
      client.error(-1, 320, `Error reading request:${message}`);
      if (!gateway.memory.terminal.maintainConnectionOnIncorrectFields) refuse(message);
      return;
    }
    host.received(client, message);
    if (message.kind === 'startApi') {
      stopPatience();
      if (client.stage === 'waiting') start(gateway, client, message);
      return;
    }
    if (!client.isStarted) return;
    request(gateway, client, message);
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (!client.isOpen || gateway.faults.isDeaf(client)) return;
    client.sipped(chunk.length);
    try {
      const rest = frames === undefined ? greet(chunk) : chunk;
      if (rest !== undefined && rest.length > 0) frames?.push(rest, take);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      refuse(error.message);
    }
  });
  socket.on('error', (error) => gateway.log(client, 'trouble', error.message));
  socket.on('close', () => {
    stopPatience();
    client.gone();
    host.closed(client);
  });
}

/** Counts a request against the rate, lets faults have it, and answers it. */
function request(gateway: Gateway, client: Client, message: Outgoing, hasWaited = false): void {
  if (!hasWaited && client.paced.length > 0) {
    client.paced.push(message);
    return;
  }
  const rate = client.rate.take(gateway.clock.now());
  if (rate !== 'fine') {
    // A client that connected with +PACEAPI waits instead: its requests are taken as the rate allows.
    if (client.connectOptions.includes('+PACEAPI')) pace(gateway, client, message);
    else if (rate !== 'silent') refuse(gateway, client, rate);
    return;
  }
  if (gateway.faults.takes(client, message)) answer(gateway, client, message);
}

function refuse(gateway: Gateway, client: Client, rate: 'over' | 'out'): void {
  client.error(-1, 100, 'Max rate of messages per second has been exceeded');
  if (rate === 'over') return;
  gateway.log(client, 'trouble', 'the message rate was exceeded once too often');
  client.end();
}

const PACE_MS = 1_000;

function pace(gateway: Gateway, client: Client, message: Outgoing): void {
  client.paced.push(message);
  client.rate.strikes = 0;
  if (client.paced.length > 1) return;
  const timer = gateway.clock.every(PACE_MS, () => {
    const waiting = client.paced.splice(0);
    if (waiting.length === 0) client.held.release('pacing');
    for (const one of waiting) request(gateway, client, one, true);
  });
  client.held.hold('pacing', undefined, () => timer.cancel());
}

/** Decodes one request; what cannot be read comes back as the reason. */
function decoderOf(serverVersion: number): (bytes: Uint8Array, from: number, to: number) => Outgoing | string {
  const decoder = outgoingDecoder(serverVersion);
  return (bytes, from, to) => {
    try {
      const message: Outgoing | Unknown = decoder.decode(bytes, from, to);
      return message.kind === 'unknown' ? `Message type ${message.id}.  Unable to parse data.` : message;
    } catch (error) {
      if (error instanceof DecodeError) return `${error.message}.  Unable to parse data.`;
      throw error;
    }
  };
}
