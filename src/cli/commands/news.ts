// `ibwire news [SYMBOL]`: headlines of an instrument, an article, or the news providers of the login.

import type { Command } from 'commander';
import type { Headline } from '../../client/news/facade.js';
import { visibleText } from '../../protocol/visible-text.js';
import { articleText } from '../article-text.js';
import { instantOf } from '../bar-words.js';
import { contractOf } from '../contract-argument.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { type GatewayOptions, seconds, whole, withGatewayOptions } from '../options.js';
import { bold, dim, roomOf, table } from '../print.js';
import { type Work, withSession } from '../session/with-session.js';
import { jsonLine, show } from '../show.js';
import { streaming } from '../streaming.js';

interface Options extends GatewayOptions {
  readonly provider?: string;
  readonly limit: number;
  readonly from?: string;
  readonly to?: string;
  readonly live?: boolean;
  readonly article?: string;
  readonly seconds?: number;
}

export function addNews(program: Command, io: Io): void {
  withGatewayOptions(
    program
      .command('news')
      .argument('[symbol]', 'headlines of this instrument; without it, the news providers of the login')
      .description('headlines of the past or as they come, and articles'),
  )
    .option('--provider <codes>', 'providers, separated by commas; unset: all of the login')
    .option('--limit <count>', 'most headlines', whole(1, 300), 20)
    .option('--from <instant>', 'from here on: 2026-09-01 or 2026-09-02T14:30 (UTC)')
    .option('--to <instant>', 'up to here')
    .option('--live', 'headlines as they come')
    .option('--seconds <seconds>', 'with --live: end after this time; unset: Ctrl-C', seconds)
    .option('--article <provider:id>', 'the text of one article; quote it, ids hold a $')
    .action((symbol: string | undefined, options: Options) =>
      withSession(io, options, (work) => {
        if (options.article !== undefined) return article(io, work, options.article, options);
        if (symbol === undefined) return providers(io, work, options);
        return options.live === true ? live(io, work, symbol, options) : headlines(io, work, symbol, options);
      }),
    );
}

async function providers(io: Io, { ib, call }: Work, options: Options): Promise<void> {
  const found = await ib.news.providers(call);
  const rows = found.map(({ code, name }) => [code, name]);
  show(io, options.json, found, () =>
    rows.length === 0 ? dim('  the login has no news providers') : table(['code', 'provider'], rows),
  );
}

async function article(io: Io, { ib, call }: Work, words: string, options: Options): Promise<void> {
  const at = words.indexOf(':');
  const found = await ib.news.article(words.slice(0, at), at < 0 ? words : words.slice(at + 1), call);
  if (options.json !== true && found.type === 'pdf')
    throw new CliError(EXIT.failure, 'This article is a PDF.', 'With --json its base64 comes as `text`.');
  show(io, options.json, found, () => articleText(found.text));
}

async function codesOf({ ib, call }: Work, options: Options): Promise<readonly string[]> {
  if (options.provider !== undefined) return options.provider.split(',').map((code) => code.trim().toUpperCase());
  const codes = (await ib.news.providers(call)).map(({ code }) => code);
  if (codes.length === 0) throw new CliError(EXIT.failure, 'The login has no news providers.');
  return codes;
}

async function headlines(io: Io, work: Work, word: string, options: Options): Promise<void> {
  const { ib, call } = work;
  const [contract, codes] = await Promise.all([ib.contracts.qualify(contractOf(word), call), codesOf(work, options)]);
  const found = await ib.news.historical(contract.conId, {
    ...call,
    providers: codes,
    limit: options.limit,
    ...(options.from === undefined ? {} : { from: instantOf(options.from) }),
    ...(options.to === undefined ? {} : { to: instantOf(options.to) }),
  });
  show(io, options.json, found, () => textOf(found.headlines, found.hasMore, roomOf(io)));
}

async function live(io: Io, work: Work, word: string, options: Options): Promise<void> {
  const { ib } = work;
  const stream = ib.news.live(contractOf(word), { providers: await codesOf(work, options) });
  stream.on((headline) => io.out(options.json === true ? jsonLine(headline) : lineOf(headline)));
  await streaming(io, [stream], options.seconds);
}

const timeOf = (time: Date | undefined): string => time?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

function textOf(found: readonly Headline[], hasMore: boolean, room: number): string {
  if (found.length === 0) return dim('  no headlines');
  const rows = found.map(({ time, providerCode, articleId, text }) => [
    timeOf(time),
    text,
    dim(articleOf(providerCode, articleId)),
  ]);
  const more = hasMore ? dim('\n  … and more: --limit, --to') : '';
  return `${table(['time (UTC)', 'headline', 'article'], rows, room)}${more}`;
}

/** As `--article` takes it. */
function articleOf(provider: string, id: string): string {
  return id === '' ? '' : `${provider}:${id}`;
}

function lineOf({ time, providerCode, articleId, text }: Headline): string {
  return `${timeOf(time)}  ${bold(visibleText(text))}  ${dim(visibleText(articleOf(providerCode, articleId)))}`;
}
