import { stepCode } from './step-code.ts';
import type { IsOn } from '../world.ts';

const mostWrong = 8;
const lockMs = 20_000;

/** What is known of the codes of each account: the step that was taken last, and how many wrong ones there were. */
export class StepGuard {
  readonly #taken = new Map<string, number>();
  readonly #wrong = new Map<string, { count: number; until: number }>();
  readonly #isOn: IsOn;
  readonly #secrets: ReadonlyMap<string, string>;

  constructor(secrets: ReadonlyMap<string, string>, isOn: IsOn) {
    this.#secrets = secrets;
    this.#isOn = isOn;
  }

  /** Whether the codes of an account are refused for a while, right ones too. */
  isLocked(email: string): boolean {
    const known = this.#wrong.get(email);
    return known !== undefined && known.count >= mostWrong && known.until > Date.now();
  }

  /** Takes a code of an account, its own neighbours in time included, once. */
  takes(email: string, code: string): boolean {
    const now = Math.floor(Date.now() / 30_000);
    const secrets = this.#isOn('step-takes-codes-of-others')
      ? [...this.#secrets.values()]
      : [this.#secrets.get(email) ?? ''];
    const after = this.#isOn('step-takes-codes-twice') ? 0 : (this.#taken.get(email) ?? 0);
    const step = [now - 1, now, now + 1].find(
      (one) => one > after && secrets.some((secret) => stepCode(secret, one * 30) === code),
    );
    if (step === undefined) {
      this.#failed(email);
      return false;
    }
    this.#taken.set(email, step);
    this.#wrong.delete(email);
    return true;
  }

  #failed(email: string): void {
    if (this.#isOn('step-counts-no-guesses') || this.#isOn('step-counts-guesses-of-one-login')) return;
    const known = this.#wrong.get(email);
    const count = known === undefined || known.until < Date.now() ? 0 : known.count;
    this.#wrong.set(email, { count: count + 1, until: Date.now() + lockMs });
  }
}
