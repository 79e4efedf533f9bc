// `@stoqey/ib` from npm as it is, with its events in one list and a way to wait for them.

import { EventName, IBApi, type IBApiCreationOptions } from '@stoqey/ib';

export interface StoqeyEvent {
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface StoqeyClient {
  readonly api: IBApi;
  readonly events: StoqeyEvent[];
  of(name: EventName): (readonly unknown[])[];
  wait(name: EventName, fits?: (args: readonly unknown[]) => boolean, within?: number): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Connects and resolves at nextValidId. */
export async function stoqeyClient(port: number, clientId: number, options: IBApiCreationOptions = {}): Promise<StoqeyClient> {
  const api = new IBApi({ host: '127.0.0.1', port, clientId, maxReqPerSec: 1_000, ...options });
  const events: StoqeyEvent[] = [];
  const waiting = new Set<() => void>();
  // `all` repeats every event; connection events come beside it.
  api.on(EventName.all, (name: string, args: unknown[]) => {
    events.push({ name, args });
    for (const check of [...waiting]) check();
  });
  // An emitter with no listener for `error` throws.
  api.on(EventName.error, () => {});
  const client: StoqeyClient = {
    api,
    events,
    of: (name) => events.filter((event) => event.name === name).map(({ args }) => args),
    wait: (name, fits = () => true, within = 4_000) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = client.of(name).find(fits);
          if (found === undefined) return;
          waiting.delete(check);
          clearTimeout(timer);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          const last = events.slice(-8).map((event) => `${event.name} ${JSON.stringify(event.args)}`.slice(0, 160));
          reject(new Error(`no ${name} within ${within} ms; last came\n${last.join('\n')}`));
        }, within);
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        api.once(EventName.disconnected, () => resolve());
        api.disconnect();
        setTimeout(resolve, 200).unref();
      }),
  };
  api.connect();
  await client.wait(EventName.nextValidId);
  return client;
}
