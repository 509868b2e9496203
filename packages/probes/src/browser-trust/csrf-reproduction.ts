import type { Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { chainOf } from '../reproduction/object-reproduction.ts';
import { logsInItself, ownSession, sessionNeed } from '../reproduction/own-session.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { answerPointer } from '../wires/spoken-step.ts';
import type { HostileCall } from './csrf-attempt.ts';
import { hostileHeaders } from './hostile-request.ts';

/** Sends what a page elsewhere would, with the cookies that a browser would add, and looks as their owner what it made. */
export function csrfReproduction(
  workshop: Workshop,
  object: PlantedObject,
  call: HostileCall,
): Reproduction | null {
  const { sessions } = workshop.context;
  const { origin } = call.operation;
  const [list] = object.resource.lists;
  const filled = list ? fillCall(list, workshop.graph.boundSlots(list), object.values) : null;
  const parents = chainOf(workshop, object).slice(0, -1);
  const ids = Object.fromEntries(parents.map(({ id }, index) => [`id${index + 1}`, id]));
  const marks = parents.flatMap(({ canaries }) => canaries.map(({ value }) => value));
  const values = {
    ...ids,
    ...Object.fromEntries(marks.map((mark, index) => [`mark${index + 1}`, mark])),
    marker: call.marker,
    made: object.id,
  };
  const headers = hostileHeaders(call.style);
  const { method } = call.operation;
  const attack = {
    ...requestTemplate(
      { method, url: call.url, headers, body: call.body, operation: call.operation },
      origin,
      values,
    ),
  };
  const shown = headers.filter(([name]) => /^(origin|referer|sec-fetch-)/i.test(name));
  const withOrigin = { ...attack, headers: [...attack.headers, ...shown] };
  const as = credentialVariable(object.owner);
  const curl = curlLine(withOrigin, { credential: as, variables: { marker: 'ANY_TEXT' } });
  const own = ownSession(workshop.context, object.owner, sessions.current(object.owner), origin);
  const { proof } = workshop.context.target;
  const { remove } = object.resource;
  const removed = remove ? fillCall(remove, workshop.graph.boundSlots(remove), object.values) : null;
  if (!list || filled?.kind !== 'filled')
    return { curl, script: scriptByHand('there is no list in which the owner would see the effect') };
  const looks = requestTemplate(
    { method: list.method, url: filled.url, headers: filled.headers, operation: list },
    origin,
    values,
  );
  if (!logsInItself(own))
    return {
      curl,
      script: scriptByHand('the flags of the cookie are seen at a login that no script can do'),
    };
  return {
    curl,
    script: reproductionScriptOf({
      does: [
        `Sends what a page of another site can send to ${call.operation.id}, with the cookies that a browser would`,
        `add to it, and looks as ${object.owner} whether it had an effect. What it made is removed.`,
      ],
      needs: [...own.needs, ...parents.map(({ owner }) => sessionNeed(owner))],
      plan: {
        origin,
        page: new URL(workshop.context.target.app).origin,
        session: own.plan,
        alive:
          proof === null
            ? looks
            : requestTemplate({ method: 'GET', url: new URL(proof, origin).href }, origin),
        topLevel: call.style === 'get',
        marks: Object.keys(values).filter((name) => name.startsWith('mark')),
        plants: parents.map((one) => ({
          as: credentialVariable(one.owner),
          request: requestTemplate({ ...one.made, method: one.made.operation.method }, origin, values),
          id: one.idPointer === null ? null : answerPointer(one.made.operation) + one.idPointer,
          remove: removalOf(workshop, one, origin, values),
        })),
        attack: withOrigin,
        looks,
        idName: object.idPointer?.split('/').at(-1) ?? 'id',
        remove:
          remove && removed?.kind === 'filled'
            ? requestTemplate(
                { method: remove.method, url: removed.url, headers: removed.headers, operation: remove },
                origin,
                values,
              )
            : null,
      },
      uses: [sessionKit],
      body,
    }),
  };
}

function removalOf(
  workshop: Workshop,
  { resource, values: slots }: PlantedObject,
  origin: string,
  values: Readonly<Record<string, string>>,
) {
  const { remove } = resource;
  const filled = remove ? fillCall(remove, workshop.graph.boundSlots(remove), slots) : null;
  return remove && filled?.kind === 'filled'
    ? requestTemplate(
        { method: remove.method, url: filled.url, headers: filled.headers, operation: remove },
        origin,
        values,
      )
    : null;
}

const body = String.raw`
const values = Object.fromEntries(plan.marks.map((name) => [name, fresh()]));
const planted = [];
let session = null;
try {
  for (const [index, plant] of plan.plants.entries()) {
    const answer = await send(plant.request, values, given(plant.as));
    const id = plant.id === null ? null : at(answer.json, plant.id);
    if (!answer.ok || !id) cannotTell('making what it needs was answered ' + answer.status);
    values['id' + (index + 1)] = id;
    planted.unshift(plant);
  }
  const login = await logInAs(env(plan.session.nameFrom), env(plan.session.wordFrom));
  if (login.status >= 400) cannotTell('the login was answered ' + login.status);
  session = sessionsIn(login)[0] ?? cannotTell('the login gives no session');
  const before = await send(plan.looks, values, session);
  if (!before.ok) cannotTell('the owner is answered ' + before.status);
  const flag = (name) => /;\s*samesite\s*=\s*(\w+)/i.exec(login.cookies.filter((line) => line.startsWith(name + '=')).pop() ?? '')?.[1]?.toLowerCase();
  const goes = (pair) => ({ strict: false, lax: plan.topLevel }[flag(pair.slice(0, pair.indexOf('=')))] ?? true);
  const jar = login.jar.split('; ').filter((pair) => pair !== '' && goes(pair));
  const answer = jar.length === 0 ? null : await send(plan.attack, values, [['cookie', jar.join('; ')]]);
  const after = await send(plan.looks, values, session);
  if (!after.ok) cannotTell('the owner is answered ' + after.status + ' afterwards');
  if (after.text.toLowerCase().includes(values.marker)) there('the owner has what the other site sent (answered ' + answer.status + ')');
  if (answer === null) gone('a browser adds no cookie to it');
  if (overloaded(answer)) cannotTell('it was answered ' + answer.status);
  gone('it was answered ' + answer.status + ', and nothing was made');
} finally {
  const find = (value) => (typeof value !== 'object' || value === null ? undefined : Object.values(value).map(find).find(Boolean) ?? (plan.idName in value && JSON.stringify(value).toLowerCase().includes(values.marker) ? value[plan.idName] : undefined));
  const made = session && find((await send(plan.looks, values, session).catch(() => null))?.json);
  if (made && plan.remove) await send(plan.remove, { ...values, made }, session).catch(() => null);
  for (const plant of planted) if (plant.remove) await send(plant.remove, values, given(plant.as)).catch(() => null);
}
`;
