// Which options an underlying has: classes, expirations, strikes.

import type { Ib } from '../../client/connect.js';
import type { QualifiedContract } from '../../client/contracts/qualify.js';
import type { Call } from '../../client/core.js';
import { ClosedError, GatewayError, TimeoutError } from '../../client/errors.js';
import { CliError, EXIT } from '../exit-codes.js';

/** One trading class on one exchange. */
export interface OptionClass {
  readonly exchange: string;
  readonly tradingClass: string;
  readonly multiplier: string;
  /** `yyyyMMdd`, in order. */
  readonly expirations: readonly string[];
  readonly strikes: readonly number[];
}

const WITHIN_MS = 30_000;

/** All classes on all exchanges. @throws {GatewayError} {TimeoutError} {ClosedError}; the signal's reason. */
export function optionClasses(ib: Ib, underlying: QualifiedContract, call: Call): Promise<readonly OptionClass[]> {
  const asked = 'reqSecDefOptParams';
  const reqId = ib.raw.nextReqId();
  const timeout = call.timeout ?? WITHIN_MS;
  const found: OptionClass[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown): void => {
      settle();
      reject(reason);
    };
    const onAbort = (): void => fail(call.signal?.reason);
    const timer = setTimeout(() => fail(new TimeoutError(asked, timeout, { seen: found.length })), timeout);
    const stops = [
      ib.raw.on('securityDefinitionOptionParameter', (message) => {
        if (message.reqId !== reqId) return;
        const { exchange = '', tradingClass = '', multiplier = '', expirations = [], strikes = [] } = message;
        found.push({
          exchange,
          tradingClass,
          multiplier,
          expirations: expirations.map(String).sort(),
          strikes: strikes.map(Number).sort((a, b) => a - b),
        });
      }),
      ib.raw.on('securityDefinitionOptionParameterEnd', (message) => {
        if (message.reqId !== reqId) return;
        settle();
        resolve(found);
      }),
      ib.raw.on('error', ({ reqId: id, errorCode = 0, errorString = '' }) => {
        if (id === reqId && (errorCode < 2100 || errorCode > 2169))
          fail(new GatewayError({ errorCode, text: errorString, id, asked }));
      }),
      ib.on('closed', (cause) => fail(cause ?? new ClosedError('the session was closed', { asked }))),
    ];
    const settle = (): void => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', onAbort);
      for (const stop of stops) stop();
    };
    call.signal?.addEventListener('abort', onAbort, { once: true });
    ib.raw.send(asked, {
      reqId,
      underlyingSymbol: underlying.symbol ?? '',
      futFopExchange: underlying.secType === 'FUT' ? (underlying.exchange ?? '') : '',
      underlyingSecType: underlying.secType ?? '',
      underlyingConId: underlying.conId,
    });
  });
}

/**
 * The class that is meant: the one that was named, or the one with most expirations, on SMART where it trades there.
 * @throws {CliError} when there is none.
 */
export function classOf(all: readonly OptionClass[], tradingClass: string | undefined): OptionClass {
  const meant = tradingClass === undefined ? all : all.filter((one) => one.tradingClass === tradingClass.toUpperCase());
  const [best] = [...meant].sort(
    (a, b) => Number(b.exchange === 'SMART') - Number(a.exchange === 'SMART') || b.expirations.length - a.expirations.length,
  );
  if (best !== undefined) return best;
  const names = [...new Set(all.map((one) => one.tradingClass))];
  if (names.length === 0) throw new CliError(EXIT.gateway, 'It has no options.');
  throw new CliError(EXIT.usage, `There is no class ${tradingClass}.`, `There are ${names.join(', ')}.`);
}
