import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { RequestToShow } from '../reproduction/request-template.ts';
import type { Credential } from '../session/sessions.ts';
import { livingOthers } from './living-others.ts';
import { logInAfresh } from './log-in-afresh.ts';
import { refreshReproduction } from '../tokens/refresh-reproduction.ts';
import { refreshTrial } from '../tokens/refresh-trial.ts';
import { residualLife } from '../tokens/residual-life.ts';
import { passwordRoute, type PasswordRoute } from './password-route.ts';
import { replayCredential } from './replay-credential.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import { passwordReproduction } from './session-reproduction.ts';
import { unlessGuarded } from './unless-guarded.ts';
import type { SessionGap, SessionTrial } from './session-replay.ts';

const probe = 'lifecycle/session-replay';
const event = 'password-change';

interface Trials {
  readonly trials: readonly SessionTrial[];
  readonly notTested: readonly SessionGap[];
}
const gap = (because: string): Trials => ({ trials: [], notTested: [{ event, because }] });

/** Changes the password of a throw-away account in one session, uses the other, and puts the old password back. */
export async function tryPasswordChange(context: ProbeContext): Promise<Trials> {
  const { sessions, target, ledger, transport, random } = context;
  const route = passwordRoute(context.operations);
  if (route === null) return gap('no operation was found that asks for the present and for a new password');
  const tenant = target.tenants.find((name) => sessions.throwaway(name) !== null);
  const actor = tenant === undefined ? null : sessions.throwaway(tenant);
  const secret = actor === null ? null : sessions.secretOf(actor);
  if (tenant === undefined || actor === null || secret === null) {
    return gap(
      'the target file names no throw-away account with a password, and no other account is changed',
    );
  }
  const first = await sessions.login(actor);
  const second = first.kind === 'in' ? await logInAfresh(context, actor) : { ...first, aliveUrl: null };
  if (first.kind === 'refused') return gap(`the throw-away account could not log in: ${first.because}`);
  if (second.kind === 'refused')
    return gap(`the throw-away account could not open a second session: ${second.because}`);
  const exchanges: ExchangeId[] = [...first.exchanges, ...second.exchanges];
  const kind = second.credential.kind === 'cookie' ? 'cookie' : 'bearer';
  const residualSeconds = residualLife(context, second.credential);
  const trial = (
    part: Pick<SessionTrial, 'verdict' | 'aliveAfterMs' | 'because'>,
    more: readonly ExchangeId[] = [],
    reproduce: SessionTrial['reproduce'] = null,
  ): Trials => ({
    trials: [
      {
        event,
        actor,
        credential: kind,
        ...part,
        residualSeconds,
        exchanges: [...exchanges, ...more],
        reproduce,
      },
    ],
    notTested: [],
  });
  const unclear = (because: string): Trials =>
    trial({ verdict: 'inconclusive', aliveAfterMs: null, because });

  // Both sessions were recognised as they were opened.
  const { aliveUrl } = second;
  const password = `Lr-${random.token(8)}-${random.token(8)}-9Kx`;
  transport.addSecret(password);
  const copy = second.credential.snapshot();
  const others = (await livingOthers(context, second, probe)).map((other) => other.snapshot());
  const mark = ledger.intend({
    operation: route.operation.id,
    actor,
    tenant,
    type: 'password',
    twin: 'throwaway',
    canaries: [],
    slots: {},
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const change = await changePassword(context, first.credential, actor, route, secret.password, password);
  if (change.exchange !== null) exchanges.push(change.exchange);
  const proof = await sessions.login(actor, password);
  exchanges.push(...proof.exchanges);
  if (proof.kind === 'refused') {
    const old = await sessions.login(actor);
    if (old.kind === 'in') ledger.notCreated(mark);
    else ledger.leftover(mark, `neither the old nor the new password of ${actor} works: ${old.because}`);
    return unclear(
      `the change was answered with ${change.said}, but the new password did not work: ${proof.because}`,
    );
  }
  const replay = await replayCredential(context, copy, probe);
  const beside: SessionTrial[] = [];
  for (const other of others) {
    const { exchanges: more, ...seen } = await replayCredential(context, other, probe);
    const credential = other.kind === 'cookie' ? 'cookie' : 'bearer';
    beside.push({
      event,
      actor,
      credential,
      ...seen,
      residualSeconds: residualLife(context, other),
      exchanges: [...exchanges, ...more],
      reproduce: null,
    });
  }
  beside.push(
    ...(await refreshTrial(context, second.refresh, {
      event,
      actor,
      probe,
      exchanges,
      reproduce: (refresh) =>
        aliveUrl === null
          ? null
          : refreshReproduction(
              context,
              { credential: copy, refresh, aliveUrl },
              {
                does: [
                  'Keeps a refresh token of the throw-away account and tells how to try it after a new password.',
                ],
                body: `cannotTell('change the password by hand, then send the curl line with the old refresh token');`,
              },
            ),
    })),
  );
  const restored = await restore(context, proof.credential, actor, route, password, secret.password);
  if (restored === null) ledger.cleaned(mark);
  else ledger.leftover(mark, restored);
  const because = restored === null ? replay.because : `${replay.because}; ${restored}`;
  const reproduce =
    replay.verdict !== 'alive' || aliveUrl === null
      ? null
      : passwordReproduction(
          context,
          { credential: copy, aliveUrl },
          { request: changeRequest(route, secret.password, password), from: secret.password, to: password },
        );
  const main = trial(
    { verdict: replay.verdict, aliveAfterMs: replay.aliveAfterMs, because },
    replay.exchanges,
    reproduce,
  );
  return { ...main, trials: [...main.trials, ...beside] };
}

/** Puts the old password back and proves it by a login; returns what went wrong, or null. */
async function restore(
  context: ProbeContext,
  credential: Credential,
  actor: ActorId,
  route: PasswordRoute,
  from: string,
  to: string,
): Promise<string | null> {
  const back = await changePassword(context, credential, actor, route, from, to);
  const login = await context.sessions.login(actor);
  if (login.kind === 'in') return null;
  return `the old password of ${actor} could not be put back (${back.said}): set it by hand`;
}

function changeRequest(
  { operation, currentField, newField, repeatFields }: PasswordRoute,
  from: string,
  to: string,
): RequestToShow & { readonly body: OutgoingBody } {
  const fields = {
    [currentField]: from,
    [newField]: to,
    ...Object.fromEntries(repeatFields.map((name) => [name, to])),
  };
  const form = operation.body?.contentType.includes('x-www-form-urlencoded') ?? false;
  return {
    method: operation.method,
    url: operation.origin + operation.path,
    body: form ? { kind: 'form', fields } : { kind: 'json', value: fields },
  };
}

async function changePassword(
  { sessions }: ProbeContext,
  credential: Credential,
  actor: ActorId,
  route: PasswordRoute,
  from: string,
  to: string,
): Promise<{ readonly said: string; readonly exchange: ExchangeId | null }> {
  const { method, url, body } = changeRequest(route, from, to);
  const result = await unlessGuarded(
    sessions.sendWith(credential, actor, {
      probe,
      purpose: 'change the password of the throw-away account',
      method,
      url,
      body,
      operation: route.operation,
      effect: { kind: 'session' },
    }),
  );
  if (result.kind === 'not-sent') return { said: result.because, exchange: null };
  return {
    said: result.kind === 'answer' ? `status ${result.status}` : result.because,
    exchange: result.exchange,
  };
}
