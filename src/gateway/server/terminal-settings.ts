// Settings of TWS and IB Gateway that change what their messages mean: one line each, for the simulator, the doctor and docs/settings.md.

/** Zones that the times of an instrument can be told in: its own, that of the host, or UTC. */
export const TOLD_ZONES: readonly TerminalSettings['sendInstrumentTimezone'][] = ['instrument', 'operator', 'UTC'];

/** Each by its field of `ApiSettingsConfig`, which is told from server 219 on. */
export interface TerminalSettings {
  /** The one that has no field. */
  readonly ledgerPrefix: boolean;
  readonly compatibilityModeNasdaqStocks: boolean;
  readonly sendMarketDataInLotsForUsStocks: boolean;
  readonly sendInstrumentTimezone: 'instrument' | 'operator' | 'UTC';
  readonly roundAccountValuesToNearestWholeNumber: boolean;
  readonly sendZeroPositionsForTodayOnly: boolean;
  readonly includeVirtualFxPositions: boolean;
  readonly showForexDataIn1_10Pips: boolean;
  readonly allowForexTradingIn1_10Pips: boolean;
  readonly splitInsuredDepositFromCashBalance: boolean;
  readonly letApiAccountRequestsSwitchSubscription: boolean;
  readonly maintainAndResubmitOrdersOnReconnect: boolean;
  readonly maintainConnectionOnIncorrectFields: boolean;
}

export interface TerminalSetting<T> {
  /** As the settings dialog names it. */
  readonly title: string;
  /** Whether the configuration can be asked for it (server 219 on). */
  readonly isReadable: boolean;
  /** What the simulated gateway has when nothing is said. */
  readonly fallback: T;
  /** What changes in the messages when it is on, or has another value. */
  readonly changes: string;
  /** What ibwire makes of it without being told. */
  readonly ibwire: string;
  /** The value that the doctor speaks of, and what to do about it; absent where both are well. */
  readonly watch?: { readonly at: T; readonly todo: string };
}

/** limits §15.3. */
export const terminalSettings: { readonly [K in keyof TerminalSettings]: TerminalSetting<TerminalSettings[K]> } = {
  ledgerPrefix: {
    title: 'Prepend "$LEDGER-" prefix to per-currency account values',
    isReadable: false,
    fallback: false,
    changes: 'the keys of per-currency rows of both account updates begin with `$LEDGER-`; on for new users from API 10.47 on',
    ibwire: 'takes the prefix off; without it, AccruedCash of the account and of its currency are told apart by their order',
  },
  compatibilityModeNasdaqStocks: {
    title: 'Compatibility mode: send ISLAND for US stocks on NASDAQ',
    isReadable: true,
    fallback: false,
    changes: 'exchanges of US stocks read ISLAND where they read NASDAQ',
    ibwire: 'passes the names on; contracts go back by conId',
    watch: { at: true, todo: 'Programs that compare exchanges have to know ISLAND; switch it off unless one needs it.' },
  },
  sendMarketDataInLotsForUsStocks: {
    title: 'Send market data in lots for US stocks',
    isReadable: true,
    fallback: false,
    changes: 'sizes and volumes of quotes, books and bars of US stocks count lots, not shares',
    ibwire: 'passes the sizes on: no message tells lots from shares',
    watch: { at: true, todo: 'Sizes of US stocks are lots of 100 or fewer shares: switch it off to get shares.' },
  },
  sendInstrumentTimezone: {
    title: 'Send instrument time zone',
    isReadable: true,
    fallback: 'instrument',
    changes: 'the zone of times in bars, executions and ended orders: its own (`instrument`), of the host (`operator`), or `UTC`',
    ibwire: 'asks bars in epoch seconds and reads every zone it is told',
  },
  roundAccountValuesToNearestWholeNumber: {
    title: 'Round account values to the nearest whole number',
    isReadable: true,
    fallback: false,
    changes: 'account values come without cents',
    ibwire: 'passes them on; account rules read the least that was meant: half a unit less',
    watch: {
      at: true,
      todo: 'Cash and margin are off by up to half a unit of their currency: switch it off before you trade by them.',
    },
  },
  sendZeroPositionsForTodayOnly: {
    title: 'Send zero positions for today only',
    isReadable: true,
    fallback: false,
    changes: 'positions that were closed before today are listed with 0, or not at all',
    ibwire: 'takes a position of 0 for none',
  },
  includeVirtualFxPositions: {
    title: 'Include virtual FX positions',
    isReadable: true,
    fallback: true,
    changes: 'currency pairs that were traded are listed as positions',
    ibwire: 'lists what is told; account rules read cash from the ledgers',
  },
  showForexDataIn1_10Pips: {
    title: 'Show forex in 1/10 pips',
    isReadable: true,
    fallback: true,
    changes: 'prices of currency pairs are told in parts of a pip, or in whole pips',
    ibwire: 'takes price steps from contract details and market rules',
  },
  allowForexTradingIn1_10Pips: {
    title: 'Allow forex in 1/10 pips',
    isReadable: true,
    fallback: true,
    changes: 'orders for currency pairs may be priced in parts of a pip, or in whole pips; their details tell the step',
    ibwire: 'takes price steps from contract details and market rules',
  },
  splitInsuredDepositFromCashBalance: {
    title: 'Split insured deposit from cash balance',
    isReadable: true,
    fallback: false,
    changes: 'a part of the dollars is not in the cash balances of the ledgers (simulated: up to 250,000 of what has settled)',
    ibwire: 'counts as cash what the ledgers say: less than there is, never more',
    watch: { at: true, todo: 'Account rules see less cash than there is: switch it off when they refuse too much.' },
  },
  letApiAccountRequestsSwitchSubscription: {
    title: 'Let API account requests switch subscription',
    isReadable: true,
    fallback: false,
    changes: 'account updates of another account take the stream over (2100) or are refused (2101)',
    ibwire: 'ends the stream that lost, with the code',
  },
  maintainAndResubmitOrdersOnReconnect: {
    title: 'Maintain and resubmit orders on reconnect',
    isReadable: true,
    fallback: true,
    changes: 'orders that are sent while the broker is away are kept and sent later, or refused',
    ibwire: 'says `degraded` while the broker is away, and compares its orders with the gateway when it is back',
    watch: { at: false, todo: 'Orders that are sent while the broker is away are refused: send them again when it is back.' },
  },
  maintainConnectionOnIncorrectFields: {
    title: 'Maintain connection on incorrect fields',
    isReadable: true,
    fallback: false,
    changes: 'a request that cannot be read is answered with 320, and the connection is kept or ended',
    ibwire: 'reconnects when it is ended; the request that was at fault fails with 320',
  },
};

/** The names, in the order of the table. */
export const SETTING_NAMES = Object.keys(terminalSettings) as readonly (keyof TerminalSettings)[];

/** All settings, those that nobody gave as they are by default. */
export function settingsAs(given: Partial<TerminalSettings> = {}): TerminalSettings {
  const fallbacks = Object.fromEntries(SETTING_NAMES.map((name) => [name, terminalSettings[name].fallback]));
  return { ...fallbacks, ...given } as TerminalSettings;
}
