// Public transcripts of a real gateway, played against the simulated one: the same kinds in the same order for the same situation.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import type { Incoming } from '../../../src/protocol/registry.js';
import { until } from '../../helpers/until.js';
import { closeAll, pause, type WireClient, wireClient } from './wire-client.js';

type Payload = Readonly<Record<string, unknown>>;
interface Step {
  readonly step: 'handshake' | 'message' | 'disconnect' | 'sleep';
  readonly direction?: 'in' | 'out';
  readonly message?: string;
  readonly payload?: Payload;
}
interface Transcript {
  readonly serverVersion: number;
  readonly steps: readonly Step[];
}

const transcripts = JSON.parse(gunzipSync(readFileSync('fixtures/gateway/transcripts.json.gz')).toString()) as Record<
  string,
  Transcript
>;

/** The instant of `20260415 18:28:40 Central European Standard Time`, which stands on summer time in April. */
function startOf({ steps }: Transcript): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)/.exec(String(steps[0]?.payload?.['connection_time'])) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour) - 2, Number(minute), Number(second));
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const num = (value: unknown): number => Number(value);
const contractOf = (payload: Payload) => {
  const given = (payload['contract'] ?? {
    con_id: 265598,
    symbol: 'AAPL',
    sec_type: 'STK',
    exchange: 'SMART',
    currency: 'USD',
  }) as Record<string, string>;
  return {
    conId: Number(given['con_id'] ?? 0),
    symbol: given['symbol'] ?? '',
    secType: given['sec_type'] ?? '',
    exchange: given['exchange'] ?? '',
    currency: given['currency'] ?? '',
  };
};

/** Sends what the recorded client sent. */
function send(client: WireClient, message: string, payload: Payload): void {
  const price = (name: string): number | undefined => (text(payload[name]) === '' ? undefined : num(payload[name]));
  switch (message) {
    case 'place_order':
      client.send('placeOrder', {
        orderId: num(payload['order_id']),
        contract: contractOf(payload),
        order: {
          action: text(payload['action']),
          orderType: text(payload['order_type']),
          totalQuantity: text(payload['total_quantity']),
          lmtPrice: price('lmt_price'),
          trailingPercent: price('trailing_percent'),
          tif: text(payload['tif']),
          account: text(payload['account']),
          transmit: payload['transmit'] !== false,
        },
      });
      return;
    case 'cancel_order':
      client.send('cancelOrder', { orderId: num(payload['order_id']) });
      return;
    case 'req_open_orders':
      client.send('reqAllOpenOrders', {});
      return;
    case 'req_current_time':
      client.send('reqCurrentTime', {});
      return;
    case 'req_account_summary':
      client.send('reqAccountSummary', { reqId: 9, group: 'All', tags: (payload['tags'] as string[]).join(',') });
      return;
    case 'cancel_account_summary':
      client.send('cancelAccountSummary', { reqId: 9 });
      return;
    case 'req_positions':
      client.send('reqPositions', {});
      return;
    case 'cancel_positions':
      client.send('cancelPositions', {});
      return;
    case 'req_contract_details':
      client.send('reqContractDetails', { reqId: 9, contract: contractOf(payload) });
      return;
    case 'req_historical_bars':
    case 'req_historical_schedule':
      client.send('reqHistoricalData', {
        reqId: 9,
        contract: contractOf(payload),
        endDateTime: '',
        barSizeSetting: text(payload['bar_size']),
        durationStr: text(payload['duration']),
        whatToShow: text(payload['what_to_show']),
        useRTH: payload['use_rth'] === true,
        formatDate: 1,
        keepUpToDate: false,
      });
      return;
    default:
      throw new Error(`the transcript sends ${message}`);
  }
}

/** What a recorded message says that must be the same here; undefined: another kind. */
const sameAs: Readonly<Record<string, (payload: Payload, message: Incoming) => boolean>> = {
  managed_accounts: (payload, m) =>
    m.kind === 'managedAccounts' && m.accountsList !== undefined && Array.isArray(payload['accounts']),
  next_valid_id: (_payload, m) => m.kind === 'nextValidId',
  api_error: (payload, m) =>
    m.kind === 'error' &&
    m.errorCode === num(payload['code']) &&
    (num(payload['code']) >= 2100 || m.errorString === payload['message']),
  open_order: (payload, m) => {
    if (m.kind !== 'openOrder' || m.orderId !== num(payload['order_id'])) return false;
    const contract = payload['contract'] as Payload;
    const status = payload['status'];
    return (
      (status === undefined || m.orderState?.status === status) &&
      m.order?.action === payload['action'] &&
      m.order?.orderType === payload['order_type'] &&
      m.order?.tif === payload['tif'] &&
      m.contract?.conId === contract['con_id'] &&
      m.contract?.localSymbol === contract['local_symbol'] &&
      m.contract?.tradingClass === contract['trading_class']
    );
  },
  order_status: (payload, m) =>
    m.kind === 'orderStatus' &&
    m.orderId === num(payload['order_id']) &&
    isSameStatus(text(m.status), text(payload['status']), text(payload['why_held'])) &&
    m.filled === payload['filled'] &&
    m.remaining === payload['remaining'] &&
    (m.whyHeld ?? '') === payload['why_held'] &&
    m.clientId === num(payload['client_id']),
  execution_detail: (payload, m) =>
    m.kind === 'execDetails' &&
    m.reqId === -1 &&
    m.execution?.orderId === num(payload['order_id']) &&
    m.execution?.side === payload['side'] &&
    m.execution?.shares === payload['shares'],
  commission_report: (_payload, m) => m.kind === 'commissionAndFeesReport',
  open_order_end: (_payload, m) => m.kind === 'openOrderEnd',
  current_time: (_payload, m) => m.kind === 'currentTime',
  account_summary: (payload, m) => m.kind === 'accountSummary' && m.tag === payload['tag'],
  account_summary_end: (_payload, m) => m.kind === 'accountSummaryEnd',
  position: (payload, m) => m.kind === 'position' && m.contract?.symbol === (payload['contract'] as Payload)['symbol'],
  position_end: (_payload, m) => m.kind === 'positionEnd',
  contract_details: (payload, m) =>
    m.kind === 'contractDetails' &&
    m.contractDetails?.longName === payload['long_name'] &&
    m.contractDetails?.timeZoneId === payload['time_zone_id'] &&
    m.contractDetails?.minTick === num(payload['min_tick']) &&
    m.contract?.conId === (payload['contract'] as Payload)['con_id'],
  contract_details_end: (_payload, m) => m.kind === 'contractDetailsEnd',
  historical_bar: (payload, m) => m.kind === 'historicalData' && (m.bars ?? []).some((bar) => bar.date === payload['time']),
  historical_bars_end: (_payload, m) => m.kind === 'historicalDataEnd',
  historical_schedule: (payload, m) =>
    m.kind === 'historicalSchedule' &&
    m.startDateTime === payload['start_date_time'] &&
    m.endDateTime === payload['end_date_time'] &&
    m.timeZone === payload['time_zone'] &&
    JSON.stringify((m.sessions ?? []).map((s) => [s.startDateTime, s.endDateTime, s.refDate])) ===
      JSON.stringify((payload['sessions'] as Payload[]).map((s) => [s['start_date_time'], s['end_date_time'], s['ref_date']])),
};

