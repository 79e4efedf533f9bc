// The frames of a capture as messages: decoded, or why they could not be.
import { type Decoder, incomingDecoder, outgoingDecoder, type Unknown } from '../protocol/decode.js';
import { DecodeError } from '../protocol/errors.js';
import type { Incoming, Outgoing } from '../protocol/registry.js';
import type { CaptureHeader, Direction } from './format.js';
import type { CapturedFrame } from './frames.js';

/** A message of a capture, or why it could not be read. */
export type CapturedMessage =
  | {
      readonly what: 'message';
      readonly message: Incoming | Outgoing | Unknown;
      /** At which it was read. */
      readonly serverVersion: number;
      /** Fields that no row asked for: a newer server's. */
      readonly leftOver: number;
    }
  /** `error` tells row and offset; without it the server version is not known. */
  | { readonly what: 'unreadable'; readonly why: string; readonly error: DecodeError | undefined };

type AnyDecoder = Decoder<Incoming | Outgoing>;

/** Decodes the frames of one capture, each at its own server version; the lowest that fits where only bounds are known. */
export class MessageReader {
  private readonly lowest: number | undefined;
  private readonly decoders: Record<Direction, Map<number, AnyDecoder>> = { in: new Map(), out: new Map() };

  constructor(header: CaptureHeader) {
    this.lowest = header.serverVersionBounds?.[0];
  }

  /** Of a frame whose part is `message`. Never throws for what the frame holds. */
  read({ direction, serverVersion = this.lowest, payload }: CapturedFrame): CapturedMessage {
    if (serverVersion === undefined) return { what: 'unreadable', why: 'its server version is not known', error: undefined };
    const decoder = this.decoder(direction, serverVersion);
    try {
      const message = decoder.decode(payload, 0, payload.length);
      return { what: 'message', message, serverVersion, leftOver: decoder.trailing + decoder.unknownFields };
    } catch (error) {
      if (error instanceof DecodeError) return { what: 'unreadable', why: error.message, error };
      throw error;
    }
  }

  private decoder(direction: Direction, serverVersion: number): AnyDecoder {
    const known = this.decoders[direction].get(serverVersion);
    if (known !== undefined) return known;
    const made: AnyDecoder = direction === 'in' ? incomingDecoder(serverVersion) : outgoingDecoder(serverVersion);
    this.decoders[direction].set(serverVersion, made);
    return made;
  }
}
