// What is gone, since when, and what happens when it is back: the connection, the gateway's link to its broker, the farms.

import { KeyedMap } from '../../input/keyed.js';
import type { LiveStreams } from '../conversation/live-streams.js';
import { type FarmsHealth, farmsDown, withFarmNotice } from '../notices/farms.js';
import type { Verdict } from '../notices/verdict.js';
import type { Timer } from '../wire/timer.js';
import type { SessionState } from './events.js';
import type { SessionVoice } from './voice.js';

/** Whose outages they are. */
export interface Concerned {
  readonly state: SessionState;
  readonly epoch: number;
  readonly isReady: boolean;
  readonly isMaintenance: boolean;
  enter(state: SessionState): void;
}

export class Outages {
  farms: FarmsHealth = new KeyedMap();
  private readonly timer: Timer;
  private readonly streams: LiveStreams;
  private readonly voice: SessionVoice;
  private readonly whose: Concerned;
  /** 1100 or 2110 came, before the start was over perhaps, and the link has not been said to be back. */
  private isBrokerAway = false;
  private lostAt: number | undefined;

  constructor(timer: Timer, streams: LiveStreams, voice: SessionVoice, whose: Concerned) {
    this.timer = timer;
    this.streams = streams;
    this.voice = voice;
    this.whose = whose;
  }

  /** A connection begins: nothing is known of the gateway. */
  begins(): void {
    this.farms = new KeyedMap();
    this.isBrokerAway = false;
  }

  /** The connection is gone: streams are stale from now on. */
  disconnected(): void {
    const now = this.timer.now();
    this.lostAt ??= now;
    this.streams.lost('disconnected', now);
  }

  /** A connection is ready. */
  connected(): void {
    const now = this.timer.now();
    if (this.whose.epoch > 1) {
      this.voice.say('gap', { from: this.lostAt ?? now, to: now, cause: 'disconnected' });
      this.lostAt = undefined;
      void this.reopenAll();
    }
    if (this.isBrokerAway) this.degrade('the gateway has no link to the broker');
  }

  /** Asks every live stream again, as long as this connection is there. */
  private async reopenAll(): Promise<void> {
    const { whose } = this;
    const { epoch } = whose;
    await this.streams.reopen(() => whose.epoch === epoch && whose.isReady);
  }

  /** When a farm is back, the streams have to show that they move again. */
  farmChanged({ farm }: Extract<Verdict, { means: 'farm' }>): void {
    const before = farmsDown(this.farms, 'market').length;
    this.farms = withFarmNotice(this.farms, farm, this.timer.now());
    if (farmsDown(this.farms, 'market').length >= before) return;
    this.streams.verify('data');
  }

  linkChanged(verdict: Extract<Verdict, { means: 'link' }>): void {
    const now = this.timer.now();
    const { state, epoch } = this.whose;
    if (verdict.now === 'lost') {
      this.isBrokerAway = true;
      this.streams.lost('broker', now);
      const cause = verdict.competing ? 'another login has taken the session' : 'the gateway has lost its link to the broker';
      if (state.at === 'ready') this.degrade(cause);
      return;
    }
    this.isBrokerAway = false;
    if (state.at === 'degraded') this.whose.enter({ at: 'ready', since: now, epoch });
    const withData = verdict.now === 'backWithData';
    this.voice.say('restored', { withData });
    if (withData) this.streams.verify();
    else {
      const from = this.lostAt ?? now;
      this.streams.lost('dataLost', from);
      this.voice.say('gap', { from, to: now, cause: 'dataLost' });
      void this.reopenAll();
    }
    this.lostAt = undefined;
  }

  private degrade(cause: string): void {
    const since = this.timer.now();
    const { epoch, isMaintenance } = this.whose;
    this.lostAt = since;
    this.whose.enter({ at: 'degraded', since, epoch, cause });
    this.voice.say('degraded', { cause, expected: isMaintenance });
  }
}
