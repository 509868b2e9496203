import type { Clock } from '../clock.ts';
import { parseRawUrl } from './raw-url.ts';
import { createStrainGauge } from './strain-gauge.ts';
import { TargetLost, TargetStrained } from './transport-errors.ts';
import type { NoAnswer, OutgoingRequest, SendResult } from './transport.ts';

const failuresUntilDoubt = 3;
const doubtWaitMs = 1000;

/** Watches whether the target is still there, and whether it bears the run. */
export interface TargetWatch {
  /**
   * Stops for a moment when errors or times rise, and for good when that does not help.
   * @throws {TargetLost} when it is gone; {@link TargetStrained} when it does not bear the run.
   */
  spare(): Promise<void>;
  /** Counts what came of a request; after some failed connections in a row, one more request decides whether the target is lost. */
  note(request: OutgoingRequest, result: SendResult): Promise<void>;
  /** Somebody got an answer. */
  sawAnswer(): void;
  /** From now on only what was left behind is cleaned up, as long as anything answers. */
  beginCleanUp(): void;
}

export function createTargetWatch(setting: {
  readonly app: string;
  readonly clock: Clock;
  readonly send: (request: OutgoingRequest) => Promise<SendResult>;
  readonly stopIfAsked: () => void;
}): TargetWatch {
  const { app, clock, send, stopIfAsked } = setting;
  const gauge = createStrainGauge(clock);
  let failures = 0;
  let cleaning = false;
  let lost: TargetLost | null = null;
  let relief: Promise<string | null> | null = null;

  const doubt = async (failure: NoAnswer): Promise<void> => {
    if (!isConnection(failure)) return;
    failures += 1;
    if (failures < failuresUntilDoubt) return;
    await clock.sleep(doubtWaitMs);
    stopIfAsked();
    const again = parseRawUrl(app)
      ? await send({
          actor: 'anonymous',
          probe: 'transport',
          purpose: 'is the target still there',
          method: 'GET',
          url: `${app.replace(/\/$/, '')}/`,
          effect: { kind: 'none' },
          timeoutMs: 10_000,
        })
      : null;
    failures = 0;
    if (again?.kind !== 'no-answer' || !isConnection(again)) return;
    lost = new TargetLost(`${app} does not answer: ${again.because}`);
    throw lost;
  };

  return {
    spare: async () => {
      if (cleaning) return;
      if (lost !== null) throw lost;
      if (relief === null && !gauge.suspects()) return;
      relief ??= gauge.relieve(send).finally(() => (relief = null));
      const because = await relief;
      stopIfAsked();
      if (because === null) return;
      lost ??= new TargetStrained(`${app} does not bear the run: ${because}`);
      throw lost;
    },
    note: async (request, result) => {
      gauge.note(request, result);
      if (result.kind === 'no-answer') await doubt(result);
      else failures = 0;
    },
    sawAnswer: () => {
      failures = 0;
    },
    beginCleanUp: () => {
      cleaning = true;
      lost = null;
    },
  };
}

/** Whether the connection failed, not only what came over it. */
const isConnection = ({ cause }: NoAnswer): boolean => cause !== 'too-large' && cause !== 'protocol';
