import type { ActorId, EvidenceMap, Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { mailKit, mailNeed } from '../reproduction/mail-kit.ts';
import { ownSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { Credential } from '../session/sessions.ts';
import type { InviteRequest, InviteRequests } from './invite-requests.ts';
import { inviteScript } from './invite-script.ts';

type Case = EvidenceMap['inviteReplay']['trials'][number]['case'];

/** An invite that worked in a way in which it must not. */
export interface WrongUse {
  readonly which: Case;
  readonly requests: InviteRequests;
  readonly inviter: ActorId;
  readonly guest: Credential;
}

/** Repeats the wrong use of an invite; where the token comes by mail only the curl lines do. */
export async function inviteReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target' | 'transport'>,
  { which, requests, inviter, guest }: WrongUse,
): Promise<Reproduction | null> {
  const { create, members, remove } = requests;
  if (create === undefined || members === undefined) return null;
  const { origin } = new URL(create.request.url);
  const invite = create.about;
  const template = ({ request, about }: InviteRequest): RequestTemplate =>
    requestTemplate(request, origin, {
      address: about.address,
      token: about.token,
      ...(about.id === null || about.id === about.token ? {} : { invite: about.id }),
    });
  const { url: aliveUrl } = await watchAlive(context, guest, 'lifecycle/invite-replay');
  const own = ownSession(context, guest.actor, guest, aliveUrl === null ? origin : new URL(aliveUrl).origin);
  const by = credentialVariable(inviter);
  const variables = {
    address: 'INVITED_ADDRESS',
    token: 'INVITE_TOKEN',
    invite: 'INVITE_ID',
    member: 'MEMBER_ID',
  };
  const accept = requests.accept === undefined ? null : template(requests.accept);
  const revoke = requests.revoke === undefined ? null : template(requests.revoke);
  const looks = (requests.looks ?? []).map(template);
  const made = template(create);
  const listed = requestTemplate(members, origin);
  const steps: readonly (string | null)[] = [
    own.curl,
    curlLine(made, { credential: by, variables }),
    ...(which === 'revoked' && revoke !== null ? [curlLine(revoke, { credential: by, variables })] : []),
    ...(which === 'safe-method' ? looks.map((one) => curlLine(one, { variables })) : []),
    accept === null ? null : curlLine(accept, { credential: own.credential, variables }),
    curlLine(listed, { credential: by, variables }),
  ];
  const curl = steps.filter((one) => one !== null).join('\n');
  const lacking =
    remove === undefined || accept === null || aliveUrl === null
      ? 'no request is known that takes the new member out again: follow the curl lines'
      : which === 'revoked' && (revoke === null || invite.idAt === null)
        ? 'the id of an invite is not in the answer that makes it: follow the curl lines'
        : null;
  const isScripted = ['second-use', 'other-account', 'revoked', 'safe-method', 'replaced'].includes(which);
  if (!isScripted)
    return { curl, script: scriptByHand(`no script shows "${which}" again: follow the curl lines`) };
  if (lacking !== null || remove === undefined || aliveUrl === null)
    return { curl, script: scriptByHand(lacking ?? '') };
  const page = new URL(context.target.app).origin;
  const alive = requestTemplate({ method: 'GET', url: aliveUrl }, origin);
  const address = `${credentialVariable(guest.actor).replace(/_AUTH$/, '')}_USERNAME`;
  const needs = [
    [by, `a session of ${inviter}, as header lines (Cookie or Authorization)`] as const,
    ...own.needs,
    ...(own.curl === null ? [[address, `mail address of ${guest.actor}`] as const] : []),
  ];
  return {
    curl,
    script: reproductionScriptOf({
      does: [
        'Invites the throw-away account and accepts, to see that invites work; then uses an invite in the wrong way.',
        'Takes the account out of the organisation again and revokes what is left.',
      ],
      needs,
      may: invite.tokenAt === null ? [mailNeed] : [],
      plan: {
        origin,
        ...(page === origin ? {} : { page }),
        which,
        by,
        addressIn: address,
        session: own.plan,
        alive,
        create: made,
        members: listed,
        accept,
        revoke,
        looks,
        remove: requestTemplate(remove.request, origin, { member: remove.id }),
        memberAt: remove.idAt,
        idAt: invite.idAt,
        shownAt: invite.tokenAt,
      },
      uses: [sessionKit, ...(invite.tokenAt === null ? [mailKit] : [])],
      body: inviteScript,
    }),
  };
}
