// An error that cannot be read is never silent: it goes to the call or stream that it names, to the orders, or the session tells of it.

import { describe, expect, it } from 'vitest';
import { askOne } from '../../../src/client/conversation/ask.js';
import { openStream } from '../../../src/client/conversation/stream.js';
import { headTimestamp } from '../../../src/client/history/conversations.js';
import { quotes } from '../../../src/client/market/conversations.js';
import { incomingEncoder } from '../../../src/protocol/encode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { textFrame } from '../../helpers/text-frame.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';
import { damagedAtEachField } from './damaged-fields.js';

const REQ_ID = 10_000_000;
const ERROR = { errorCode: 200, errorString: 'No security definition', advancedOrderRejectJson: '{}', errorTime: 1 };

/** A session that writes down what it tells of messages and notices. */
async function listening(serverVersion: number): Promise<{ readonly paper: PaperSession; readonly told: unknown[] }> {
  const paper = await paperSession({ serverVersion });
  paper.session.reqIds.next = () => REQ_ID;
  const told: unknown[] = [];
  paper.session.listen('unreadable', (what) => void told.push(what));
  paper.session.listen('notice', (what) => void told.push(what));
  return { paper, told };
}

/** What a call says of an error by the time that all has been told. */
async function callHears(paper: PaperSession, frame: Uint8Array): Promise<unknown> {
  const call = askOne(paper.session, headTimestamp as never, {} as never).catch((error: unknown) => error);
  await settle();
  paper.hear(frame);
  const first = await Promise.race([call, settle().then(() => 'nothing')]);
  paper.session.close();
  await call;
  return first;
}

describe.each([176, 225])('an error at %i', (version) => {
  const damaged = (reqId: number) => damagedAtEachField('error', version, { reqId, ...ERROR } as never);

  it('damaged behind its id rejects the call that it names; damaged before it, it is told', async () => {
    const named: string[] = [];
    for (const { row, how, frame } of damaged(REQ_ID)) {
      const { paper, told } = await listening(version);
      const heard = await callHears(paper, frame);
      if (how === 'word' && row === 'version') continue; // nobody reads the version of an error
      expect(told[0]).toBeInstanceOf(DecodeError);
      const { id } = told[0] as DecodeError;
      if (id === undefined) expect(heard).toBe('nothing');
      else {
        expect(heard).toMatchObject({ code: 'DECODE', kind: 'error', id: REQ_ID });
        named.push(row);
      }
      expect(told).toHaveLength(1);
    }
    expect(new Set(named)).toEqual(
      new Set(['errorCode', 'errorString', 'advancedOrderRejectJson', ...(version > 200 ? ['errorTime'] : [])]),
    );
  });

  it('that names a stream is a hole in it, and asked for again', async () => {
    for (const { row, frame } of damaged(REQ_ID).filter(({ row }) => row === 'errorCode')) {
      const { paper, told } = await listening(version);
      const stream = openStream(paper.session, quotes as never, {} as never, { take: () => {} });
      await settle();
      paper.hear(frame);
      if ((told[0] as DecodeError).id !== undefined)
        expect([row, stream.state]).toMatchObject([row, { at: 'stale', cause: 'unreadable' }]);
      stream.close();
      paper.session.close();
    }
  });

  it('without a code is a notice, told with the id that it has', async () => {
    const none =
      version < 201
        ? textFrame(['4', '2', String(REQ_ID), '', 'words without a code', ''])
        : incomingEncoder(version).encode('error', { reqId: REQ_ID, errorString: 'words without a code' });
    const { paper, told } = await listening(version);
    expect(await callHears(paper, none)).toBe('nothing');
    expect(told).toMatchObject([{ code: 0, id: REQ_ID, text: 'words without a code' }]);
  });
});
