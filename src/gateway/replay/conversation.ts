// One client on its socket: the handshake, then its requests, until either side ends.
import type { Socket } from 'node:net';
import { outgoingDecoder, type Unknown } from '../../protocol/decode.js';
import { incomingEncoder } from '../../protocol/encode.js';
import { DecodeError, FrameError } from '../../protocol/errors.js';
import { FrameDecoder, frame } from '../../protocol/frames.js';
import { greeting, readHello } from '../../protocol/handshake.js';
import type { Outgoing } from '../../protocol/registry.js';
import { Player } from './player.js';
import type { Schedule } from './schedule.js';
import type { ScriptConnection, ScriptRequest } from './script.js';

/** Something a client did that no gateway takes: its connection was ended for it. */
export interface Trouble {
  /** Counts clients from 0; -1 for one that could not even be let in. */
  readonly connection: number;
  readonly at: 'handshake' | 'frame' | 'request' | 'socket';
  readonly text: string;
}

export interface Listener {
  /** A request came; `request` is the recorded one that it stood for. */
  readonly received: (asked: Outgoing, request: ScriptRequest | undefined) => void;
  readonly trouble: (at: Trouble['at'], text: string) => void;
}

/** More than this waiting for a client that does not read ends its connection. */
const MOST_UNREAD = 64 * 1024 * 1024;
/** "Error reading request": after it a gateway hangs up. */
const UNREADABLE = 320;

/** Serves until the socket is closed. `patience` is how many milliseconds the client has for its handshake. */
export function serve(socket: Socket, script: ScriptConnection, schedule: Schedule, patience: number, listener: Listener): void {
  const { serverVersion } = script;
  let hello = Buffer.alloc(0);
  let frames: FrameDecoder | undefined;
  let isStarted = false;
  const end = (at: Trouble['at'], text: string): void => {
    listener.trouble(at, text);
    schedule.close();
    socket.destroySoon();
  };
  const send = (payload: Uint8Array): void => {
    if (!socket.writable) return;
    socket.write(frame(payload));
    if (socket.writableLength <= MOST_UNREAD) return;
    end('socket', 'the client does not read');
    socket.destroy();
  };
  const player = new Player(script, schedule, { send, end: () => void socket.end() });
  const decoder = outgoingDecoder(serverVersion);
  const timer = setTimeout(() => end('handshake', `no handshake within ${patience} ms`), patience);

  const take = (bytes: Uint8Array, from: number, to: number): void => {
    if (!socket.writable) return;
    const asked = decode(bytes, from, to);
    if (typeof asked === 'string') {
      send(incomingEncoder(serverVersion).encode('error', unreadable(asked)).subarray(4));
      end('request', asked);
    } else if (asked.kind === 'startApi') {
      listener.received(asked, undefined);
      if (!isStarted) player.start();
      isStarted = true;
    } else listener.received(asked, player.request(asked));
  };
  const decode = (bytes: Uint8Array, from: number, to: number): Outgoing | string => {
    try {
      const message: Outgoing | Unknown = decoder.decode(bytes, from, to);
      return message.kind === 'unknown' ? `Message type ${message.id}. Unable to parse data.` : message;
    } catch (error) {
      if (error instanceof DecodeError) return error.message;
      throw error;
    }
  };

  /** Takes bytes until the client's offer is whole; gives what follows it. */
  const greet = (chunk: Uint8Array): Uint8Array | undefined => {
    hello = Buffer.concat([hello, chunk]);
    const offer = readHello(hello);
    if (offer === undefined) return undefined;
    clearTimeout(timer);
    if (serverVersion < offer.min || serverVersion > offer.max) {
      end('handshake', `the client offers server versions ${offer.min} to ${offer.max}, the capture has ${serverVersion}`);
      return undefined;
    }
    socket.write(greeting(serverVersion, script.connectionTime));
    frames = new FrameDecoder();
    return hello.subarray(offer.length);
  };

  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    if (!socket.writable) return;
    try {
      const rest = frames === undefined ? greet(chunk) : chunk;
      if (rest !== undefined && rest.length > 0) frames?.push(rest, take);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      end(frames === undefined ? 'handshake' : 'frame', error.message);
    }
  });
  socket.on('error', (error) => listener.trouble('socket', error.message));
  socket.on('close', () => {
    clearTimeout(timer);
    schedule.close();
  });
}

function unreadable(why: string) {
  return { reqId: -1, errorCode: UNREADABLE, errorString: `Error reading request:${why}` };
}
