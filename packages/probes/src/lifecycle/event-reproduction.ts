import type { ActorId, Reproduction } from '@launch-ready/core';
import { jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { logsInItself, ownSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate, type RequestToShow } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import type { Credential, Refresh } from '../session/sessions.ts';
import { refreshKit, refreshPlan } from '../tokens/refresh-reproduction.ts';

/** Something that ends the access of an account, and a private read by which that shows. */
export interface EventToRepeat {
  readonly does: string;
  readonly credential: Credential;
  /** What the old session is served, and must not be after the event. */
  readonly gate: string;
  /** Whether the gate is looked at with the refresh token of the login instead of its session. */
  readonly refresh?: Refresh | undefined;
  readonly event:
    | {
        /** The account itself ends all its sessions, in another one. */
        readonly kind: 'own';
        readonly ends: RequestToShow;
      }
    | {
        /** An administrator changes the account, and undoes it afterwards. */
        readonly kind: 'by-admin';
        readonly admin: ActorId;
        readonly list: RequestToShow;
        /** The entry of the account in the list, and its id there. */
        readonly row: JsonObject;
        readonly id: string | null;
        readonly username: string;
        /** Sent before the login, to give what the event takes. */
        readonly before: RequestToShow | null;
        readonly change: RequestToShow;
        readonly undo: RequestToShow;
      };
}

/** Repeats an event that a session, or a refresh token, outlived, on the throw-away account. */
export function eventReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  { does, credential, gate, refresh, event }: EventToRepeat,
): Reproduction {
  const { origin } = new URL(gate);
  const own = ownSession(context, credential.actor, credential, origin);
  const alive = requestTemplate({ method: 'GET', url: gate }, origin);
  const main = event.kind === 'own' ? event.ends : event.change;
  const admin = event.kind === 'own' ? own.credential : credentialVariable(event.admin);
  const pointer =
    event.kind === 'own' || event.id === null
      ? null
      : (jsonScalars(event.row).find(({ value }) => String(value) === event.id)?.pointer ?? null);
  const curl = [
    ...(own.curl === null ? [] : [own.curl]),
    curlLine(requestTemplate(main, origin), { credential: admin }),
    `${curlLine(alive, { credential: `OLD_${own.credential}` })} # with a session from before`,
  ].join('\n');
  const trade = refresh === undefined ? null : refreshPlan(refresh, origin);
  if (refresh !== undefined && (trade === null || !logsInItself(own)))
    return { curl, script: scriptByHand(`${does} The login of the account takes more than one request.`) };
  if (event.kind === 'by-admin' && event.id !== null && pointer === null)
    return { curl, script: scriptByHand(`${does} Nothing tells the id of the account.`) };
  const values = event.kind === 'by-admin' && event.id !== null ? { member: event.id } : {};
  const template = (request: RequestToShow | null) =>
    request === null ? null : requestTemplate(request, origin, values);
  const page = new URL(context.target.app).origin;
  const plan = {
    origin,
    ...(page === origin ? {} : { page }),
    session: own.plan,
    alive,
    ...trade,
    ...(event.kind === 'own'
      ? { ends: template(event.ends) }
      : {
          admin,
          pointer,
          list: template(event.list),
          before: template(event.before),
          change: template(event.change),
          undo: template(event.undo),
        }),
  };
  const script = reproductionScriptOf({
    does: [does, 'Never give it another account than a throw-away one.'],
    needs: [
      ...own.needs,
      ...(event.kind === 'own'
        ? []
        : [[admin, `the session of ${event.admin}, as whole request header lines`] as const]),
    ],
    plan,
    uses: [sessionKit, ...(trade === null ? [] : [refreshKit])],
    body: `${event.kind === 'own' ? ownEvent : adminEvent}${trade === null ? sessionOutlives : refreshOutlives}`,
  });
  return { curl, script };
}

const ownEvent = `
const prepare = async () => {};
const happen = async () => {
  const answer = await send(plan.ends, {}, await logIn());
  if (answer.status >= 300) cannotTell('ending all sessions was answered ' + answer.status);
};
const undo = async () => {};
`;

const adminEvent = `
const session9 = given(plan.admin);
const names = (value) => JSON.stringify(value).toLowerCase().includes('"' + env(plan.session.nameFrom).toLowerCase() + '"');
const rowIn = (value) => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.find(names);
  return Object.values(value).map(rowIn).find(Boolean);
};
const listed = await send(plan.list, {}, session9);
const row = rowIn(listed.json) ?? cannotTell('the account is not in the list (answered ' + listed.status + ')');
const values9 = plan.pointer === null ? {} : { member: at(row, plan.pointer) };
const act = (request) => send(request, values9, session9);
const prepare = async () => {
  if (plan.before === null) return;
  const answer = await act(plan.before);
  if (answer.status >= 300) cannotTell('giving the right was answered ' + answer.status);
};
const happen = async () => {
  const answer = await act(plan.change);
  if (answer.status >= 300) cannotTell('the change was answered ' + answer.status);
};
const undo = async () => {
  const answer = await act(plan.undo).catch(() => null);
  if (answer === null || answer.status >= 300) console.log('it could not be undone (answered ' + answer?.status + '): do it by hand');
};
`;

const sessionOutlives = `
let outlived = null;
try {
  await prepare();
  const old = await logIn();
  await happen();
  outlived = await alive(old);
  if (outlived) {
    await pause(5000);
    outlived = await alive(old);
  }
} finally {
  await undo();
}
if (outlived) there('five seconds afterwards the session from before is served');
gone('the session from before is refused afterwards');
`;

const refreshOutlives = `
let outlived = null;
try {
  await prepare();
  await logIn();
  const first = refreshOf(lastLogin) ?? cannotTell('the login gives no refresh token');
  await happen();
  outlived = await opens(await trade(first));
} finally {
  await undo();
}
if (outlived) there('the refresh token from before gives access afterwards');
gone('the refresh token from before is refused afterwards');
`;
