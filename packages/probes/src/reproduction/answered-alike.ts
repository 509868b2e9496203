import type { ActorId, Reproduction } from '@launch-ready/core';
import type { Call } from '../cross-tenant/courier.ts';
import { credentialVariable } from './credential-variable.ts';
import { curlLine } from './curl-line.ts';
import { sessionNeed } from './own-session.ts';
import { requestTemplate } from './request-template.ts';
import { reproductionScriptOf } from './script-kit.ts';
import { spoilKit } from './spoil-kit.ts';

/** Shows again that whoever has no valid credential is answered like one actor, and unlike another. */
export function answeredAlike(
  { operation, url, headers }: Pick<Call, 'operation' | 'url' | 'headers'>,
  who: { readonly actor: ActorId; readonly other: ActorId; readonly spoilt: 'none' | 'tampered' | 'expired' },
): Reproduction {
  const { origin } = operation;
  const request = requestTemplate({ method: operation.method, url, headers, operation }, origin);
  const expired = credentialVariable(`${who.actor}.expired`);
  return {
    curl: curlLine(request, {
      credential:
        who.spoilt === 'none'
          ? null
          : who.spoilt === 'expired'
            ? expired
            : `CHANGED_${credentialVariable(who.actor)}`,
    }),
    script: reproductionScriptOf({
      does: [
        `Sends ${operation.id} with ${who.spoilt === 'none' ? 'no' : who.spoilt === 'expired' ? 'an expired' : 'a changed'} credential, and compares what comes with what ${who.actor} and ${who.other} get.`,
      ],
      needs: [
        sessionNeed(who.actor),
        sessionNeed(who.other),
        ...(who.spoilt === 'expired' ? [[expired, 'the same of a session that has run out'] as const] : []),
      ],
      plan: {
        origin,
        request,
        as: credentialVariable(who.actor),
        other: credentialVariable(who.other),
        spoilt: who.spoilt,
        expired,
      },
      uses: [spoilKit],
      body: String.raw`
const [own, other] = [given(plan.as), given(plan.other)];
const mine = await send(plan.request, {}, own);
const theirs = await send(plan.request, {}, other);
if (!mine.ok || mine.text.trim() === '') cannotTell('the owner is answered ' + mine.status);
if (theirs.text === mine.text) cannotTell('everybody is answered alike, so that nothing tells whether it is private');
const sets = { none: () => [[]], tampered: () => ['start', 'second-half'].map((part) => tampered(own, part)), expired: () => [given(plan.expired)] }[plan.spoilt]();
let last;
for (const session of sets) {
  last = await send(plan.request, {}, session);
  if (overloaded(last)) cannotTell('it is answered ' + last.status);
  if (last.ok && last.text === mine.text) there('it is answered like the owner, with ' + last.status);
}
if ((await send(plan.request, {}, own)).text !== mine.text) cannotTell('the answer changes by itself');
gone('it is answered ' + last.status + ', unlike the owner');`,
    }),
  };
}
