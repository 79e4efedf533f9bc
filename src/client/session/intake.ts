// What a connection brings: messages to the router, and what the router finds to be the session's own business.

import { DecodeError } from '../../protocol/errors.js';
import type { Incoming } from '../../protocol/registry.js';
import type { Gatekeeper } from '../admission/gatekeeper.js';
import { heed } from '../conversation/heed.js';
import type { LiveStreams } from '../conversation/live-streams.js';
import type { ErrorMessage } from '../conversation/party.js';
import { Router } from '../conversation/router.js';
import { classify } from '../notices/classify.js';
import type { Verdict } from '../notices/verdict.js';
import { UnusableError } from '../wire/errors.js';
import type { OrderIds } from '../wire/ids.js';
import type { LinkEvents } from '../wire/link.js';
import type { SessionOptions, Tap } from './options.js';
import type { Outages } from './outages.js';
import type { SessionVoice } from './voice.js';

/** Whose it is. */
export interface Receiver {
  readonly isReady: boolean;
  readonly serverVersion: number;
  /** The gateway is about to end the connection, and listens there from now on; undefined where it does not say where. */
  moves(port: number | undefined): void;
}

/** What the rest of a session does with it. */
export interface IntakeParts {
  readonly voice: SessionVoice;
  readonly outages: Outages;
  readonly streams: LiveStreams;
  readonly gatekeeper: Gatekeeper;
  readonly orderIds: OrderIds;
}

export class Intake {
  readonly router: Router;
  readonly linkEvents: Omit<LinkEvents, 'ended'>;
  frameBytes = 0;
  /** The gateway has said that its API is read-only. */
  isReadOnly = false;
  private readonly whose: Receiver;
  private readonly parts: IntakeParts;

  constructor({ timer, tap }: SessionOptions, parts: IntakeParts, whose: Receiver) {
    this.whose = whose;
    this.parts = parts;
    const { voice } = parts;
    this.router = new Router({
      unaddressed: (message) => this.unaddressed(message),
      readOnly: () => {
        this.isReadOnly = true;
      },
      misaddressed: (message) => this.misaddressed(message),
      notice: (error, verdict) => this.notice(error, verdict),
      anotherLogin: (error, verdict) => voice.say('competing', voice.noticeOf(error, verdict)),
      thrown: (error) => voice.thrown(error),
      unusable: (message, error) => this.unusable(message.kind, error),
    });
    this.linkEvents = {
      sinks: this.router.sinks,
      message: (message, address, bytes) => {
        this.frameBytes = bytes;
        try {
          this.router.deliver(message, address);
        } catch (error) {
          this.unusable(message.kind, error);
        }
      },
      unusable: (kind, cause) => this.unusable(kind, cause),
      unknown: (message) => voice.unreadable(message),
      unreadable: (error) => this.unreadable(error),
      leftOver: (kind, fields) => voice.leftOver(kind, fields),
      heard: () => {
        this.router.sinks.heardAt = timer.now();
      },
      ...(tap === undefined ? {} : { tap: guarded(tap, (error) => voice.thrown(error)) }),
    };
  }

  get lastHeard(): number {
    return this.router.sinks.heardAt;
  }

  private unreadable(error: DecodeError): void {
    this.parts.voice.unreadable(error);
    this.router.unreadable(error);
    const { errorCode, id = -1 } = error;
    if (errorCode === undefined || id !== -1) return;
    // What nobody has asked for is told by its code: the link is back, though the words about it are lost.
    const message = { kind: 'error', reqId: id, errorCode, errorString: '' } as const;
    const rest = { advancedOrderRejectJson: undefined, errorTime: undefined };
    this.notice({ ...message, ...rest }, classify({ code: errorCode, text: '' }, { is: 'nobody' }));
  }

  /** Somebody who waits for its kind is missing it. */
  private misaddressed({ kind }: Incoming): void {
    const { serverVersion } = this.whose;
    this.unreadable(new DecodeError('is missing', { kind, serverVersion, row: 'reqId', offset: undefined }));
  }

  private unaddressed(message: Incoming): void {
    if (message.kind === 'nextValidId') this.raiseMark(message.orderId);
  }

  /** The number at the start of a connection is taken in when it is ready; later ones answer reqIds. */
  private raiseMark(orderId: number | undefined): void {
    if (!this.whose.isReady || orderId === undefined) return;
    try {
      this.parts.orderIds.raise(orderId, 'asAnswer');
    } catch (error) {
      this.unusable('nextValidId', error);
    }
  }

  /** Values of the gateway that make no sense where they are needed: the message is told of, and nothing else happens. */
  private unusable(kind: string, cause: unknown): void {
    this.parts.voice.say('unreadable', new UnusableError(kind, cause));
  }

  /** Errors that no conversation took: most of them are the session's business. */
  private notice(error: ErrorMessage, verdict: Verdict): void {
    const { gatekeeper, outages, streams, voice } = this.parts;
    const notice = voice.noticeOf(error, verdict);
    switch (verdict.means) {
      case 'farm':
        outages.farmChanged(verdict);
        break;
      case 'link':
        outages.linkChanged(verdict);
        if (verdict.competing) voice.say('competing', notice);
        break;
      case 'portMoved':
        voice.tell(notice);
        this.whose.moves(verdict.port);
        return;
      case 'competingSession':
        streams.lost('competing', notice.at, 'data');
        voice.say('competing', notice);
        break;
      case 'alarm':
        voice.say('alarm', notice);
        break;
      case 'rate':
        gatekeeper.learn(verdict);
        break;
      default:
    }
    voice.tell(notice);
  }
}

/** A tap that throws or rejects is a listener like others: the bytes go on. */
function guarded(tap: Tap, thrown: (error: unknown) => void): Tap {
  return (direction, bytes) => {
    try {
      heed(tap(direction, bytes) as unknown, thrown);
    } catch (error) {
      thrown(error);
    }
  };
}
