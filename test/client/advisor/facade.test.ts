// An advisor's data: asked, and replaced as far as the server says so.

import { describe, expect, it } from 'vitest';
import { createAdvisor } from '../../../src/client/advisor/facade.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

it.each([
  ['<ListOfGroups/>', '<ListOfGroups/>'],
  [undefined, ''],
])('the XML as it is told: %s', async (xml, answer) => {
  const paper = await paperSession();
  const groups = createAdvisor(paper.session).xml('groups');
  await settle();
  paper.say('receiveFA', { faDataType: 1, xml });
  await expect(groups).resolves.toBe(answer);
});

describe('replacing', () => {
  const groups = [
    { name: 'A & B', defaultMethod: 'Ratio', accounts: [{ account: 'DU9000001', amount: '2' }, { account: 'DU9000002' }] },
  ];
  const cxml =
    '<?xml version="1.0" encoding="UTF-8"?><ListOfGroups><Group><name>A &amp; B</name><ListOfAccts varName="list">' +
    '<Account><acct>DU9000001</acct><amount>2</amount></Account><Account><acct>DU9000002</acct></Account></ListOfAccts>' +
    '<defaultMethod>Ratio</defaultMethod></Group></ListOfGroups>';

  it('is waited for where the server says when it is done', async () => {
    const paper = await paperSession();
    let isDone = false;
    const done = createAdvisor(paper.session)
      .replaceGroups(groups)
      .then(() => {
        isDone = true;
      });
    const { reqId, message } = await asked(paper, 'replaceFA');
    expect(message).toEqual({ reqId, faDataType: 1, cxml });
    expect(isDone).toBe(false);
    paper.say('replaceFAEnd', { reqId, text: 'done' });
    await done;
  });

  it('is only sent to older servers, which say nothing', async () => {
    const paper = await paperSession({ serverVersion: 156 });
    await createAdvisor(paper.session).replaceGroups(groups);
    expect((await asked(paper, 'replaceFA')).message).toEqual({ faDataType: 1, cxml });
  });
});

it.each([
  [
    'bare texts',
    '<ListOfAccts varName="list"><String>DU9000001</String><String>DU9000002</String></ListOfAccts>',
    [{ account: 'DU9000001' }, { account: 'DU9000002' }],
  ],
  [
    'with amounts',
    '<ListOfAccts><Account><acct>DU9000001</acct><amount>2</amount></Account><Account><acct>DU9000002</acct></Account></ListOfAccts>',
    [{ account: 'DU9000001', amount: '2' }, { account: 'DU9000002' }],
  ],
  ['none', '', []],
])('members of a group: %s', async (_what, list, accounts) => {
  const paper = await paperSession();
  const groups = createAdvisor(paper.session).groups();
  await settle();
  paper.say('receiveFA', {
    faDataType: 1,
    xml: `<ListOfGroups><Group><name>G</name>${list}<defaultMethod>Equal</defaultMethod></Group></ListOfGroups>`,
  });
  await expect(groups).resolves.toEqual([{ name: 'G', defaultMethod: 'Equal', accounts }]);
});
