import type { EvidenceMap } from '@launch-ready/core';
import { asActor, exchangesOf, isSuccess, noEffect, type Courier } from '../cross-tenant/courier.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import type { Workshop } from '../plant/workshop.ts';
import { requestReproduction } from '../reproduction/request-reproduction.ts';
import { secretFields, type SecretField } from './secret-fields.ts';

type Exposure = EvidenceMap['massAssignment']['exposures'][number];

/** Secrets in what actors were answered in the ordinary way; each is asked for once more before it counts. */
export async function findExposures(
  workshop: Workshop,
  courier: Courier,
): Promise<{ readonly exposures: readonly Exposure[]; readonly answersRead: number }> {
  const { sessions } = workshop.context;
  const { reads } = receivedAnswers(workshop.context);
  const isOwn = (actor: string, text: string): boolean => {
    const name = sessions.secretOf(actor)?.username.toLowerCase();
    return name !== undefined && text.includes(JSON.stringify(name));
  };
  const first = new Map<string, SecretField>();
  for (const received of reads)
    for (const secret of secretFields(received, isOwn)) {
      const key = `${received.operation.id} ${secret.field} ${secret.kind}`;
      const before = first.get(key);
      if (!before || (before.own && !secret.own)) first.set(key, secret);
    }
  const exposures: Exposure[] = [];
  for (const { received, field, kind, own } of first.values()) {
    const { operation, url, actor, answer } = received;
    const again = await courier.send(asActor(actor), {
      operation,
      url,
      headers: [],
      body: null,
      effect: noEffect,
      purpose: 'confirm: the same answer again',
    });
    const seen =
      again.kind === 'answer' &&
      isSuccess(again) &&
      secretFields({ ...received, answer: again }, isOwn).some(
        (one) => one.field === field && one.kind === kind,
      );
    const what = kind === 'password-hash' ? 'a password hash' : 'a credential';
    exposures.push({
      operation: operation.id,
      actor,
      field,
      kind,
      own,
      verdict: seen ? 'exposed' : 'inconclusive',
      ...(seen ? {} : { seenOnce: true }),
      because: seen
        ? `the answer to ${actor} holds ${what} ${own ? 'of its own account' : 'of another account'} in ${field}`
        : `${field} held ${what} once, and not again`,
      exchanges: exchangesOf(answer, again),
      reproduce: seen
        ? requestReproduction({
            method: operation.method,
            url,
            headers: [],
            body: null,
            actor,
            sign: {
              kind: 'text',
              pattern: new RegExp(`"${field.replace(/[^\\w-]/g, '.')}"\\s*:\\s*"[^"]{6,}"`),
            },
          })
        : null,
    });
  }
  return { exposures, answersRead: reads.length };
}
