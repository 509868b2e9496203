import type { Actor, EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import { anonymous } from '@launch-ready/core';
import { bearerHeader, headerCredential } from '../session/header-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { closedGate, gateCall, isOpen, type Closed, type Gate } from './closed-gate.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import { isJsonObject, jsonScalars } from '../plant/json-scalars.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import type { Workshop } from '../plant/workshop.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';

type Promotion = EvidenceMap['roleMatrix']['promotions'][number];

const keyPath =
  /(^|\/)(api-?keys?|keys|(access|api|personal-access|service|auth)-?tokens?|service-?accounts?)(\/(create|new))?$/i;
const secretName = /(key|token|secret)$/i;
const keyHeader = { name: 'x-api-key', prefix: '' };

/** Operations by which an account makes itself a key or a token. */
export const keyOperations = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    ({ method, path }) => method === 'POST' && keyPath.test(path) && !/refresh|reset|csrf/i.test(path),
  );

/** Lets a weak account make a key that asks for a stronger role, and tries what that key opens. */
export async function tryKeyWithRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  weak: { readonly actor: Actor; readonly tenant: string },
  gates: readonly Gate[],
): Promise<Promotion> {
  const { ledger, target } = workshop.context;
  const exchanges: ExchangeId[] = [];
  const say = (
    verdict: Promotion['verdict'],
    because: string,
    reproduce: Promotion['reproduce'] = null,
  ): Promotion => ({ operation: operation.id, actor: weak.actor.id, verdict, because, exchanges, reproduce });
  const passes = async (gate: Closed, credential: Credential | null): Promise<boolean> => {
    const answer = await courier.send(
      credential === null ? asActor(weak.actor.id) : { kind: 'credential', actor: anonymous, credential },
      { ...gateCall(gate), purpose: 'does it open what stronger roles may' },
    );
    exchanges.push(...exchangesOf(answer));
    return isOpen(answer, gate);
  };
  const gate = await closedGate(workshop, courier, gates, (one) => passes(one, null));
  if (!gate)
    return say('inconclusive', 'nothing was found that is denied to this role and allowed to a stronger one');
  const bound = workshop.graph.boundSlots(operation);
  const values = workshop.scopeValues(operation, weak.tenant);
  const filled = fillCall(operation, bound, values);
  if (filled.kind === 'unfilled') return say('inconclusive', `nothing is known to fill ${filled.slot} with`);
  const strongest = target.roles[0] ?? 'admin';
  const wanted = { role: strongest, roles: [strongest], isAdmin: true };
  const bodies = [wanted, { role: strongest }, {}];
  let said = '';
  const make = async (more: Readonly<Record<string, unknown>>): Promise<readonly Credential[] | null> => {
    const made = workshop.body(operation, 'create', weak.actor.id, values).value;
    const body = encodedAs(operation, { ...(isJsonObject(made) ? made : {}), ...more });
    const ref = ledger.intend({
      operation: operation.id,
      actor: weak.actor.id,
      tenant: weak.tenant,
      type: 'keys',
      twin: 'throwaway',
      canaries: [],
      slots: filled.slots,
      readUrl: null,
      deleteUrl: null,
      listUrl: null,
    });
    const answer = await courier.send(asActor(weak.actor.id), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body,
      effect: { kind: 'create', entry: ref },
      purpose: 'make a key that asks for more rights',
    });
    exchanges.push(...exchangesOf(answer));
    said = outcomeOf(answer);
    if (answer.kind !== 'answer' || !isSuccess(answer)) {
      ledger.notCreated(ref);
      return null;
    }
    const id = objectIdsIn(answer, 'keys', null)[0];
    const remove = workshop.context.operations.find(
      ({ method, path }) =>
        method === 'DELETE' && path.startsWith(`${operation.path}/{`) && path.endsWith('}'),
    );
    if (id !== undefined && remove)
      ledger.created(ref, {
        objectId: id,
        slots: filled.slots,
        deleteUrl: `${filled.url}/${encodeURIComponent(id)}`,
      });
    else ledger.leftover(ref, 'no operation was found that removes the key');
    const secrets = jsonScalars(answer.json()).flatMap(({ key, value }) =>
      typeof value === 'string' && value.length >= 16 && secretName.test(key) ? [value] : [],
    );
    return secrets.slice(0, 2).flatMap((secret) => {
      workshop.context.transport.addSecret(secret);
      return [
        headerCredential(anonymous, secret, bearerHeader),
        headerCredential(anonymous, secret, keyHeader),
      ];
    });
  };
  for (const more of bodies) {
    const credentials = await make(more);
    if (credentials === null && /answered (401|403|404|405)/.test(said)) break;
    if (credentials === null) continue;
    for (const [index, credential] of credentials.entries()) {
      if (!(await passes(gate, credential))) continue;
      const again = (await make(more))?.[index];
      if (again === undefined || !(await passes(gate, again)) || (await passes(gate, null)))
        return say('inconclusive', `a key opened ${gate.operation.id} once, and another did not`);
      const asked =
        Object.keys(more).length === 0 ? 'without asking for any role' : `that asked for ${strongest}`;
      const request = requestTemplate(
        { method: 'POST', url: filled.url, headers: filled.headers, body: encodedAs(operation, more) },
        operation.origin,
      );
      return say(
        'escalated',
        `two keys of ${weak.actor.id}, made ${asked}, opened ${gate.operation.id}, which is denied to the account itself`,
        {
          curl: curlLine(request),
          script: scriptByHand(`make a key with the request, and try ${gate.operation.id} with the key`),
        },
      );
    }
    // A key that was made with the whole wish and opens nothing more settles the lesser wishes too.
    if (credentials.length > 0)
      return say('refused', `a key was made, and ${gate.operation.id} stayed closed to it`);
    return say('inconclusive', 'a key was made, and the answer does not show it');
  }
  return say('refused', `making a key was ${said}`);
}
