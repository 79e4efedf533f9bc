// What `ibwire-web` understands.

import { Command, InvalidArgumentError } from 'commander';
import { isPaper, type OrderDraft, symbol } from 'ibwire';
import { decisionOf } from 'ibwire/rules';
import type { WebPreview } from '../orders/face.js';
import { fingerprintAt } from '../transport/pin.js';
import { type ConnectionOptions, type Opened, opened } from './connection.js';
import { CliError, EXIT } from './exit.js';
import { grouped, type Io, legibleIo, table, tellError } from './print.js';
import { serveSimulated } from './serve.js';

interface Common extends ConnectionOptions {
  readonly json?: boolean;
}

const port = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('a port from 0 to 65535');
  return Number(text);
};
const seconds = (text: string): number => {
  if (!(Number(text) > 0 && Number(text) <= 86_400)) throw new InvalidArgumentError('seconds, above 0');
  return Number(text) * 1000;
};
const decimal = (text: string): string => {
  if (!/^\d{1,15}(\.\d{1,10})?$/.test(text)) throw new InvalidArgumentError('a decimal number, such as 187.50');
  return text;
};

/** Runs a command line. Resolves with the exit code; nothing is thrown. */
export async function runCli(args: readonly string[], terminal: Io): Promise<number> {
  const io = legibleIo(terminal);
  const env = io.env ?? {};
  const asJson = args.includes('--json');
  const program = new Command('ibwire-web')
    .description("Interactive Brokers' Web API: the gateway on this machine, or the hosted one")
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => asJson || io.err(text.trimEnd()) })
    .configureHelp({ helpWidth: 80 });

  const command = (parent: Command, name: string, description: string, ...examples: readonly string[]): Command =>
    parent
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .option('--json', 'for programs: one JSON document; errors as an object on stderr')
      .addHelpText('after', `\nExamples:\n${examples.map((one) => `  ibwire-web ${one}`).join('\n')}`);
  const connected = (made: Command): Command =>
    made
      .option('--base <url>', 'default https://localhost:5000/v1/api (IBWIRE_WEB_BASE)', env['IBWIRE_WEB_BASE'])
      .option(
        '--fingerprint <hex>',
        "of the gateway's own certificate, as the command fingerprint prints it (IBWIRE_WEB_FINGERPRINT)",
        env['IBWIRE_WEB_FINGERPRINT'],
      )
      .option('--sign-in <file>', 'OAuth at the hosted API: a file that says how (IBWIRE_WEB_SIGN_IN)', env['IBWIRE_WEB_SIGN_IN'])
      .option('--compete', 'take the brokerage session from another login')
      .option('--simulate', 'a simulated web gateway in this process: no account needed')
      .option('--timeout <seconds>', 'longest wait for a session, and for each answer', seconds, 30_000);
  const put = (options: Common, data: unknown, text: () => string): void =>
    io.out(options.json === true ? JSON.stringify(data, null, 2) : text());
  const within = async <T>(options: Common, work: (session: Opened) => Promise<T>, more = {}, isPatient = false): Promise<T> => {
    const session = await opened(options, io, more, isPatient);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  };

  connected(command(program, 'status', 'whether there is a session, and whose', 'status', 'status --simulate --json')).action(
    async (options: Common) => {
      await within(
        options,
        async ({ web, base, accounts }) => {
          const { state } = web;
          const data = { base, state, accounts: accounts.map((account) => ({ account, isPaper: isPaper(account) })) };
          const named = accounts.map((account) => `${account} (${isPaper(account) ? 'paper' : 'live'})`).join(' ');
          put(options, data, () =>
            table(
              ['Session', ''],
              [
                ['address', base],
                ['state', 'why' in state && state.why !== '' ? `${state.at}: ${state.why}` : state.at],
                ['accounts', named || undefined],
              ],
            ),
          );
          if (state.at !== 'ready') code = EXIT.connect;
        },
        {},
        true,
      );
    },
  );

  connected(command(program, 'accounts', 'accounts of the login, with their cash', 'accounts', 'accounts --simulate')).action(
    async (options: Common) =>
      within(options, async ({ web, accounts }) => {
        const rows: { account: string; isPaper: boolean; cash: readonly { currency: string; cash: string }[] }[] = [];
        for (const account of accounts) {
          const cash = [...(await web.accounts.cash(account, options))].map(([currency, amount]) => ({
            currency,
            cash: amount.toFixed(),
          }));
          rows.push({ account, isPaper: isPaper(account), cash });
        }
        put(options, rows, () =>
          table(
            ['account', 'kind', 'currency', '>cash'],
            rows.flatMap(({ account, isPaper: paper, cash }) =>
              (cash.length === 0 ? [{ currency: undefined, cash: undefined }] : cash).map((one) => [
                account,
                paper ? 'paper' : 'live',
                one.currency,
                grouped(one.cash),
              ]),
            ),
          ),
        );
      }),
  );

  connected(command(program, 'positions', 'what the accounts hold', 'positions', 'positions --account DU9000001 --json'))
    .option('--account <account>', 'one of them')
    .action(async (options: Common & { readonly account?: string }) =>
      within(options, async ({ web }) => {
        const { account, timeout } = options;
        const found = await web.accounts.positions({ timeout, ...(account !== undefined && { account }) });
        const rows = found.map(({ account: of, contract, position, avgCost }) => ({
          account: of,
          conId: contract.conId,
          symbol: contract.symbol,
          secType: contract.secType,
          quantity: position.toFixed(),
          averageCost: avgCost?.toFixed(),
          currency: contract.currency,
        }));
        put(options, rows, () =>
          table(
            ['account', 'contract', 'type', '>quantity', '>average cost', 'currency'],
            rows.map((row) => [
              row.account,
              row.symbol ?? `conId ${row.conId}`,
              row.secType,
              grouped(row.quantity),
              grouped(row.averageCost),
              row.currency,
            ]),
          ),
        );
      }),
    );

  connected(command(program, 'quote', 'prices at this moment', 'quote AAPL EUR.USD', 'quote AAPL --simulate --json'))
    .argument('<symbols...>', 'such as AAPL 0700.HK EUR.USD')
    .action(async (symbols: readonly string[], options: Common) =>
      within(options, async ({ web }) => {
        const { timeout } = options;
        const rows = await Promise.all(
          symbols.map(async (word) => {
            const contract = await web.contracts.qualify(symbol(word.toUpperCase()), { timeout });
            const quote = await web.market.snapshot(contract, { timeout });
            const number = (tick: { readonly value: unknown } | undefined): number | undefined =>
              typeof tick?.value === 'number' ? tick.value : undefined;
            const { bid, bidSize, ask, askSize, last, volume, dataType } = quote;
            return {
              symbol: word.toUpperCase(),
              conId: contract.conId,
              bid: number(bid),
              bidSize: number(bidSize),
              ask: number(ask),
              askSize: number(askSize),
              last: number(last),
              volume: number(volume),
              prices: dataType,
            };
          }),
        );
        const shown = (value: number | undefined): string | undefined =>
          value === undefined ? undefined : grouped(String(value));
        put(options, rows, () =>
          table(
            ['symbol', '>bid size', '>bid', '>ask', '>ask size', '>last', '>volume', 'prices'],
            rows.map((row) => [
              row.symbol,
              ...[row.bidSize, row.bid, row.ask, row.askSize, row.last, row.volume].map(shown),
              row.prices,
            ]),
          ),
        );
      }),
    );

  const order = program.command('order').description('orders: what the rules and the broker would say');
  connected(
    command(
      order,
      'preview',
      'what rules and broker say of an order: nothing is sent to the market',
      'order preview buy 100 AAPL --limit 187.50',
      'order preview sell 100 AAPL --simulate --account DU9000002',
    ),
  )
    .argument('<action>', 'buy or sell')
    .argument('<quantity>', 'how many', decimal)
    .argument('<symbol>', 'such as AAPL or EUR.USD')
    .option('--limit <price>', 'at this price or better; without any price a market order', decimal)
    .option('--stop <price>', 'once this price trades', decimal)
    .option('--tif <tif>', 'DAY, GTC, IOC', 'DAY')
    .option('--outside-rth', 'outside regular trading hours too')
    .option('--account <account>', 'needed where the login has several', env['IBWIRE_ACCOUNT'])
    .option('--kind <kind>', 'how the account is financed: cash, reg-t, portfolio-margin, ira-cash, ira-margin')
    .action(async (action: string, quantity: string, word: string, options: PreviewOptions) => {
      const draft = draftOf(action, quantity, options);
      const { account, kind, timeout } = options;
      const kinds = kind === undefined || account === undefined ? undefined : { [account]: kind };
      if (kind !== undefined && account === undefined)
        throw new CliError(EXIT.usage, '--kind is of an account.', 'Name it with --account.');
      await within(
        options,
        async ({ web }) => {
          const contract = await web.contracts.qualify(symbol(word.toUpperCase()), { timeout });
          const how = { timeout, ...(account !== undefined && { account }) };
          const findings = await web.orders.judge(contract, draft, how);
          const decision = decisionOf(findings);
          // What the rules refuse, the broker may refuse to try.
          const tried = await web.orders.preview(contract, draft, how).catch((error: unknown) => {
            if (decision === 'reject' && error instanceof Error) return { rejectReason: error.message };
            throw error;
          });
          const { initMarginChange, maintMarginChange, warningText, commission, commissionCurrency, rejectReason } =
            tried as Partial<WebPreview>;
          const cost = commission?.amount?.toFixed() ?? commission?.max?.toFixed();
          const data = {
            decision,
            findings,
            commission: cost,
            commissionCurrency,
            initMarginChange,
            maintMarginChange,
            warningText,
            rejectReason,
          };
          put(options, data, () =>
            table(
              ['Order', ''],
              [
                ['decision', decision],
                ...findings.map((one) => [one.code, `${one.message} ${one.remedy}`.trim()]),
                ['commission', cost === undefined ? undefined : `${cost} ${commissionCurrency ?? ''}`.trim()],
                ['initial margin', initMarginChange],
                ['maintenance margin', maintMarginChange],
                ...(warningText === undefined ? [] : [['broker', warningText]]),
                ...(rejectReason === undefined ? [] : [['broker', rejectReason]]),
              ],
            ),
          );
          if (decision === 'reject') code = EXIT.refused;
        },
        { orders: kinds === undefined ? {} : { kinds } },
      );
    });

  command(
    program,
    'fingerprint',
    'SHA-256 of the certificate of a gateway on this machine',
    'fingerprint',
    'fingerprint --port 5001',
  )
    .option('--host <name>', 'default localhost', 'localhost')
    .option('--port <number>', 'default 5000', port, 5000)
    .action(async ({ host, port: at, json }: { host: string; port: number; json?: boolean }) => {
      const fingerprint = await fingerprintAt(host, at);
      io.out(json === true ? JSON.stringify({ host, port: at, fingerprint }) : fingerprint);
    });

  command(
    program,
    'simulate',
    'a web gateway without an account, and the socket gateway before the same world',
    'simulate',
    'simulate --port 0 --json',
  )
    .option('--port <number>', 'of the web gateway; 0 is a free one', port, 5000)
    .option('--socket-port <number>', 'of the socket gateway; 0 is a free one', port, 0)
    .action(async (options: { port: number; socketPort: number; json?: boolean }) => serveSimulated(options, io));

  let code: number = EXIT.ok;
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    const isCommander = error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');
    // Commander has written it already, but for programs.
    if (isCommander && (!asJson || 'exitCode' in error === false || error.exitCode === 0)) {
      return 'exitCode' in error && error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    return tellError(error, asJson, io);
  }
}

interface PreviewOptions extends Common {
  readonly limit?: string;
  readonly stop?: string;
  readonly tif: string;
  readonly outsideRth?: boolean;
  readonly account?: string;
  readonly kind?: string;
}

function draftOf(action: string, quantity: string, { limit, stop, tif, outsideRth }: PreviewOptions): OrderDraft {
  const side = action.toUpperCase();
  if (side !== 'BUY' && side !== 'SELL') throw new CliError(EXIT.usage, `'${action}' is neither buy nor sell.`);
  const orderType = stop === undefined ? (limit === undefined ? 'MKT' : 'LMT') : limit === undefined ? 'STP' : 'STP LMT';
  return {
    action: side,
    orderType,
    totalQuantity: quantity,
    tif: tif.toUpperCase(),
    ...(limit !== undefined && { lmtPrice: Number(limit) }),
    ...(stop !== undefined && { auxPrice: Number(stop) }),
    ...(outsideRth === true && { outsideRth }),
  } as OrderDraft;
}
