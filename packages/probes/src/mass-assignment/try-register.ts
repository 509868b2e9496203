import { anonymous, type ExchangeId, type Operation, type Reproduction } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { exchangesOf, isSuccess, noEffect, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { openToAllBecause } from '../access/open-to-all.ts';
import { opensAccount } from '../roles/opens-account.ts';
import type { Workshop } from '../plant/workshop.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import { cookieCredential } from '../session/cookie-credential.ts';
import { findToken } from '../session/find-token.ts';
import { bearerHeader, headerCredential } from '../session/header-credential.ts';
import type { Credential } from '../session/sessions.ts';
import { candidateFields, type CandidateField, type OwnNames } from './candidate-fields.ts';
import { merged, type Extra } from './injected-write.ts';
import type { MassTrial } from './try-operation.ts';
import { holds } from './two-values.ts';

/** What takes a name and a password too, and opens nothing new. */
const wayIn = /(^|\/)(log-?in|sign-?in|tokens?|sessions?|auth|authenticate|password[^/]*|[^/]*-password)$/i;
const identity = /(^|\/)(me|whoami|self|profile|account|userinfo)$/i;
const nameField = /^(e-?mail|user-?name|login)$/i;
const passwordField = /^(password|passwd|pwd)$/i;

/** Operations by which anybody opens an account with a name and a password. */
export const registerOperations = (workshop: Workshop): readonly Operation[] =>
  workshop.context.operations.filter(
    (operation) =>
      opensAccount(operation) &&
      !wayIn.test(operation.path) &&
      openToAllBecause(workshop, operation) !== null,
  );

export type RegisterResult =
  | { readonly kind: 'tried'; readonly trials: readonly MassTrial[] }
  | { readonly kind: 'not-tried'; readonly because: string };

interface Opened {
  readonly me: JsonObject;
  readonly credential: Credential;
}

/**
 * Opens a plain account, and another with what answers show of the first and nobody is said to choose. What the second is told
 * of itself after a login of its own counts, and is confirmed with a third.
 *
 * @param opens what a credential reaches that is kept for stronger roles; null when nothing
 */
export async function tryRegister(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  own: OwnNames,
  opens: (credential: Credential) => Promise<string | null>,
): Promise<RegisterResult> {
  const { context } = workshop;
  const exchanges: ExchangeId[] = [];
  const whoAmI = context.operations.find(
    ({ method, path }) => method === 'GET' && identity.test(path) && !path.includes('{'),
  );
  if (!whoAmI) return { kind: 'not-tried', because: 'nothing tells an account about itself' };

  const open = async (extra: Extra): Promise<Opened | string> => {
    const made = workshop.body(operation, 'create', anonymous, new Map());
    const body = encodedAs(operation, merged(made.value, extra));
    const secret = isJsonObject(made.value) ? secretIn(made.value) : null;
    if (!body || !secret) return 'its body cannot be made';
    const [tenant = ''] = context.target.tenants;
    const ref = context.ledger.intend({
      operation: operation.id,
      actor: anonymous,
      tenant,
      type: 'accounts',
      twin: 'throwaway',
      canaries: [],
      slots: {},
      readUrl: null,
      deleteUrl: null,
      listUrl: null,
    });
    const answer = await courier.send(
      { kind: 'credential', actor: anonymous, credential: null },
      {
        operation,
        url: operation.origin + operation.path,
        headers: [],
        body,
        effect: { kind: 'create', entry: ref },
        purpose: 'mass assignment: open an account',
      },
    );
    exchanges.push(...exchangesOf(answer));
    if (!isSuccess(answer)) {
      context.ledger.notCreated(ref);
      return `opening an account was ${outcomeOf(answer)}`;
    }
    context.ledger.leftover(ref, 'it is an account that was opened, and nothing is known that removes it');
    const request = context.sessions.loginRequest(secret);
    if (!request) return 'the login takes more than one request';
    const login = await context.sessions.sendWith(null, anonymous, {
      ...request,
      probe: 'mass-assignment/mass-assignment',
      purpose: 'log in with the account that was opened',
      effect: { kind: 'session' },
    });
    exchanges.push(login.exchange);
    if (login.kind === 'no-answer' || login.status >= 300)
      return 'the account that was opened could not log in';
    const jar = cookieCredential(anonymous);
    jar.absorb(request.url, login.headers);
    const token = findToken(login.json(), login.headers)?.token;
    const credentials: readonly Credential[] = [
      ...(token === undefined ? [] : [headerCredential(anonymous, token, bearerHeader)]),
      ...(jar.names(context.target.api).length > 0 ? [jar] : []),
    ];
    for (const credential of credentials) {
      const told = await courier.send(
        { kind: 'credential', actor: anonymous, credential },
        {
          operation: whoAmI,
          url: whoAmI.origin + whoAmI.path,
          headers: [],
          body: null,
          effect: noEffect,
          purpose: 'mass assignment: what the account is told of itself',
        },
      );
      exchanges.push(...exchangesOf(told));
      const json = told.kind === 'answer' && isSuccess(told) ? told.json() : null;
      if (isJsonObject(json)) return { me: innermost(json), credential };
    }
    return 'the account that was opened is told nothing of itself';
  };

  const registerReproduction = (field: CandidateField): Reproduction => {
    const { value } = workshop.body(operation, 'create', anonymous, new Map());
    const body = encodedAs(operation, merged(value, { [field.name]: field.second }));
    const url = operation.origin + operation.path;
    return {
      curl: curlLine(requestTemplate({ method: operation.method, url, body }, operation.origin)),
      script: scriptByHand(
        `open an account with the request, log in, and see what ${whoAmI.id} says of ${field.name}; no script opens accounts that nothing removes`,
      ),
    };
  };
  const plain = await open({});
  if (typeof plain === 'string') return { kind: 'not-tried', because: plain };
  const fields = candidateFields(plain.me, operation, [operation], own);
  if (fields.length === 0) return { kind: 'tried', trials: [] };
  const say = (
    field: CandidateField,
    verdict: MassTrial['verdict'],
    because: string,
    effect: string | null = null,
  ) => ({
    operation: operation.id,
    actor: anonymous,
    field: field.name,
    kind: field.kind,
    verdict,
    because,
    effect,
    exchanges,
    reproduce: verdict === 'taken' ? registerReproduction(field) : null,
  });
  const raised = await open(values(fields, 'first'));
  if (typeof raised === 'string')
    return { kind: 'tried', trials: fields.map((field) => say(field, 'refused', raised)) };
  const stored = fields.filter(({ name, first }) => holds(raised.me[name], first));
  const again = stored.length === 0 ? null : await open(values(stored, 'second'));
  const opened =
    stored.length > 0 && (await opens(plain.credential)) === null ? await opens(raised.credential) : null;
  return {
    kind: 'tried',
    trials: fields.map((field): MassTrial => {
      if (!stored.includes(field))
        return say(field, 'ignored', `${field.name} of the new account is what the application gave it`);
      if (again === null || typeof again === 'string' || !holds(again.me[field.name], field.second))
        return {
          ...say(field, 'inconclusive', `${field.name} was taken once, and not again by another account`),
          seenOnce: true,
        };
      const before = JSON.stringify(field.before);
      return say(
        field,
        'taken',
        `two new accounts were told afterwards that their ${field.name} is what they had asked for (without asking: ${before})`,
        opened === null ? null : `${opened} then worked, which a plain new account is refused`,
      );
    }),
  };
}

const values = (fields: readonly CandidateField[], which: 'first' | 'second'): Extra =>
  Object.fromEntries(fields.map((field) => [field.name, field[which]]));

function secretIn(body: JsonObject): { readonly username: string; readonly password: string } | null {
  const find = (pattern: RegExp): unknown => Object.entries(body).find(([name]) => pattern.test(name))?.[1];
  const [username, password] = [find(nameField), find(passwordField)];
  return typeof username === 'string' && typeof password === 'string' ? { username, password } : null;
}

/** The account inside an answer that wraps it. */
function innermost(json: JsonObject): JsonObject {
  const [only, ...more] = Object.values(json);
  return more.length === 0 && isJsonObject(only) ? innermost(only) : json;
}
