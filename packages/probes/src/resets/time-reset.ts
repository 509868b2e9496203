import type { EvidenceMap } from '@launch-ready/core';
import { compareTimes, pauseMs } from '../oracles/compare-times.ts';
import { timedAnswer } from '../oracles/timed-answer.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { askFor } from './reset-desk.ts';
import type { ResetRequest } from './reset-routes.ts';
import { resetInMail } from './reset-token.ts';

type Timed = NonNullable<EvidenceMap['resetReplay']['times']>;

const mailWaitMs = 5000;

/** Compares how long asking for a reset takes for accounts that exist and for names that nobody has. */
export async function timeReset(
  context: ProbeContext,
  asked: ResetRequest,
  names: { readonly known: readonly string[]; readonly absent: readonly string[] },
  seen: { readonly known: readonly Answer[]; readonly absent: readonly Answer[] },
): Promise<Timed> {
  const { inbox, clock, random } = context;
  const usual = seen.known[0]?.status;
  let [since, mailsDue] = [clock.now(), 0];
  const mailsCame = async (): Promise<number> => {
    const mails = (await inbox?.received()) ?? [];
    return mails.filter(
      (mail) =>
        mail.receivedAt >= since &&
        names.known.some((name) => mail.to.includes(name.toLowerCase())) &&
        resetInMail(mail) !== null,
    ).length;
  };
  const times = await compareTimes(
    { known: seen.known.map(timedAnswer), absent: seen.absent.map(timedAnswer) },
    {
      ask: async (whose, turn) => {
        if (whose === 'known' && inbox === null && turn > 3)
          return 'no inbox is given that would show whether each request was really handled';
        const { result } = await askFor(context, asked, names[whose][turn % names[whose].length] ?? '');
        if (result.kind !== 'answer') return `asking for a reset got no answer: ${result.because}`;
        if (result.status !== usual)
          return `asking for a reset so often was answered with status ${result.status}`;
        if (whose === 'known') {
          if (mailsDue === 0) since = new Date(clock.now().getTime() - result.totalMs);
          mailsDue += 1;
        }
        return timedAnswer(result);
      },
      isDear: false,
      pause: () => clock.sleep(pauseMs),
      // Limits that are not told answer at once and send nothing: such answers compare as if nobody had an account.
      doubt: async () => {
        const end = clock.now().getTime() + mailWaitMs;
        while ((await mailsCame()) < mailsDue && clock.now().getTime() < end) await clock.sleep(200);
        const came = await mailsCame();
        return came >= mailsDue
          ? null
          : `of ${mailsDue} resets that were asked for then ${came} were mailed, so that later times tell nothing`;
      },
    },
    random,
  );
  return { operation: asked.request.id, ...times, reproduce: null };
}
