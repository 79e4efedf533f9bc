// The application itself: its clock, its groups of windows, its log.

import { describe, expect, it } from 'vitest';
import { createTerminal } from '../../../src/client/terminal/facade.js';
import { ClosedError } from '../../../src/client/wire/errors.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

describe('the clock', () => {
  it('in milliseconds from 197 on', async () => {
    const paper = await paperSession({ serverVersion: 197 });
    const time = createTerminal(paper.session).time();
    await settle();
    paper.say('currentTimeInMillis', { timeInMillis: 1_788_000_000_123 });
    await expect(time).resolves.toEqual(new Date(1_788_000_000_123));
  });

  it.each([
    [undefined, 'is missing'],
    [8_640_000_000_000_001, '8640000000000001 is no point in time'],
  ])('rejects with its words where %s is told', async (timeInMillis, reason) => {
    const paper = await paperSession();
    const time = createTerminal(paper.session).time();
    await settle();
    paper.say('currentTimeInMillis', { timeInMillis });
    await expect(time).rejects.toMatchObject({ code: 'DECODE', row: 'timeInMillis', reason });
  });

  it('in seconds before', async () => {
    const paper = await paperSession({ serverVersion: 196 });
    const answer = createTerminal(paper.session).time();
    await settle();
    paper.say('currentTime', { time: 1_788_000_000 });
    await expect(answer).resolves.toEqual(new Date(1_788_000_000_000));
  });
});

it.each([
  ['white', 'white'],
  [undefined, ''],
])('white branding %s', async (whiteBrandingId, id) => {
  const paper = await paperSession();
  const answer = createTerminal(paper.session).userInfo();
  const { reqId } = await asked(paper, 'reqUserInfo');
  paper.say('userInfo', { reqId, whiteBrandingId });
  await expect(answer).resolves.toBe(id);
});

describe('groups of windows', () => {
  it.each([
    ['3|1|2', [3, 1, 2]],
    ['', []],
    [undefined, []],
  ])('%s', async (groups, ids) => {
    const paper = await paperSession();
    const answer = createTerminal(paper.session).displayGroups();
    const { reqId } = await asked(paper, 'queryDisplayGroups');
    paper.say('displayGroupList', { reqId, groups });
    await expect(answer).resolves.toEqual(ids);
  });

  it('what a group shows comes as it is told, and can be changed under the id of the newest request', async () => {
    const paper = await paperSession();
    const link = createTerminal(paper.session).displayGroup(1);
    const seen: string[] = [];
    link.content.on((content) => void seen.push(content));
    const first = await asked(paper, 'subscribeToGroupEvents');
    paper.say('displayGroupUpdated', { reqId: first.reqId, contractInfo: '265598@SMART' });
    paper.say('displayGroupUpdated', { reqId: first.reqId });
    expect(seen).toEqual(['265598@SMART', '']);
    paper.cut();
    expect(() => link.show(1, 'SMART')).toThrow(ClosedError);
    await paper.timer.advance(500);
    const second = await asked(paper, 'subscribeToGroupEvents');
    link.show(272093, 'NASDAQ');
    expect((await asked(paper, 'updateDisplayGroup')).message).toEqual({ reqId: second.reqId, contractInfo: '272093@NASDAQ' });
    await link[Symbol.asyncDispose]();
    await asked(paper, 'unsubscribeFromGroupEvents');
    expect(() => link.show(1, 'SMART')).toThrow(ClosedError);
  });
});

it.each([
  ['system', 1],
  ['detail', 5],
] as const)('log level %s', async (level, logLevel) => {
  const paper = await paperSession();
  createTerminal(paper.session).logLevel(level);
  expect((await asked(paper, 'setServerLogLevel')).message).toEqual({ logLevel });
});
