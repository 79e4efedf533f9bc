// Settings of TWS and IB Gateway that change what their messages mean: one line each, for the simulator, the doctor and docs/settings.md.

/** Each by its field of `ApiSettingsConfig`, which is told from server 219 on. */
export interface TerminalSettings {
  /** The one that has no field. */
  readonly ledgerPrefix: boolean;
  readonly compatibilityModeNasdaqStocks: boolean;
  readonly sendMarketDataInLotsForUsStocks: boolean;
  readonly sendInstrumentTimezone: string;
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
  /** `acts`: the simulated gateway behaves by it; `told`: it stands in its configuration alone. */
  readonly simulated: 'acts' | 'told';
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
    simulated: 'acts',
  },
  compatibilityModeNasdaqStocks: {
    title: 'Compatibility mode: send ISLAND for US stocks on NASDAQ',
    isReadable: true,
    fallback: false,
    changes: 'exchanges of US stocks read ISLAND where they read NASDAQ',
    ibwire: 'passes the names on; contracts go back by conId',
    simulated: 'acts',
    watch: { at: true, todo: 'Programs that compare exchanges have to know ISLAND; switch it off unless one needs it.' },
  },
  sendMarketDataInLotsForUsStocks: {
    title: 'Send market data in lots for US stocks',
    isReadable: true,
    fallback: false,
    changes: 'sizes and volumes of quotes of US stocks count lots, not shares',
    ibwire: 'passes the sizes on: no message tells lots from shares',
    simulated: 'acts',
    watch: { at: true, todo: 'Sizes of US stocks are lots of 100 or fewer shares: switch it off to get shares.' },
  },
  sendInstrumentTimezone: {
    title: 'Send instrument time zone',
    isReadable: true,
    fallback: 'instrument',
    changes: 'the zone of times in bars and executions: of the instrument, of the operator, or UTC',
    ibwire: 'asks bars in epoch seconds and reads every zone it is told',
    simulated: 'told',
  },
  roundAccountValuesToNearestWholeNumber: {
    title: 'Round account values to the nearest whole number',
    isReadable: true,
    fallback: false,
    changes: 'account values come without cents',
    ibwire: 'passes them on: amounts, and the cash that account rules see, are then off by up to half a unit',
    simulated: 'acts',
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
    simulated: 'acts',
  },
  includeVirtualFxPositions: {
    title: 'Include virtual FX positions',
    isReadable: true,
    fallback: true,
    changes: 'currency pairs that were traded are listed as positions',
    ibwire: 'lists what is told; account rules read cash from the ledgers',
    simulated: 'acts',
  },
  showForexDataIn1_10Pips: {
    title: 'Show forex in 1/10 pips',
    isReadable: true,
    fallback: true,
    changes: 'prices of currency pairs have one digit more',
    ibwire: 'takes price steps from contract details and market rules',
    simulated: 'told',
  },
  allowForexTradingIn1_10Pips: {
    title: 'Allow forex in 1/10 pips',
    isReadable: true,
    fallback: true,
    changes: 'orders for currency pairs may have one digit more',
    ibwire: 'takes price steps from contract details and market rules',
    simulated: 'told',
  },
  splitInsuredDepositFromCashBalance: {
    title: 'Split insured deposit from cash balance',
    isReadable: true,
    fallback: false,
    changes: 'a part of the cash is not in CashBalance',
    ibwire: 'counts as cash what CashBalance says: less than there is, never more',
    simulated: 'told',
    watch: { at: true, todo: 'Account rules see less cash than there is: switch it off when they refuse too much.' },
  },
  letApiAccountRequestsSwitchSubscription: {
    title: 'Let API account requests switch subscription',
    isReadable: true,
    fallback: false,
    changes: 'account updates of another account take the stream over (2100) or are refused (2101)',
    ibwire: 'ends the stream that lost, with the code',
    simulated: 'acts',
  },
  maintainAndResubmitOrdersOnReconnect: {
    title: 'Maintain and resubmit orders on reconnect',
    isReadable: true,
    fallback: true,
    changes: 'orders that are sent while the broker is away are kept and sent later, or refused',
    ibwire: 'says `degraded` while the broker is away, and compares its orders with the gateway when it is back',
    simulated: 'told',
  },
  maintainConnectionOnIncorrectFields: {
    title: 'Maintain connection on incorrect fields',
    isReadable: true,
    fallback: false,
    changes: 'a request that cannot be read is answered with 320, and the connection is kept or ended',
    ibwire: 'reconnects when it is ended; the request that was at fault fails with 320',
    simulated: 'acts',
  },
};

/** The names, in the order of the table. */
export const SETTING_NAMES = Object.keys(terminalSettings) as readonly (keyof TerminalSettings)[];

/** All settings, those that nobody gave as they are by default. */
export function settingsAs(given: Partial<TerminalSettings> = {}): TerminalSettings {
  const fallbacks = Object.fromEntries(SETTING_NAMES.map((name) => [name, terminalSettings[name].fallback]));
  return { ...fallbacks, ...given } as TerminalSettings;
}
