import type { ActorId, HeaderList, Operation, Reproduction } from '@launch-ready/core';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import { encodedAs } from '../access/call-shape.ts';

/** A raise of one's own rights that worked, and what it opened. */
export interface ProvenPromotion {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: HeaderList;
  readonly actor: ActorId;
  readonly raise: Readonly<Record<string, unknown>>;
  readonly restore: Readonly<Record<string, unknown>>;
  readonly gate: { readonly operation: Operation; readonly url: string; readonly headers?: HeaderList };
  /** The session that raised the rights had them at once; else only a new login has. */
  readonly atOnce: boolean;
}

/** Raises the rights, sees whether the gate opens, and puts them back: a curl line and a script. */
export function promotionReproduction(proven: ProvenPromotion): Reproduction {
  const { operation, url, gate, actor } = proven;
  const { origin } = operation;
  const write = (body: object) =>
    requestTemplate(
      { method: operation.method, url, headers: proven.headers, body: encodedAs(operation, body) },
      origin,
    );
  const as = credentialVariable(actor);
  const raise = write(proven.raise);
  const curl = curlLine(raise, { credential: as });
  if (!proven.atOnce)
    return {
      curl,
      script: scriptByHand(`send the request, log in again, and see whether ${gate.operation.id} works`),
    };
  const script = reproductionScriptOf({
    does: [
      `Raises its own rights with ${operation.id}, tries ${gate.operation.id}, and puts the rights back.`,
    ],
    needs: [[as, 'the session of a weak account that may be changed, as whole request header lines']],
    plan: {
      origin,
      as,
      raise,
      restore: write(proven.restore),
      gate: requestTemplate(
        { method: gate.operation.method, url: gate.url, headers: gate.headers ?? [] },
        origin,
      ),
    },
    body: `
const session = given(plan.as);
const before = await send(plan.gate, {}, session);
if (before.ok) cannotTell('what should be closed to this account is open before anything is tried');
if (before.status === 401 || overloaded(before)) cannotTell('the session was answered ' + before.status);
const wrote = await send(plan.raise, {}, session);
if (wrote.status === 401 || overloaded(wrote)) cannotTell('the raise was answered ' + wrote.status);
const after = await send(plan.gate, {}, session);
if (wrote.ok) await send(plan.restore, {}, session);
if (after.ok) there('what was answered ' + before.status + ' is answered ' + after.status + ' after the raise');
if (overloaded(after)) cannotTell('answered ' + after.status);
gone('the raise was answered ' + wrote.status + ', and opened nothing');
`,
  });
  return { curl, script };
}
