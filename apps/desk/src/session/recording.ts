// Records what this session and its gateway say to each other, from the next frame of each on, redacted on its way to disk.

import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type CaptureWriter, createCapture } from 'ibwire/capture';
import type { Timer } from '../clock.js';
import { Problem } from '../problem.js';
import { createFrameEdge } from './frame-edge.js';

type Direction = 'in' | 'out';

/** A capture, as far as it has come. Epoch milliseconds. */
export interface Captured {
  readonly file: string;
  readonly since: number;
  readonly until: number | undefined;
  /** Recorded so far, before redaction. */
  readonly bytes: number;
  readonly isRedacted: true;
  /** Why it ended by itself. */
  readonly why: string | undefined;
}

export interface Recording {
  /** Hears every chunk of every connection. */
  tap(direction: Direction, chunk: Uint8Array): void;
  readonly current: Captured | undefined;
  readonly last: Captured | undefined;
  /** @throws {Problem} 409 when one runs, or without a folder. */
  start(serverVersion: number, mostBytes: number): Promise<Captured>;
  /** @throws {Problem} 409 when none runs. */
  stop(): Promise<Captured>;
  close(): Promise<void>;
}

const API = [65, 80, 73, 0];
const isHello = (chunk: Uint8Array): boolean => API.every((byte, at) => chunk[at] === byte);

interface Running {
  readonly writer: CaptureWriter;
  readonly file: string;
  readonly since: number;
  readonly mostBytes: number;
  bytes: number;
  readonly waits: Set<Direction>;
  why: string | undefined;
}

export function createRecording(folder: string | undefined, timer: Timer): Recording {
  const edges = { in: createFrameEdge(), out: createFrameEdge() };
  let running: Running | undefined;
  let last: Captured | undefined;
  const shown = ({ file, since, bytes, why }: Running, until: number | undefined): Captured => ({
    file,
    since,
    until,
    bytes,
    isRedacted: true,
    why,
  });
  const finish = async (): Promise<Captured> => {
    const one = running;
    if (one === undefined)
      throw new Problem(409, 'not-recording', 'Nothing is being recorded', 'no recording runs', {
        remedy: 'Start one: session.record.',
      });
    running = undefined;
    try {
      await one.writer.close();
    } catch (error) {
      one.why = error instanceof Error ? error.message : 'it could not be written';
    }
    last = shown(one, timer.now());
    return last;
  };
  const write = (one: Running, direction: Direction, chunk: Uint8Array): void => {
    one.writer.bytes(direction, chunk);
    one.bytes += chunk.length;
    if (one.bytes < one.mostBytes || one.why !== undefined) return;
    one.why = `it reached ${Math.round(one.mostBytes / 1e6)} MB`;
    void finish();
  };
  return {
    tap(direction, chunk) {
      if (direction === 'out' && isHello(chunk)) {
        edges.out.reset(API.length);
        edges.in.reset(0);
        running?.waits.clear();
        running?.writer.mark({ what: 'connected', serverVersion: undefined });
      }
      const first = edges[direction].push(chunk);
      const one = running;
      if (one === undefined) return;
      if (!one.waits.has(direction)) write(one, direction, chunk);
      else if (first !== undefined) {
        one.waits.delete(direction);
        if (first < chunk.length) write(one, direction, chunk.subarray(first));
      }
    },
    get current() {
      return running === undefined ? undefined : shown(running, undefined);
    },
    get last() {
      return last;
    },
    async start(serverVersion, mostBytes) {
      if (running !== undefined)
        throw new Problem(409, 'recording', 'A recording runs', 'one at a time', { remedy: 'Stop it: session.stopRecording.' });
      if (folder === undefined)
        throw new Problem(409, 'no-folder', 'No folder for captures', 'this desk keeps no files', {
          remedy: 'Start it with --captures FOLDER.',
        });
      const since = timer.now();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${new Date(since).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}-${since % 1000}.ibcap`);
      const writer = await createCapture(file, { serverVersion, start: new Date(since) });
      running = { writer, file: basename(file), since, mostBytes, bytes: 0, waits: new Set(['in', 'out']), why: undefined };
      return shown(running, undefined);
    },
    stop: finish,
    async close() {
      if (running !== undefined) await finish();
    },
  };
}
