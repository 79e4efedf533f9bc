// Writes docs/settings.md from the table of terminal settings: npx tsx scripts/settings-docs.ts
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { SETTING_NAMES, terminalSettings } from '../src/gateway/server/terminal-settings.js';

/** The page as the table says it. */
export function settingsPage(): string {
  const rows = SETTING_NAMES.map((name) => {
    const { title, isReadable, changes, ibwire, fallback } = terminalSettings[name];
    const field = isReadable ? `\`${name}\`` : 'none';
    return `| ${title} | ${field} | ${changes} | ${ibwire} | \`${name}: ${String(fallback)}\` |`;
  });
  return [
    '# Settings of the terminal that change what messages mean',
    '',
    'Settings of TWS and IB Gateway. `ibwire doctor` names those that are set so that you should know, where the gateway can be',
    'asked (server 219 on). The simulated gateway acts by all of them. It takes them as `simulate({ terminal: { … } })`, with the value that is given here',
    'when nothing is said; `updateConfig` changes them. Written by `scripts/settings-docs.ts`.',
    '',
    '| setting | field of the configuration | what changes | what ibwire does | simulated gateway |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'Order presets (time in force and more) are no part of the configuration: an order that they change is told by 10349 or 10233,',
    'and what was told of it counts. The simulated gateway has `simulate({ orders: { presetTif: true } })`.',
    '',
  ].join('\n');
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('../docs/settings.md', import.meta.url), settingsPage());
