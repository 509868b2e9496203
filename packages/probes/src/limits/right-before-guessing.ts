import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { SendResult } from '../transport/transport.ts';
import { announcedWait } from './announced-wait.ts';
import type { LoginSender } from './login-sender.ts';
import { longestWait } from './recover.ts';

/** Whether the right password works before anything is guessed. */
export type BeforeGuessing =
  | { readonly kind: 'told'; readonly result: SendResult }
  /** A limit was on already, and was on still after the wait that it had announced, twice. */
  | {
      readonly kind: 'outlasts';
      readonly announced: number;
      readonly because: string;
      readonly exchanges: readonly ExchangeId[];
    };

/** The logins of the run itself may have used the limit up; then what it announces is waited for, at most twice. */
export async function rightBeforeGuessing(
  { clock }: ProbeContext,
  login: LoginSender,
  account: { readonly username: string; readonly password: string },
): Promise<BeforeGuessing> {
  const purpose = 'the right password, before guessing';
  let result = await login.send(account, purpose);
  const exchanges: ExchangeId[] = [result.exchange];
  const waits: number[] = [];
  while (waits.length < 2 && result.kind === 'answer' && result.status === 429) {
    const announced = announcedWait(result, clock.now());
    // Without a word of how long it lasts, a minute is tried once.
    if ((announced ?? 60) > longestWait || (announced === null && waits.length > 0)) break;
    await clock.sleep((Math.ceil(announced ?? 60) + 1) * 1000);
    result = await login.send(account, purpose);
    exchanges.push(result.exchange);
    if (announced !== null) waits.push(announced);
  }
  const [first, second] = waits;
  if (first === undefined || second === undefined || result.kind !== 'answer' || result.status !== 429)
    return { kind: 'told', result };
  return {
    kind: 'outlasts',
    announced: Math.max(first, second),
    because: `before any guess of a series the right password was refused with 429; the waits of ${Math.ceil(first)} s and ${Math.ceil(second)} s that were announced were kept, each with a second more, and it was refused still`,
    exchanges,
  };
}
