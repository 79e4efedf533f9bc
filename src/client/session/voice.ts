// How a session speaks: its emitter, the newest notices, and what becomes of the errors of listeners.

import { EventEmitter } from 'eventemitter3';
import type { Unknown } from '../../protocol/decode.js';
import type { DecodeError } from '../../protocol/errors.js';
import { heed } from '../conversation/heed.js';
import type { ErrorMessage } from '../conversation/party.js';
import type { Verdict } from '../notices/verdict.js';
import type { Timer } from '../wire/timer.js';
import type { Oddity, SessionEvents, SessionNotice } from './events.js';

/** Notices that are kept for `health`, the newest. */
const KEPT_NOTICES = 50;

export class SessionVoice {
  readonly events = new EventEmitter<SessionEvents>();
  /** Newest notices, those before the first `ready` among them, when nobody could listen yet. */
  readonly notices: SessionNotice[] = [];
  private readonly timer: Timer;
  /** By kind, and so no more of them than kinds; all unknown ones together. */
  private readonly odd = new Map<string, Oddity>();

  constructor(timer: Timer) {
    this.timer = timer;
  }

  /** Adds a listener of the user: one that throws or rejects stops nothing here, and no other listener. */
  listen<E extends keyof SessionEvents>(event: E, listener: (...args: SessionEvents[E]) => unknown): () => void {
    // What listens to `thrown` and throws itself has nobody left to tell.
    const report =
      event === 'thrown' ? (error: unknown) => queueMicrotask(() => rethrow(error)) : (error: unknown) => this.thrown(error);
    const heard = (...args: SessionEvents[E]): void => {
      try {
        heed(listener(...args), report);
      } catch (error) {
        report(error);
      }
    };
    // The emitter's own types cannot follow a generic event name.
    this.events.on(event, heard as never);
    return () => void this.events.off(event, heard as never);
  }

  /** A listener that throws stops nothing here. */
  say<E extends keyof SessionEvents>(event: E, ...args: SessionEvents[E]): void {
    try {
      // The emitter's own types cannot follow a generic event name.
      this.events.emit(event, ...(args as never));
    } catch (error) {
      if (event === 'thrown') queueMicrotask(() => rethrow(error));
      else this.thrown(error);
    }
  }

  /** The error of a user's listener must not vanish when nobody listens for it. */
  thrown(error: unknown): void {
    if (this.events.listenerCount('thrown') > 0) this.say('thrown', error);
    else queueMicrotask(() => rethrow(error));
  }

  get oddities(): readonly Oddity[] {
    return [...this.odd.values()];
  }

  unreadable(what: DecodeError | Unknown): void {
    const isUnknown = !('code' in what);
    const before = this.oddityOf(what.kind);
    const last = isUnknown ? `a message of unknown kind ${what.id}` : what.message;
    this.odd.set(what.kind, { ...before, unreadable: before.unreadable + 1, last });
    this.say('unreadable', what);
  }

  leftOver(kind: string, fields: number): void {
    const before = this.oddityOf(kind);
    this.odd.set(kind, { ...before, leftOver: before.leftOver + fields });
    if (before.leftOver === 0) this.say('leftOver', { kind, fields });
  }

  private oddityOf(kind: string): Oddity {
    return this.odd.get(kind) ?? { kind, unreadable: 0, leftOver: 0, last: undefined };
  }

  tell(notice: SessionNotice): void {
    this.notices.push(notice);
    if (this.notices.length > KEPT_NOTICES) this.notices.shift();
    this.say('notice', notice);
  }

  warn(text: string): void {
    this.tell({ code: 0, text, id: undefined, verdict: { means: 'notice', level: 'warning' }, at: this.timer.now() });
  }

  noticeOf(error: ErrorMessage, verdict: Verdict): SessionNotice {
    return {
      code: error.errorCode ?? 0,
      text: error.errorString ?? '',
      id: error.reqId,
      verdict,
      at: error.errorTime ?? this.timer.now(),
    };
  }
}

function rethrow(error: unknown): never {
  throw error;
}
