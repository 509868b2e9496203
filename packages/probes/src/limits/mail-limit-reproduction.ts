import type { ActorId, Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable, usernameVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { mailKit, mailNeed } from '../reproduction/mail-kit.ts';
import { requestTemplate, type RequestToShow } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { answerPointer } from '../wires/spoken-step.ts';

/** What the application is asked for again and again. */
export interface MailAsked {
  readonly actor: ActorId;
  readonly address: string;
  readonly shown: RequestToShow;
  /** The invite that is asked for, which is made as its owner and taken back; null for what a stranger may ask for. */
  readonly invite: { readonly workshop: Workshop; readonly object: PlantedObject } | null;
}

/** Asks 30 times for one address, counts the mails that come, and takes back what it made. */
export function mailLimitReproduction({ actor, address, shown, invite }: MailAsked): Reproduction {
  const { origin } = new URL(shown.url);
  const ask = requestTemplate(shown, origin, { address });
  const variable = invite === null ? null : credentialVariable(actor);
  const remove = invite?.object.resource.remove ?? null;
  const filled =
    invite === null || remove === null
      ? null
      : fillCall(remove, invite.workshop.graph.boundSlots(remove), invite.object.values);
  const drop =
    invite !== null && remove !== null && filled?.kind === 'filled'
      ? requestTemplate(
          { method: remove.method, url: filled.url, headers: filled.headers, operation: remove },
          origin,
          { id: invite.object.id },
        )
      : null;
  const pointer = invite?.object.idPointer ?? null;
  const idAt =
    invite === null || pointer === null ? null : answerPointer(invite.object.made.operation) + pointer;
  const account = usernameVariable(actor);
  const line = curlLine(ask, {
    variables: { address: 'ADDRESS_OF_YOURS' },
    ...(variable === null ? {} : { credential: variable }),
  });
  return {
    curl: `for attempt in $(seq 30); do ${line} -s -o /dev/null -w '%{http_code}\\n'; done # then count the mails`,
    script: reproductionScriptOf({
      does: ['Asks up to 30 times for mails to one address of yours, and counts what comes there.'],
      needs: [
        mailNeed,
        variable === null
          ? [account, `mail address of the throw-away account ${actor}`]
          : [variable, `a session of ${actor}, as header lines (Cookie or Authorization)`],
      ],
      plan: {
        origin,
        as: variable,
        account: variable === null ? account : null,
        domain: address.slice(address.lastIndexOf('@')),
        ask,
        drop,
        idAt,
      },
      uses: [mailKit],
      body: `
const address = plan.account === null ? fresh() + plan.domain : env(plan.account);
const session = plan.as === null ? [] : given(plan.as);
const since = Date.now();
const made = [];
let stopped = null;
let asked = 0;
while (asked < 30 && stopped === null) {
  const answer = await send(plan.ask, { address }, session);
  asked += 1;
  if (answer.status >= 500) cannotTell('asking is answered ' + answer.status);
  const id = plan.idAt === null || !answer.ok ? undefined : at(answer.json, plan.idAt);
  if (id !== undefined) made.push(id);
  if (answer.status >= 400) stopped = answer.status;
}
const came = () => mailsSince(since).filter(({ text }) => text.toLowerCase().includes(address.toLowerCase())).length;
for (let quiet = 0, seen = came(); quiet < 16 && seen < asked; quiet += 1) {
  await pause(250);
  if (came() > seen) quiet = 0;
  seen = came();
}
if (plan.drop) for (const id of made) await send(plan.drop, { id }, session);
const count = came();
if (count > 20) there(count + ' mails came to one address');
if (stopped !== null) gone('stopped with status ' + stopped + ' after ' + asked + ' requests');
if (count === 0) cannotTell('no mail came at all');
gone(count + ' of ' + asked + ' mails came');`,
    }),
  };
}
