// Plays one connection of a script to one client: what comes unasked, and the recorded answer to each request.

import { idsOf } from '../../capture/ids.js';
import { incomingEncoder } from '../../protocol/encode.js';
import type { Outgoing } from '../../protocol/registry.js';
import { Bindings } from './binding.js';
import { isCancel, isSilent } from './causes.js';
import { chosen } from './choose.js';
import type { Due, Schedule } from './schedule.js';
import type { ScriptConnection, ScriptFrame, ScriptRequest } from './script.js';

export interface Stage {
  /** Sends a payload; puts the length in front. */
  readonly send: (payload: Uint8Array) => void;
  /** Ends the connection as the server. */
  readonly end: () => void;
}

/** The gateway's own code for a request that it will not take. */
const NOT_VALID = 321;

export class Player {
  private readonly script: ScriptConnection;
  private readonly schedule: Schedule;
  private readonly stage: Stage;
  private readonly bindings = new Bindings();
  private readonly used = new Set<ScriptRequest>();
  /** By the client's reqId: what it runs. */
  private readonly running = new Map<number, ScriptRequest>();

  constructor(script: ScriptConnection, schedule: Schedule, stage: Stage) {
    this.script = script;
    this.schedule = schedule;
    this.stage = stage;
  }

  /** The client has sent startApi. */
  start(): void {
    this.schedule.add(this.script.opening.map((frame) => this.due(frame, undefined)));
  }

  /** Answers a request and gives the recorded one it stood for; without one the client gets error 321 that says so. */
  request(asked: Outgoing): ScriptRequest | undefined {
    const { reqId } = idsOf(asked);
    if (isCancel(asked.kind) && reqId !== undefined) this.callOff(reqId);
    const request = chosen(asked, this.script.requests, this.used, this.bindings);
    if (request === undefined) {
      if (!isSilent(asked.kind, asked)) this.refuse(asked);
      return undefined;
    }
    this.used.add(request);
    this.bindings.bind(request, asked);
    if (reqId !== undefined) this.running.set(reqId, request);
    const dues = request.answers.map((frame) => this.due(frame, request));
    if (request.isLast) dues.push({ wait: dues.at(-1)?.wait ?? 0, send: () => this.stage.end(), owner: undefined });
    this.schedule.add(dues);
    return request;
  }

  private due(frame: ScriptFrame, owner: ScriptRequest | undefined): Due {
    const payload = this.bindings.rewritten(frame, owner);
    return { wait: frame.after / 1000, send: () => this.stage.send(payload), owner };
  }

  /** What the client has cancelled and what was not sent yet will not come any more. */
  private callOff(reqId: number): void {
    const request = this.running.get(reqId);
    if (request !== undefined) this.schedule.drop(request);
  }

  private refuse(asked: Outgoing): void {
    const { reqId, orderId } = idsOf(asked);
    const errorString = `Error validating request.-'replay' : cause - this ${asked.kind} was not recorded`;
    const error = { reqId: reqId ?? orderId ?? -1, errorCode: NOT_VALID, errorString };
    const frame = incomingEncoder(this.script.serverVersion).encode('error', error);
    this.schedule.add([{ wait: 0, send: () => this.stage.send(frame.subarray(4)), owner: undefined }]);
  }
}
