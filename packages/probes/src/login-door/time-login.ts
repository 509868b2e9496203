import type { EvidenceMap } from '@launch-ready/core';
import { compareTimes, pauseMs } from '../oracles/compare-times.ts';
import { timedAnswer } from '../oracles/timed-answer.ts';
import type { ProbeContext } from '../probe.ts';
import type { LoginRequest } from '../session/sessions.ts';
import { retryAfterSeconds } from '../transport/retry-after.ts';
import type { Answer } from '../transport/transport.ts';

type Timed = EvidenceMap['loginDoor']['times'][number];

/** Seconds that a login may ask for before it takes the next wrong password, and how often in all. */
const [longestWait, mostWaits] = [30, 10];

/**
 * Compares how long a wrong password takes for accounts that exist and for names that nobody has. Each account has a name of its own
 * to be compared with, asked for as often, so that whatever counts tries counts both alike.
 */
export async function timeLogin(
  context: ProbeContext,
  door: {
    readonly operation: string;
    readonly ask: (account: { readonly username: string; readonly password: string }) => LoginRequest | null;
  },
  names: { readonly known: readonly string[]; readonly absent: readonly string[] },
  seen: { readonly known: readonly Answer[]; readonly absent: readonly Answer[] },
): Promise<Timed> {
  const { transport, clock, random } = context;
  const usual = seen.known[0]?.status;
  let waits = 0;
  const ask = async (whose: 'known' | 'absent', turn: number): Promise<Answer | string> => {
    const username = names[whose][turn % names[whose].length] ?? '';
    const request = door.ask({
      username,
      password: `Wrong-${random.token(6)}-${random.token(6)}-7Q`,
    });
    if (request === null) return 'the login cannot be sent with another name';
    const answer = await transport.send({
      ...request,
      actor: 'anonymous',
      probe: 'login-door/login-door',
      purpose: 'how long a wrong password takes',
      effect: { kind: 'session' },
      obeyRateLimit: false,
    });
    if (answer.kind === 'no-answer') return `the login gave no answer: ${answer.because}`;
    if (answer.status !== 429 && answer.status === usual) return answer;
    const seconds = retryAfterSeconds((name) => answer.header(name), clock.now()) ?? Infinity;
    if (seconds > longestWait || waits >= mostWaits)
      return `the login takes no more wrong passwords for now (status ${answer.status})`;
    waits += 1;
    await clock.sleep(seconds * 1000 + 200);
    return ask(whose, turn);
  };
  const times = await compareTimes(
    { known: seen.known.map(timedAnswer), absent: seen.absent.map(timedAnswer) },
    {
      ask: async (whose, turn) => {
        const answer = await ask(whose, turn);
        return typeof answer === 'string' ? answer : timedAnswer(answer);
      },
      doubt: async () => null,
      isDear: false,
      pause: () => clock.sleep(pauseMs),
    },
    random,
  );
  return { operation: door.operation, ...times, reproduce: null };
}
