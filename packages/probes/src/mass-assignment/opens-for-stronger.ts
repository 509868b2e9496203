import { anonymous } from '@launch-ready/core';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import { isSuccess, noEffect, type Courier } from '../cross-tenant/courier.ts';
import { isEmptyTalk } from '../plant/empty-talk.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { sameShape } from '../plant/same-shape.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { Credential } from '../session/sessions.ts';

const mostGates = 3;

/** The first read, denied to a role of the target file and allowed to a stronger one, that this credential is answered; or null. */
export async function opensForStronger(
  workshop: Workshop,
  courier: Courier,
  tenant: string,
  credential: Credential,
): Promise<string | null> {
  const { context } = workshop;
  const cells = (context.evidence('roleMatrix')?.cells ?? []).filter(({ relation }) => relation === 'tenant');
  const gates = context.operations.flatMap((operation) => {
    const of = cells.filter((cell) => cell.operation === operation.id);
    const strong = of.find(({ observed, inferred }) => observed === 'allowed' && !inferred);
    const filled = coverageSubject(workshop, operation, tenant, { ownTenant: true })?.filled;
    if (operation.method !== 'GET' || !strong || !of.some(({ observed }) => observed === 'denied')) return [];
    const model =
      filled?.kind === 'filled' ? receivedAnswers(context).read(operation, filled.url, strong.actor) : null;
    return filled?.kind === 'filled' && model
      ? [{ operation, url: filled.url, headers: filled.headers, model }]
      : [];
  });
  for (const { operation, url, headers, model } of gates.slice(0, mostGates)) {
    const answer = await courier.send(
      { kind: 'credential', actor: anonymous, credential },
      {
        operation,
        url,
        headers,
        body: null,
        effect: noEffect,
        purpose: 'does it open to the new account',
      },
    );
    if (isSuccess(answer) && !isEmptyTalk(answer) && sameShape(answer, model)) return operation.id;
  }
  return null;
}
