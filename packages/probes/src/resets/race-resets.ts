import type { ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { Answer } from '../transport/transport.ts';
import { maskedAnswer } from '../oracles/masked-answer.ts';
import type { ResetDesk } from './reset-desk.ts';
import { resetInMail } from './reset-token.ts';

const uses = 5;
const noticeWaitMs = 600;
/** Time stamps of files may lie a tick of the system before the clock. */
const stampLagMs = 20;

/** How many mails about a changed password came since a moment. */
export async function noticesSince(
  { inbox, clock }: Pick<ProbeContext, 'inbox' | 'clock'>,
  address: string,
  since: Date,
): Promise<number> {
  if (inbox === null) return 0;
  await clock.sleep(noticeWaitMs);
  const mails = await inbox.received();
  return mails.filter(
    (mail) =>
      mail.to.includes(address.toLowerCase()) &&
      mail.receivedAt.getTime() >= since.getTime() - stampLagMs &&
      resetInMail(mail) === null,
  ).length;
}

/**
 * Uses one token several times in the same instant, each time for another password. Only one password can be left, so that
 * more than one effect shows by the notices that the application mails for each change; answers alone prove nothing.
 */
export async function raceResets(
  context: ProbeContext,
  desk: ResetDesk,
  token: string,
  control: { readonly answer: Answer; readonly notices: number },
): Promise<{
  readonly verdict: 'refused' | 'accepted' | 'inconclusive';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
  /** Whether more than one use was answered as a success. */
  readonly several: boolean;
}> {
  const { sessions, transport, clock, random } = context;
  const passwords = Array.from({ length: uses }, () => `Lr-${random.token(8)}-${random.token(8)}-9Kx`);
  for (const one of passwords) transport.addSecret(one);
  const since = clock.now();
  let results;
  try {
    ({ results } = await transport.sendTogether(
      passwords.map((password) => sessions.dress(null, 'anonymous', desk.useRequest(token, password))),
    ));
  } catch (error) {
    if (!(error instanceof GuardRefusal)) throw error;
    return { verdict: 'inconclusive', because: error.message, exchanges: [], several: false };
  }
  const exchanges = results.map((one) => one.exchange);
  const success = maskedAnswer(control.answer, desk.address);
  const agreed = results.map((one) => one.kind === 'answer' && maskedAnswer(one, desk.address) === success);
  const count = agreed.filter(Boolean).length;
  const several = count > 1;
  // Those that were said to have worked come first: the rest need no guess.
  const order = passwords
    .map((password, index) => ({ password, agreed: agreed[index] === true }))
    .toSorted((a, b) => Number(b.agreed) - Number(a.agreed));
  let works: string | null = null;
  for (const { password } of order) {
    if ((await desk.logsIn(password)) !== true) continue;
    works = password;
    break;
  }
  if (works !== null) desk.isNow(works);
  const notices = control.notices === 0 ? null : await noticesSince(context, desk.address, since);
  const changes = notices === null ? null : notices / control.notices;
  const said = `of ${uses} uses in the same instant ${count} were answered as a success`;
  if (works === null)
    return {
      verdict: 'inconclusive',
      because: `${said}, and none of their passwords logs in`,
      exchanges,
      several,
    };
  if (changes !== null && changes > 1)
    return {
      verdict: 'accepted',
      because: `${said}, and ${notices} notices of a changed password were mailed where one use makes ${control.notices}`,
      exchanges,
      several,
    };
  if (count === 1 || changes === 1)
    return {
      verdict: 'refused',
      because: `${said}, and its password is the one that logs in`,
      exchanges,
      several,
    };
  return {
    verdict: 'inconclusive',
    because: `${said}; only the last password can be seen, and no notices tell how often it was changed`,
    exchanges,
    several,
  };
}
