// Examples under the help of every command, and the groups in which the commands are listed.

interface Shown {
  readonly group: Group;
  /** Without the leading `ibwire`. */
  readonly examples: readonly string[];
}

type Group = 'Begin:' | 'Accounts:' | 'Prices:' | 'Orders:' | 'Gateways and captures:' | 'Measure:' | 'Your shell:';

export const shown: Readonly<Record<string, Shown>> = {
  demo: { group: 'Begin:', examples: ['demo', 'demo --recorded', 'demo --port 4002'] },
  doctor: { group: 'Begin:', examples: ['doctor', 'doctor --port 7497', 'doctor --simulate'] },
  status: { group: 'Begin:', examples: ['status', 'status --simulate --json'] },
  accounts: { group: 'Accounts:', examples: ['accounts', 'accounts --simulate'] },
  positions: {
    group: 'Accounts:',
    examples: ['positions', 'positions --account DU9000001 --no-prices', 'positions --simulate --json'],
  },
  summary: { group: 'Accounts:', examples: ['summary', 'summary --tags NetLiquidation,Cushion', 'summary --tags $LEDGER:ALL'] },
  pnl: { group: 'Accounts:', examples: ['pnl --once', 'pnl --account DU9000001 --seconds 60'] },
  quote: {
    group: 'Prices:',
    examples: ['quote AAPL 0700.HK EUR.USD', 'quote FUT:ES:202612@CME', 'quote AAPL --simulate --json'],
  },
  book: { group: 'Prices:', examples: ['book AAPL --rows 5 --seconds 10', 'book FUT:ES:202612@CME'] },
  bars: { group: 'Prices:', examples: ['bars AAPL --size 5m --duration 2d', 'bars EUR.USD --from 2026-01-01 --size 1d --csv'] },
  chain: {
    group: 'Prices:',
    examples: ['chain AAPL', 'chain AAPL --expiry next --strikes 4', 'chain IND:SPX@CBOE --class SPXW'],
  },
  scan: { group: 'Prices:', examples: ['scan', 'scan MOST_ACTIVE --rows 10 --above-price 20', 'scan --codes volume'] },
  news: { group: 'Prices:', examples: ['news AAPL'] },
  watch: { group: 'Prices:', examples: ['watch AAPL MSFT EUR.USD', 'watch AAPL --seconds 10 --interval 2', 'watch --full'] },
  order: { group: 'Orders:', examples: ['order preview buy 100 AAPL', 'order list'] },
  'order preview': {
    group: 'Orders:',
    examples: ['order preview buy 100 AAPL --limit 187.50', 'order preview sell 100 AAPL --simulate --account DU9000002'],
  },
  'order place': {
    group: 'Orders:',
    examples: ['order place buy 100 AAPL --limit 187.50', 'order place sell 50 AAPL --trail-percent 2 --tif GTC --yes'],
  },
  'order list': { group: 'Orders:', examples: ['order list', 'order list --executions'] },
  'order cancel': { group: 'Orders:', examples: ['order cancel 12', 'order cancel --all'] },
  record: { group: 'Gateways and captures:', examples: ['record session.ibcap --port 4002', 'record session.ibcap --simulate'] },
  replay: {
    group: 'Gateways and captures:',
    examples: [
      'replay session.ibcap --pace recorded',
      'replay before.ibcap after.ibcap --diff',
      'replay session.ibcap --to-json --from 90s --to 2m',
      'replay session.ibcap --redact shared.ibcap --hide "Growth Pot"',
    ],
  },
  simulate: {
    group: 'Gateways and captures:',
    examples: ['simulate', 'simulate --accounts all --seed 7', 'simulate --fault "at 5s cut" --fault "on reqMktData never"'],
  },
  explain: { group: 'Gateways and captures:', examples: ['explain 10197', 'explain session.ibcap --direction out'] },
  bench: { group: 'Measure:', examples: ['bench', 'bench --seconds 2 --json'] },
  completion: { group: 'Your shell:', examples: ['completion bash', 'completion zsh', 'completion fish'] },
};

/** The lines under the help of a command; undefined: it has no examples. */
export function examplesText(name: string): string | undefined {
  const lines = shown[name]?.examples.map((line) => `  ibwire ${line}`);
  return lines === undefined ? undefined : `\nExamples:\n${lines.join('\n')}`;
}
