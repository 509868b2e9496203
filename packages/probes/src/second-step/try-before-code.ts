import type { ExchangeId } from '@launch-ready/core';
import { isLike } from '../lifecycle/tenant-gate.ts';
import { tenantCall, type TenantCall } from '../lifecycle/tenant-call.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import type { ProbeContext } from '../probe.ts';
import { watchAlive } from '../reproduction/watch-alive.ts';
import type { HalfLogin } from '../session/half-login.ts';
import type { Credential } from '../session/sessions.ts';
import type { Answer } from '../transport/transport.ts';
import type { StepTried } from './second-step.ts';
import { stepReproduction } from './step-reproduction.ts';

const probe = 'second-step/second-step';
const mostReads = 6;
const aboutSigningIn =
  /(otp|mfa|2fa|totp|factor|challenge|log-?out|sign-?out|csrf|health|ready|live|metrics|openapi|docs|swagger)/i;

/**
 * Uses what the password alone gave, before any code, for what a whole session gets. Pages for somebody who is half signed in
 * are no hole: an answer counts when it has what the whole session gets, and nobody gets it.
 */
export async function tryBeforeCode(
  context: ProbeContext,
  half: HalfLogin,
  whole: Credential,
): Promise<StepTried> {
  const { actor } = whole;
  const exchanges: ExchangeId[] = [...half.exchanges];
  const reads = await privateReads(context, whole);
  if (reads.length === 0)
    return { case: 'before-code', because: 'no read was found that a whole session could be known by' };
  const ask = async (credential: Credential | null, call: Read): Promise<Answer | null> => {
    const result = await unlessGuarded(
      context.sessions.sendWith(credential, credential?.actor ?? 'anonymous', {
        probe,
        purpose: 'what is open before the code',
        method: 'GET',
        url: call.url,
        headers: call.headers,
        effect: { kind: 'none' },
      }),
    );
    if (result.kind === 'not-sent') return null;
    exchanges.push(result.exchange);
    return result.kind === 'answer' ? result : null;
  };
  let known = 0;
  for (const [index, call] of reads.entries()) {
    // One control is enough where all is refused: that a whole session gets the first.
    const model = index === 0 ? await ask(whole, call) : null;
    if (index === 0 && (model === null || model.status >= 300)) continue;
    known += index === 0 ? 1 : 0;
    for (const credential of half.credentials) {
      const answer = await ask(credential, call);
      if (answer === null || answer.status >= 300) continue;
      const full = model ?? (await ask(whole, call));
      const nobody = await ask(null, call);
      if (full === null || full.status >= 300 || !isLike(answer, full)) continue;
      if (nobody === null || (nobody.status < 300 && isLike(nobody, full))) continue;
      const again = await ask(credential, call);
      if (again === null || !isLike(again, full)) continue;
      const what = `what the password of ${actor} alone gave opened ${call.name} before any code, twice`;
      return {
        case: 'before-code',
        actor,
        verdict: 'accepted',
        because: what,
        exchanges,
        reproduce: stepReproduction(context, actor, `use what it gave for ${call.name}, without any code`),
      };
    }
  }
  return {
    case: 'before-code',
    actor,
    verdict: known === 0 ? 'inconclusive' : 'refused',
    because:
      known === 0
        ? 'what a whole session gets could not be read'
        : `what the password of ${actor} alone gave opened none of ${reads.length} private reads`,
    exchanges,
    reproduce: null,
  };
}

interface Read extends Pick<TenantCall, 'url' | 'headers'> {
  readonly name: string;
}

/** The read that proves the account, and private ones that need nothing but the tenant. */
async function privateReads(context: ProbeContext, whole: Credential): Promise<readonly Read[]> {
  const { sessions, target, operations } = context;
  const reads: Read[] = [];
  const { url } = await watchAlive(context, whole, probe);
  if (url !== null) reads.push({ url, headers: [], name: `GET ${new URL(url).pathname}` });
  const tenant =
    sessions.actors.find(({ id }) => id === whole.actor)?.tenant ??
    target.tenants.find((name) => sessions.throwaway(name) === whole.actor);
  const candidates = operations
    .filter(
      ({ method, path, declaredAuth }) =>
        method === 'GET' && declaredAuth !== 'public' && !path.endsWith('}') && !aboutSigningIn.test(path),
    )
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  for (const operation of candidates) {
    if (tenant === undefined || reads.length > mostReads) break;
    const call = await tenantCall(context, operation, tenant);
    if (call === null || reads.some((one) => one.url === call.url)) continue;
    reads.push({ ...call, name: operation.id });
  }
  return reads;
}
