import { generateSync } from 'otplib';
import type { Clock } from '../clock.ts';

/** One-time codes of one account (RFC 6238), each given out once. */
export interface CodeSource {
  /** The next code that was not used yet. Waits when even the coming one was. */
  next(): Promise<string>;
  /** The code was looked at by the application, so that it takes it no second time. */
  used(): void;
}

const stepSeconds = 30;

export function createCodeSource(secret: string, clock: Pick<Clock, 'now' | 'sleep'>): CodeSource {
  let lastUsed = -1;
  let offered = -1;
  const currentStep = (): number => Math.floor(clock.now().getTime() / 1000 / stepSeconds);
  return {
    next: async () => {
      const current = currentStep();
      offered = Math.max(current, lastUsed + 1);
      // Applications take the neighbouring code too (RFC 6238 section 5.2), but no later one.
      if (offered > current + 1) {
        await clock.sleep(((offered - current - 1) * stepSeconds + 1) * 1000);
        offered = Math.max(currentStep(), lastUsed + 1);
      }
      return generateSync({ secret, epoch: offered * stepSeconds });
    },
    used: () => (lastUsed = Math.max(lastUsed, offered)),
  };
}
