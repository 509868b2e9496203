import type { Operation, Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { chainOf } from '../reproduction/object-reproduction.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { Injectable } from './injection-desk.ts';

/** Values of a pair of conditions; null for an open quote against a doubled one. */
type Pairs = { readonly holds: readonly string[]; readonly fails: readonly string[] } | null;

/** What a script needs to make an object like this one, with placeholders for its ids and markers. */
function planted(workshop: Workshop, object: PlantedObject) {
  const { origin } = object.made.operation;
  const chain = chainOf(workshop, object);
  const marks = [...new Set(chain.flatMap((one) => one.canaries).map(({ value }) => value))];
  const values = {
    ...Object.fromEntries(chain.map((one, index) => [`id${index + 1}`, one.id])),
    ...Object.fromEntries(marks.map((mark, index) => [`mark${index + 1}`, mark])),
  };
  const call = (of: Operation, one: PlantedObject, body: OutgoingBody | null): RequestTemplate | null => {
    const filled = fillCall(of, workshop.graph.boundSlots(of), one.values);
    return filled.kind === 'unfilled'
      ? null
      : requestTemplate(
          { method: of.method, url: filled.url, headers: filled.headers, body, operation: of },
          origin,
          values,
        );
  };
  const plants = chain.map((one) => ({
    as: credentialVariable(one.owner),
    request: call(one.made.operation, one, one.made.body),
    id: one.idPointer,
  }));
  const removals = chain.map((one, index) => ({
    name: `id${index + 1}`,
    as: credentialVariable(one.owner),
    request: one.resource.remove === null ? null : call(one.resource.remove, one, null),
  }));
  const isWhole = plants.every((one) => one.request !== null && one.id !== null);
  return {
    origin,
    values,
    call,
    plants,
    removals,
    isWhole,
    last: `id${chain.length}`,
    marks: marks.map((_, index) => `mark${index + 1}`),
  };
}

const plantKit = `const values = Object.fromEntries(plan.marks.map((name) => [name, fresh()]));
const plantAll = async () => {
  for (const [index, plant] of plan.plants.entries()) {
    const answer = await send(plant.request, values, given(plant.as));
    const id = at(answer.json, plant.id);
    if (!answer.ok || id === undefined || id === null) cannotTell('making an object was answered ' + answer.status);
    values['id' + (index + 1)] = String(id);
  }
};
const removeAll = async () => {
  for (const { name, as, request } of plan.removals.toReversed()) if (request && name in values) await send(request, values, given(as)).catch(() => null);
};`;

/** Makes an object and asks for it with both conditions, or with an open and a doubled quote. */
export function conditionReproduction(
  workshop: Workshop,
  place: Injectable,
  value: string,
  pairs: Pairs,
): Reproduction | null {
  const kit = planted(workshop, place.object);
  if (!kit.isWhole) return null;
  const as = credentialVariable(place.object.owner);
  const ask = (text: string): RequestTemplate =>
    requestTemplate(
      { method: 'GET', url: place.urlWith(encodeURIComponent(text)), headers: place.headers },
      kit.origin,
      kit.values,
    );
  const holds = (pairs?.holds ?? [`${value}''`]).map(ask);
  const fails = (pairs?.fails ?? [`${value}'`]).map(ask);
  const variables = Object.fromEntries(
    Object.keys(kit.values).map((name) => [
      name,
      name.startsWith('mark') ? 'TEXT_OF_AN_OWN_OBJECT' : 'OWN_ID',
    ]),
  );
  const [one, other] = [holds[0], fails[0]];
  if (one === undefined || other === undefined) return null;
  return {
    curl: `${curlLine(one, { credential: as, variables })}\n${curlLine(other, { credential: as, variables })}`,
    script: reproductionScriptOf({
      does: [
        'Makes an object, asks for it with two values that differ only in what they mean to a database, and removes it.',
      ],
      needs: [...new Set([as, ...kit.plants.map((plant) => plant.as)])].map(
        (name) => [name, 'a session, as header lines (Cookie or Authorization)'] as const,
      ),
      plan: {
        origin: kit.origin,
        as,
        plants: kit.plants,
        removals: kit.removals,
        marks: kit.marks,
        last: kit.last,
        holds,
        fails,
        byError: pairs === null,
      },
      body: `${plantKit}
try {
  await plantAll();
  const ask = async (request) => {
    const answer = await send(request, values, given(plan.as));
    if ([401, 429].includes(answer.status)) cannotTell('answered ' + answer.status);
    return answer;
  };
  const own = [values[plan.last], ...plan.marks.map((name) => values[name])].map((one) => String(one).toLowerCase());
  const finds = async (request) => {
    const answer = await ask(request);
    const sent = request.place.replace(/\\{(\\w+)\\}/g, (_, name) => values[name] ?? '').toLowerCase();
    return answer.ok && own.some((one) => one.length >= 6 && !sent.includes(one) && answer.text.toLowerCase().includes(one));
  };
  const breaks = async (request) => (await ask(request)).status >= 500 || /SQLSTATE|syntax error|unterminated|SQLITE_/i.test((await ask(request)).text);
  for (const [index, request] of plan.holds.entries()) {
    if (plan.byError) {
      if (!(await breaks(plan.fails[index]))) gone('an open quote is taken as text');
      if (await breaks(request)) cannotTell('a doubled quote fails too');
    } else {
      if (!(await finds(request))) gone('a condition behind the value is taken as text');
      if (await finds(plan.fails[index])) gone('both conditions find the same');
    }
  }
  there(plan.byError ? 'an open quote reaches the database' : 'a condition behind the value is carried out');
} finally {
  await removeAll();
}`,
    }),
  };
}

/** Makes an object with the value in one of its fields, and looks whether its answer shows what a second language made of it. */
export function storedEffectReproduction(
  workshop: Workshop,
  object: PlantedObject,
  look: { readonly operation: Operation; readonly headers: readonly [string, string][] },
  sign: { readonly pattern: string; readonly page: boolean },
): Reproduction | null {
  const kit = planted(workshop, object);
  const reading = kit.call(look.operation, object, null);
  if (!kit.isWhole || reading === null) return null;
  const as = credentialVariable(object.owner);
  const asked = { ...reading, headers: [...reading.headers, ...look.headers] };
  const write = kit.plants.at(-1)?.request;
  if (!write) return null;
  return {
    curl: `${curlLine(write, { credential: as })}\n${curlLine(asked, { credential: as })}`,
    script: reproductionScriptOf({
      does: ['Makes an object whose text holds the syntax of another language, reads it, and removes it.'],
      needs: [...new Set([as, ...kit.plants.map((plant) => plant.as)])].map(
        (name) => [name, 'a session, as header lines (Cookie or Authorization)'] as const,
      ),
      plan: {
        origin: kit.origin,
        as,
        plants: kit.plants,
        removals: kit.removals,
        marks: kit.marks,
        look: asked,
        pattern: sign.pattern,
        page: sign.page,
      },
      body: `${plantKit}
try {
  await plantAll();
  const answer = await send(plan.look, values, given(plan.as));
  if (!answer.ok) cannotTell('its owner is answered ' + answer.status);
  const isPage = /text\\/html/i.test(answer.headers.get('content-type') ?? '');
  if (plan.page && !isPage) gone('the text is no longer given out as a page');
  new RegExp(plan.pattern).test(answer.text) ? there('the value took effect') : gone('the value is taken as text');
} finally {
  await removeAll();
}`,
    }),
  };
}
