import type { ActorId, Operation, Reproduction } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { CandidateField } from './candidate-fields.ts';
import type { Extra } from './injected-write.ts';

/** Writes the field into the own profile, reads it back and puts the old value back: a curl line and a script. */
export function profileReproduction(
  operation: Operation,
  actor: ActorId,
  field: CandidateField,
  /** What a whole replacement must hold beside the field. */
  kept: Extra,
): Reproduction {
  const { origin } = operation;
  const url = origin + operation.path;
  const write = (value: unknown) =>
    requestTemplate(
      {
        method: operation.method,
        url,
        body: encodedAs(operation, { ...kept, [field.name]: value }),
      },
      origin,
    );
  const as = credentialVariable(actor);
  const script = reproductionScriptOf({
    does: [
      `Writes ${field.name} into the own profile with ${operation.id}, reads it back and puts the old value back.`,
    ],
    needs: [[as, 'the session of an account that may be changed, as whole request header lines']],
    plan: {
      origin,
      as,
      field: field.name,
      tries: [
        { value: field.second, request: write(field.second) },
        { value: field.first, request: write(field.first) },
      ],
      look: requestTemplate({ method: 'GET', url }, origin),
      write: write('{old}'),
    },
    body: scriptBody,
  });
  return { curl: curlLine(write(field.second), { credential: as }), script };
}

const scriptBody = `
const session = given(plan.as);
const find = (value) => {
  if (value === null || typeof value !== 'object') return undefined;
  if (plan.field in value) return value[plan.field];
  return Object.values(value).map(find).find((inner) => inner !== undefined);
};
const look = async () => {
  const read = await send(plan.look, {}, session);
  if (!read.ok) cannotTell('reading the profile was answered ' + read.status);
  return find(read.json);
};
const before = await look();
if (before === undefined) cannotTell(plan.field + ' is not in the profile');
// A value that it holds already would prove nothing.
const one = plan.tries.find(({ value }) => value !== before) ?? cannotTell(plan.field + ' holds what would be written');
const wrote = await send(one.request, {}, session);
if (overloaded(wrote)) cannotTell('the write was answered ' + wrote.status);
const after = await look();
const body = plan.write.body.map((part) => (typeof part === 'string' ? part.replace('"{old}"', () => JSON.stringify(before)) : part));
if (after !== before) await send({ ...plan.write, body }, {}, session);
if (after === one.value || (typeof after === 'string' && Date.parse(after) === Date.parse(one.value))) there(plan.field + ' took ' + JSON.stringify(one.value));
gone(plan.field + ' still holds ' + JSON.stringify(after));
`;
