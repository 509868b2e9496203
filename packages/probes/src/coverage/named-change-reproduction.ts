import type { ActorId, Operation, Reproduction } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';

/** A change that named another account and was seen by it. */
export interface ProvenNamedChange {
  readonly operation: Operation;
  readonly actor: ActorId;
  readonly other: ActorId;
  readonly field: string;
  readonly value: string;
  /** By which the other account sees it. */
  readonly look: Operation;
  readonly attack: Readonly<Record<string, unknown>>;
  readonly restore: Readonly<Record<string, unknown>>;
}

/** Changes the other account, lets it look, and puts it back: a curl line and a script. */
export function namedChangeReproduction(proven: ProvenNamedChange): Reproduction {
  const { operation, look, field, value } = proven;
  const { origin } = operation;
  const write = (body: object) =>
    requestTemplate(
      { method: operation.method, url: origin + operation.path, body: encodedAs(operation, body) },
      origin,
    );
  const [as, of] = [credentialVariable(proven.actor), credentialVariable(proven.other)];
  const attack = write(proven.attack);
  const script = reproductionScriptOf({
    does: [
      `Names the account of ${proven.other} in ${operation.id} as ${proven.actor}, and looks whether it was changed; puts it back.`,
    ],
    needs: [
      [as, 'the session of an account that may be used, as whole request header lines'],
      [of, 'the session of the account that the request names, which may be changed'],
    ],
    plan: {
      origin,
      as,
      of,
      field,
      value,
      attack,
      restore: write(proven.restore),
      look: requestTemplate({ method: 'GET', url: look.origin + look.path }, origin),
    },
    body: `
const [session, theirs] = [given(plan.as), given(plan.of)];
const shows = async () => {
  const read = await send(plan.look, {}, theirs);
  if (!read.ok) cannotTell('reading the account was answered ' + read.status);
  return JSON.stringify(read.json).includes(JSON.stringify(plan.value));
};
if (await shows()) cannotTell('the account holds what would be written already');
const wrote = await send(plan.attack, {}, session);
if (wrote.status === 401 || overloaded(wrote)) cannotTell('the change was answered ' + wrote.status);
if (!(await shows())) gone('the change was answered ' + wrote.status + ', and the other account holds what it held');
await send(plan.restore, {}, theirs);
there(plan.field + ' of the other account took what was written');
`,
  });
  return { curl: curlLine(attack, { credential: as }), script };
}
