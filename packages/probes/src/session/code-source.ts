import { generateSync } from 'otplib';
import type { Clock } from '../clock.ts';

/** One-time codes of one account (RFC 6238), each given out once. */
export interface CodeSource {
  /** The next code that was not used yet. Waits when even the coming one was. */
  next(): Promise<string>;
  /** The code of this very moment, once it is one that was not used yet. Waits until then. */
  ofNow(): Promise<string>;
  /** The code was looked at by the application, so that it takes it no second time. */
  used(): void;
}

const stepSeconds = 30;

export function createCodeSource(secret: string, clock: Pick<Clock, 'now' | 'sleep'>): CodeSource {
  let lastUsed = -1;
  let offered = -1;
  const currentStep = (): number => Math.floor(clock.now().getTime() / 1000 / stepSeconds);
  const codeOf = (step: number): string => {
    offered = step;
    return generateSync({ secret, epoch: step * stepSeconds });
  };
  const waitFor = async (step: number): Promise<void> => {
    const ms = step * stepSeconds * 1000 - clock.now().getTime();
    if (ms > 0) await clock.sleep(ms + 1000);
  };
  return {
    next: async () => {
      // Applications take the neighbouring code too (RFC 6238 section 5.2), but no later one.
      await waitFor(lastUsed);
      return codeOf(Math.max(currentStep(), lastUsed + 1));
    },
    ofNow: async () => {
      await waitFor(lastUsed + 1);
      return codeOf(Math.max(currentStep(), lastUsed + 1));
    },
    used: () => (lastUsed = Math.max(lastUsed, offered)),
  };
}