/** On the way to the exchange recordings show either word for the same situation, unless the order is held. */
function isSameStatus(ours: string, recorded: string, whyHeld: string): boolean {
  const onTheWay = ['PreSubmitted', 'Submitted'];
  return ours === recorded || (whyHeld === '' && onTheWay.includes(ours) && onTheWay.includes(recorded));
}

/** Plays a transcript: each recorded answer must come after the one before it. Gives everything that came. */
async function play(gateway: SimulatedGateway, { steps }: Transcript): Promise<Incoming[]> {
  const all: Incoming[] = [];
  let client: WireClient | undefined;
  let at = 0;
  let connections = 0;
  const placer = num(steps.find(({ message }) => message === 'order_status')?.payload?.['client_id'] ?? 1);
  for (const { step, direction, message = '', payload = {} } of steps) {
    if (step === 'handshake') {
      connections += 1;
      client = await wireClient(gateway.port, { version: 200, clientId: connections === 1 ? placer : 0 });
      at = 0;
    } else if (step === 'disconnect') {
      all.push(...(client?.messages ?? []));
      client?.close();
      await until(() => gateway.clients.length === 0);
    } else if (client !== undefined && step === 'message') {
      if (direction === 'out') send(client, message, payload);
      else at = await found(client, at, message, payload, gateway);
    }
  }
  return all;
}

async function found(
  client: WireClient,
  from: number,
  kind: string,
  payload: Payload,
  gateway: SimulatedGateway,
): Promise<number> {
  const isSame = sameAs[kind];
  if (isSame === undefined) throw new Error(`the transcript has ${kind}`);
  const isBar = kind === 'historical_bar' || kind === 'api_error';
  for (let patience = 0; patience < 150; patience++) {
    // Notices come in an order of their own, and bars stand together in one message.
    const index = client.messages.findIndex((message, i) => (isBar ? i >= 0 : i >= from) && isSame(payload, message));
    if (index >= 0) return isBar ? from : index + 1;
    // A recorded trailing stop fired: here the price has to be told to fall.
    if (kind === 'order_status' && payload['status'] === 'Submitted' && patience === 20)
      gateway.market.set(265598, gateway.market.quote(265598).last * 0.97);
    await pause(10);
  }
  const came = client.messages.slice(from).map((m) => ('status' in m ? `${m.kind} ${m.status}` : m.kind));
  throw new Error(`no ${kind} ${JSON.stringify(payload)} after message ${from}; came ${came.join(', ')}`);
}

afterEach(closeAll);

describe('a real gateway said, and the simulated one says', () => {
  it('has the transcripts', () => {
    expect(Object.keys(transcripts)).toHaveLength(16);
  });

  it.each(Object.keys(transcripts))('%s', async (name) => {
    const transcript = transcripts[name] as Transcript;
    const firstOrderId = num(transcript.steps.find(({ message }) => message === 'next_valid_id')?.payload?.['order_id'] ?? 1);
    const holdings = { AMZN: 15, AAPL: 10 };
    // Regular hours, whenever the recording was made: what it shows is a market that trades.
    const isOrder = transcript.steps.some(({ message }) => message === 'place_order');
    await using gateway = await simulate({
      serverVersion: 200,
      startAt: isOrder ? Date.UTC(2026, 8, 2, 14) : startOf(transcript),
      firstOrderId,
      accounts: [{ kind: 'individual-margin', holdings }],
    });
    const steps = transcript.steps.filter(
      // A future and an option of that account that the simulated world does not list.
      ({ message, payload = {} }) =>
        message !== 'position' || ['AMZN', 'AAPL'].includes(text((payload['contract'] as Payload)['symbol'])),
    );
    const came = await play(gateway, { ...transcript, steps });
    const errors = came.flatMap((message) =>
      message.kind === 'error' && (message.errorCode ?? 0) < 2100 ? [message.errorCode] : [],
    );
    const recorded = steps.flatMap(({ message, payload }) =>
      message === 'api_error' && num(payload?.['code']) < 2100 ? [num(payload?.['code'])] : [],
    );
    expect(errors).toEqual(recorded);
  });
});
