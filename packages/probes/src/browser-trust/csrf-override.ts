import type { ExchangeId } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import { asActor, changes, exchangesOf, noEffect, type Courier } from '../cross-tenant/courier.ts';
import { freshControl } from '../input/fresh-control.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import type { CsrfTrial } from './csrf-attempt.ts';
import { hostileHeaders } from './hostile-request.ts';
import { cookiePairs } from './partial-credential.ts';

/**
 * A form of a page elsewhere that says by `_method` that it is a DELETE, which some frameworks believe; for an object that was just
 * made, twice before it is believed. Null where nothing can be tried.
 *
 * @param always the cookie travels to every site by its own flag, so that no browser is needed to tell
 */
export async function tryOverride(
  workshop: Workshop,
  courier: Courier,
  like: PlantedObject,
  { cookieTravels, always }: Pick<CsrfTrial, 'cookieTravels'> & { readonly always: boolean },
): Promise<CsrfTrial | null> {
  const { remove, read } = like.resource;
  if (remove?.method !== 'DELETE' || remove.wire || read === null) return null;
  const exchanges: ExchangeId[] = [];
  let reproduce: CsrfTrial['reproduce'] = null;
  const end = (verdict: CsrfTrial['verdict'], because: string, more: Partial<CsrfTrial> = {}): CsrfTrial => ({
    operation: remove.id,
    actor: like.owner,
    style: 'method-override',
    cookieTravels,
    verdict,
    because,
    exchanges,
    reproduce: null,
    ...more,
  });
  for (const time of ['first', 'second']) {
    const made = await freshControl(workshop, courier, like, 'to be removed by a page elsewhere, if it can');
    if (made.kind === 'not-planted' || made.object === like) return null;
    const { object } = made;
    const { owner, values, ref, resource } = object;
    const bound = (operation: typeof remove): ReturnType<typeof fillCall> =>
      fillCall(operation, workshop.graph.boundSlots(operation), values);
    const at = bound(remove);
    const look = bound(read);
    if (at.kind === 'unfilled' || look.kind === 'unfilled' || !object.ownerReads) return null;
    const url = `${at.url}${at.url.includes('?') ? '&' : '?'}_method=DELETE`;
    const body = { kind: 'form', fields: { _method: 'DELETE' } } as const;
    const cookie = cookiePairs(workshop.context.sessions.current(owner).headers(url))
      .map(([name, one]) => `${name}=${one}`)
      .join('; ');
    const result = await courier.send(
      { kind: 'credential', actor: owner, credential: null },
      {
        operation: { ...remove, method: 'POST' },
        url,
        headers: [...hostileHeaders('form'), ['cookie', cookie]],
        body,
        effect: changes(ref),
        purpose: 'a page elsewhere sends a form that says it is a DELETE',
      },
    );
    const after = await courier.send(asActor(owner), {
      operation: read,
      url: look.url,
      headers: look.headers,
      body: null,
      effect: noEffect,
      purpose: `is the ${resource.type} still there`,
    });
    exchanges.push(...exchangesOf(result, after));
    if (result.kind !== 'answer' || after.kind !== 'answer')
      return end('inconclusive', 'an answer did not come');
    if (after.status < 300)
      return time === 'first'
        ? end('refused', `it was answered ${result.status}, and the object is still there`)
        : end('inconclusive', 'one object was gone, and another was not');
    if (after.status !== 404 && after.status !== 410)
      return end('inconclusive', `its owner reads it with status ${after.status}`);
    const { origin } = new URL(url);
    reproduce = {
      curl: curlLine(
        requestTemplate({ method: 'POST', url, headers: hostileHeaders('form'), body }, origin, {
          id: object.id,
        }),
        { variables: { id: 'ID_OF_AN_OBJECT_OF_YOURS' }, credential: credentialVariable(owner) },
      ),
      script: scriptByHand('an object has to be made first: make one, and run the curl line with its id'),
    };
  }
  const because = 'two objects were gone after a form said that it is a DELETE';
  if (always || cookieTravels !== 'yes') return end('changed', because, { reproduce });
  return end('inconclusive', `${because}; whether a browser sends the cookie along was not seen`);
}
