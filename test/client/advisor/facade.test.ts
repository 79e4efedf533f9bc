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

it('members are read with their entities', async () => {
  const paper = await paperSession();
  const groups = createAdvisor(paper.session).groups();
  await settle();
  const list = '<ListOfAccts varName="list"><String>DU9 &amp; 1</String></ListOfAccts>';
  paper.say('receiveFA', { faDataType: 1, xml: `<ListOfGroups><Group><name>A &lt; B</name>${list}</Group></ListOfGroups>` });
  await expect(groups).resolves.toEqual([{ name: 'A < B', defaultMethod: '', accounts: [{ account: 'DU9 & 1' }] }]);
});

it('aliases are found by account, and an answer of another kind is not theirs', async () => {
  const paper = await paperSession();
  const aliases = createAdvisor(paper.session).aliases();
  await settle();
  paper.say('receiveFA', { faDataType: 1, xml: '<ListOfGroups/>' });
  const alias = '<AccountAlias><account>DU9000001</account><alias>Roth &amp; co</alias></AccountAlias>';
  paper.say('receiveFA', { faDataType: 3, xml: `<ListOfAccountAliases>${alias}</ListOfAccountAliases>` });
  expect([...(await aliases)]).toEqual([['DU9000001', 'Roth & co']]);
});

it('every sign that means something in XML is written as what it stands for', async () => {
  const paper = await paperSession({ serverVersion: 156 });
  const sign = `<&>"`;
  const accounts = [{ account: sign, amount: sign }];
  await createAdvisor(paper.session).replaceGroups([{ name: sign, defaultMethod: sign, accounts }]);
  const { message } = await asked(paper, 'replaceFA');
  expect(String(message['cxml']).split('&lt;&amp;&gt;&quot;')).toHaveLength(5);
});

it('a server from 157 on says when it is done, and the call waits for its own deadline only', async () => {
  const paper = await paperSession({ serverVersion: 157 });
  const { replaceGroups, groups, aliases } = createAdvisor(paper.session);
  const calls = [replaceGroups([], { timeout: 70 }), groups({ timeout: 70 }), aliases({ timeout: 70 })].map((call) =>
    call.catch((error: unknown) => error),
  );
  await settle();
  await paper.timer.advance(80);
  for (const call of calls) expect(await call).toMatchObject({ code: 'TIMEOUT' });
});
