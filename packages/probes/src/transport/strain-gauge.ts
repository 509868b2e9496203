import type { Clock } from '../clock.ts';
import type { OutgoingRequest, SendResult } from './transport.ts';

/** Watches whether the target bears the run. */
export interface StrainGauge {
  note(request: OutgoingRequest, result: SendResult): void;
  /** Errors or times have risen, so that somebody should look. */
  suspects(): boolean;
  /**
   * Asks again for what was answered well at the start of the run. Does it still go well, then what was seen lies in single
   * operations, and the run goes on at once. Otherwise it pauses, longer each time, and looks again.
   *
   * @returns null when the run may go on, else why it must end
   */
  relieve(ask: (request: OutgoingRequest) => Promise<SendResult>): Promise<string | null>;
}

interface Seen {
  readonly place: string;
  readonly failed: boolean;
  readonly slow: boolean;
}

const windowSize = 200;
const fewest = 50;
/** Of the answers in the window. */
const mostFailed = 0.02;
const mostSlow = 0.05;
/** Fewer are no sign, nor is what happens in fewer places. */
const fewestBad = 5;
const fewestPlaces = 3;
const timesAsLong = 3;
/** Below this, a longer answer is noise of the machine. */
const leastLongerMs = 250;
const baselineAnswers = 3;
const controlCount = 5;
const controlRounds = 2;
const pausesMs = [2000, 5000, 15_000] as const;

/** Probes that provoke errors, or slow answers, on purpose. */
const provoking = /^(input|limits|resets)\//;

/**
 * A gauge of one run. An error counts when a request of an ordinary probe was answered 5xx (but for 501) or not at all; a slow
 * answer is one that took three times as long as the first ones of its operation, and a quarter of a second more.
 */
export function createStrainGauge(clock: Clock): StrainGauge {
  const window: Seen[] = [];
  const firstTimes = new Map<string, number[]>();
  const controls = new Map<string, { readonly request: OutgoingRequest; readonly ms: number }>();
  /** Doubled whenever a suspicion proved wrong, so that an application with faulty routes is not asked again and again. */
  let patience = 1;

  const isSlow = (ms: number, before: number): boolean =>
    ms >= before * timesAsLong && ms - before >= leastLongerMs;

  const look = async (ask: (request: OutgoingRequest) => Promise<SendResult>): Promise<boolean> => {
    let slow = 0;
    for (let round = 0; round < controlRounds; round += 1) {
      for (const { request, ms } of controls.values()) {
        const started = clock.monotonic();
        const result = await ask({
          ...request,
          probe: 'transport',
          purpose: 'does the target still bear the run',
        });
        if (isFailed(result)) return false;
        if (isSlow(clock.monotonic() - started, ms)) slow += 1;
        if (slow > controls.size) return false;
      }
    }
    return true;
  };

  const share = (test: (one: Seen) => boolean, most: number): boolean => {
    const bad = window.filter(test);
    return (
      window.length >= fewest &&
      bad.length >= fewestBad * patience &&
      bad.length > window.length * most * patience &&
      new Set(bad.map(({ place }) => place)).size >= fewestPlaces
    );
  };

  return {
    note: (request, result) => {
      if (provoking.test(request.probe) || request.obeyRateLimit === false || request.probe === 'transport')
        return;
      const place = placeOf(request);
      const failed = isFailed(result);
      const ms = result.kind === 'answer' ? result.totalMs : null;
      const times = firstTimes.get(place) ?? [];
      const baseline = times.length < baselineAnswers ? null : median(times);
      if (ms !== null && !failed && times.length < baselineAnswers) firstTimes.set(place, [...times, ms]);
      window.push({ place, failed, slow: ms !== null && baseline !== null && isSlow(ms, baseline) });
      if (window.length > windowSize) window.shift();
      const isControl =
        request.method === 'GET' && request.effect.kind === 'none' && ms !== null && isWell(result);
      if (isControl && controls.size < controlCount && !controls.has(place))
        controls.set(place, { request, ms });
    },
    suspects: () => share(({ failed }) => failed, mostFailed) || share(({ slow }) => slow, mostSlow),
    relieve: async (ask) => {
      const failed = window.filter((one) => one.failed).length;
      const slow = window.filter((one) => one.slow).length;
      const seen = `of its last ${window.length} answers ${failed} were errors and ${slow} took three times as long as at the start`;
      for (const pause of [0, ...pausesMs]) {
        if (pause > 0) await clock.sleep(pause);
        if (!(await look(ask))) continue;
        patience *= 2;
        window.splice(0);
        return null;
      }
      return `${seen}, and it had not recovered after pauses of ${pausesMs.map((ms) => ms / 1000).join(', ')} s`;
    },
  };
}

const isFailed = (result: SendResult): boolean =>
  result.kind === 'answer'
    ? result.status >= 500 && result.status !== 501
    : result.cause !== 'too-large' && result.cause !== 'protocol';

const isWell = (result: SendResult): boolean =>
  result.kind === 'answer' && result.status >= 200 && result.status < 300;

function placeOf({ operation, method, url }: OutgoingRequest): string {
  return operation?.id ?? `${method} ${URL.parse(url)?.pathname ?? url}`;
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
