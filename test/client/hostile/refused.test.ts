// Whatever a call or a stream is refused for, it leaves no timer, no id, no turn and no listener behind. What users give is refused
// before there is a call: test/face/options.test.ts.

import { describe, expect, it } from 'vitest';
import { askList, askOne } from '../../../src/client/conversation/ask.js';
import { openStream } from '../../../src/client/conversation/stream.js';
import { turnsTaken } from '../../../src/client/conversation/turns.js';
import type { Call } from '../../../src/client/core.js';
import { AdmissionError } from '../../../src/client/wire/errors.js';
import { TooOldError } from '../../../src/protocol/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { type Spec, specs } from '../conversations.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

/** What it ends with; undefined while it goes on. */
async function endOf({ session }: PaperSession, spec: Spec, call: Call): Promise<unknown> {
  let end: unknown;
  const ended = (error: unknown): void => {
    end = error;
  };
  try {
    if (spec.shape === 'stream') void openStream(session, spec as never, {} as never, { take: () => {} }, call).ended.then(ended);
    else if (spec.shape === 'one') void askOne(session, spec as never, {} as never, call).catch(ended);
    else void askList(session, spec as never, {} as never, call).catch(ended);
  } catch (error) {
    ended(error);
  }
  await settle();
  return end;
}

function heldBy({ session, timer }: PaperSession): object {
  const { router, calls, live } = session;
  return {
    timers: timer.pending,
    ids: router.openRequests,
    kinds: router.waitingByKind,
    calls: calls.size,
    live: live.size,
    turns: turnsTaken(session),
  };
}

interface Reason {
  readonly code: string;
  prepare(paper: PaperSession): void;
}

const reasons: Readonly<Record<string, Reason>> = {
  'no connection': {
    code: 'CLOSED',
    prepare(paper) {
      paper.isReachable = false;
      paper.cut();
    },
  },
  'a session that is closed': { code: 'CLOSED', prepare: ({ session }) => session.close() },
  'a budget that is spent': {
    code: 'ADMISSION',
    prepare({ session }) {
      session.gatekeeper.admit = (asked) => Promise.reject(new AdmissionError(asked, { budget: 'rate', because: 'spent' }));
    },
  },
  'a budget that is spent, said at once': {
    code: 'ADMISSION',
    prepare({ session }) {
      session.gatekeeper.admit = (asked) => {
        throw new AdmissionError(asked, { budget: 'rate', because: 'spent' });
      };
    },
  },
  'a message that the server is too old for': {
    code: 'TOO_OLD',
    prepare({ session }) {
      session.send = (kind) => {
        throw new TooOldError(kind, '', 999, 225);
      };
    },
  },
};

describe.each(Object.entries(reasons))('refused for %s', (_, { code, prepare }) => {
  it.each(specs)('%s leaves nothing', async (_, spec) => {
    const paper = await paperSession();
    prepare(paper);
    await settle();
    const before = heldBy(paper);
    expect(await endOf(paper, spec, {})).toMatchObject({ code });
    expect(heldBy(paper)).toEqual(before);
    paper.session.close();
  });
});

describe('a signal that is aborted already', () => {
  it.each(specs)('%s leaves nothing', async (_, spec) => {
    const paper = await paperSession();
    const before = heldBy(paper);
    expect(await endOf(paper, spec, { signal: AbortSignal.abort(new Error('enough')) })).toMatchObject({ message: 'enough' });
    expect(heldBy(paper)).toEqual(before);
    paper.session.close();
  });
});
