// The gateway under a glass: the doctor, and recordings of what is said to it.

import * as z from 'zod';
import { examine } from '../session/doctor.js';
import type { Captured } from '../session/recording.js';
import { command } from './command.js';
import { empty, instant } from './schemas.js';

const doctor = command({
  name: 'session.doctor',
  need: 'operate',
  title: 'The doctor',
  text: 'Looks at the session step by step: port, version, accounts, read-only, clock, market data, farms. Without a session at a port.',
  input: z.strictObject({
    host: z.string().max(255).default('127.0.0.1'),
    port: z.int().min(1).max(65_535).default(4002),
    clientId: z.int().min(0).max(999_999).default(990).describe('For the session of a moment, where there is none'),
    symbol: z.string().min(1).max(40).default('AAPL').describe('Whose quote is tried'),
  }),
  output: z.object({
    checks: z.array(
      z.object({
        step: z.string(),
        state: z.enum(['ok', 'note', 'warning', 'failed']),
        says: z.string(),
        todo: z.string().optional(),
      }),
    ),
  }),
  run: async (asked, { desk }) => ({ checks: [...(await examine(desk, asked))] }),
});

const captureOut = z.object({
  file: z.string().describe('In the folder of captures'),
  since: instant,
  until: instant.optional().describe('Absent while it runs'),
  bytes: z.int(),
  isRedacted: z.literal(true).describe('Account numbers, names and order references are replaced on the way to disk'),
  why: z.string().optional().describe('Why it ended by itself'),
});

const shown = ({ file, since, until, bytes, isRedacted, why }: Captured): z.input<typeof captureOut> => ({
  file,
  since: new Date(since).toISOString(),
  ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  bytes,
  isRedacted,
  ...(why === undefined ? {} : { why }),
});

const record = command({
  name: 'session.record',
  need: 'operate',
  title: 'Record the session',
  text: 'Writes what this session and the gateway say to each other into a capture, redacted, until it is stopped or big enough.',
  input: z.strictObject({ megabytes: z.int().min(1).max(10_000).default(500).describe('It ends by itself at this size') }),
  output: captureOut,
  run: async ({ megabytes }, { desk }) =>
    shown(await desk.recording.start(desk.connection.need().ib.serverVersion, megabytes * 1e6)),
});

const stopRecording = command({
  name: 'session.stopRecording',
  need: 'operate',
  title: 'Stop recording',
  text: 'Ends the recording that runs. The file can be read with `ibwire explain` and played with `ibwire replay`.',
  input: empty,
  output: captureOut,
  run: async (_, { desk }) => shown(await desk.recording.stop()),
});

const recording = command({
  name: 'session.recording',
  need: 'read',
  title: 'The recording',
  text: 'The recording that runs, and the last one of this desk.',
  input: empty,
  output: z.object({ current: captureOut.optional(), last: captureOut.optional() }),
  async run(_, { desk }) {
    const { current, last } = desk.recording;
    return {
      ...(current === undefined ? {} : { current: shown(current) }),
      ...(last === undefined ? {} : { last: shown(last) }),
    };
  },
});

export const gatewayCommands = [doctor, record, stopRecording, recording] as const;
