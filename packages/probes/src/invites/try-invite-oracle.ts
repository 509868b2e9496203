import type { EvidenceMap, Reproduction } from '@launch-ready/core';
import { compareAccounts, type SeenAnswer } from '../oracles/compare-accounts.ts';
import { compareTimes, pauseMs } from '../oracles/compare-times.ts';
import { timedAnswer } from '../oracles/timed-answer.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import type { Answer } from '../transport/transport.ts';
import type { InviteTrials } from './invite-trials.ts';
import { isFailed } from './make-invite.ts';

type Told = Pick<EvidenceMap['inviteReplay'], 'oracle' | 'times'>;

/** Every further invite has to be withdrawn again, so that few more of them are made than limits allow. */
const mostMore = 40;

/**
 * Whether inviting tells who has an account elsewhere: the guest has one in another tenant, and others have none. What was answered
 * to the invites of other trials is compared first; more are only made where it differs.
 */
export async function tryInviteOracle(all: InviteTrials): Promise<Told> {
  const { context, desk, guest, routes } = all;
  const operation = routes.create.id;
  const isGuest = ({ address }: { readonly address: string }): boolean => address === guest.address;
  const before = desk.answers.length;
  const [firstKnown] = desk.answers.filter(isGuest);
  const strangers = desk.answers.filter((one) => !isGuest(one));
  const [stranger] = strangers;
  if (firstKnown === undefined || firstKnown.answer.status >= 300 || stranger === undefined)
    return { oracle: null, times: null };
  const seen = (one: { readonly address: string; readonly answer: Answer }): SeenAnswer => ({
    answer: one.answer,
    addresses: [one.address],
  });
  const invited = async (address: string): Promise<(typeof desk.answers)[number] | null> => {
    const at = desk.answers.length;
    const invite = await desk.invite(address);
    if (!isFailed(invite)) await all.retire(invite);
    return desk.answers[at] ?? null;
  };
  const [, domain = 'example.com'] = guest.address.split('@');
  let asked = 0;
  const found = await compareAccounts(
    [seen(firstKnown)],
    async () => {
      asked += 1;
      // Some domains may be invited and others not: the second stranger has the domain of the account.
      const one = asked === 1 ? stranger : await invited(`lr${context.random.token(10)}@${domain}`);
      return one === null ? null : seen(one);
    },
    async () => {
      const one = await invited(guest.address);
      return one === null ? null : seen(one);
    },
  );
  const oracle = { operation, ...found, reproduce: found.verdict === 'differs' ? byHand(all) : null };
  if (found.verdict !== 'alike' || context.inbox === null) return { oracle, times: null };
  const timed = (known: boolean) =>
    desk.answers
      .slice(0, before)
      .filter((one) => isGuest(one) === known && one.answer.status === firstKnown.answer.status)
      .map(({ answer }) => timedAnswer(answer));
  let more = 0;
  const times = await compareTimes(
    { known: timed(true), absent: timed(false) },
    {
      ask: async (whose) => {
        if ((more += 1) > mostMore) return 'so many invites are not made';
        const address = whose === 'known' ? guest.address : (context.inbox?.freshAddress('absent') ?? '');
        const one = await invited(address);
        return one === null || one.answer.status !== firstKnown.answer.status
          ? `inviting so often was answered with ${one === null ? 'nothing' : `status ${one.answer.status}`}`
          : timedAnswer(one.answer);
      },
      doubt: async () => null,
      isDear: true,
      pause: () => context.clock.sleep(pauseMs),
    },
    context.random,
  );
  return {
    oracle,
    times: { operation, ...times, reproduce: times.verdict === 'differs' ? byHand(all) : null },
  };
}

/** The invite as a curl line; a script would leave invites behind. */
function byHand({ desk }: InviteTrials): Reproduction | null {
  const { create } = desk.requests;
  if (create === undefined) return null;
  const { origin } = new URL(create.request.url);
  const request = requestTemplate(create.request, origin, { address: create.about.address });
  return {
    curl: curlLine(request, {
      credential: credentialVariable(desk.inviter),
      variables: { address: 'INVITED_ADDRESS' },
    }),
    script: scriptByHand(
      'every try leaves an invite behind: invite an address that has an account elsewhere and one that has none, and compare',
    ),
  };
}
