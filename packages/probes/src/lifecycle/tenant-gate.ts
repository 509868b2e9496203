import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { isJsonObject, jsonScalars } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { Answer, SendResult } from '../transport/transport.ts';
import { lastLiteral, literalSegments } from './operation-words.ts';
import { tenantCall } from './tenant-call.ts';
import { unlessGuarded } from './unless-guarded.ts';

/** A private read of one tenant, by whose answer can be told whether somebody has a right there. */
export interface TenantGate {
  readonly operation: Operation;
  readonly url: string;
  /** Whether this credential gets what those with the right get; null when the answer decides nothing (429, 5xx, none). */
  opens(
    credential: Credential,
  ): Promise<{ readonly open: boolean | null; readonly exchanges: readonly ExchangeId[] }>;
}

/** Who must get through a gate now, and who must not. */
interface Sides {
  readonly may: readonly Credential[];
  /** null is nobody. */
  readonly mayNot: readonly (Credential | null)[];
}

const notPrivate =
  /^(me|self|whoami|session|profile|account|user|userinfo|health|ready|live|version|docs|openapijson|openapi|swagger|metrics|csrf|config)$/;
const mostCandidates = 6;

/**
 * Finds a read of a tenant that lets one side in and the other not, asking at most six. Reads near `near` come first, and
 * those that sound like administration when `forAdmins`.
 */
export async function findTenantGate(
  context: ProbeContext,
  options: {
    readonly tenant: string;
    readonly near: Operation | null;
    readonly probe: string;
    readonly sides: Sides;
    readonly prefer?: (operation: Operation) => number;
  },
): Promise<TenantGate | null> {
  const { tenant, near, probe, sides, prefer } = options;
  const parts = new Set(literalSegments(near?.path ?? ''));
  const shared = ({ path }: Operation): number =>
    literalSegments(path).filter((part) => parts.has(part)).length;
  const slots = (path: string): number => path.split('{').length;
  const candidates = context.operations
    .filter(
      ({ method, path, declaredAuth }) =>
        method === 'GET' && declaredAuth !== 'public' && !notPrivate.test(lastLiteral(path)),
    )
    .filter(({ path }) => !path.endsWith('}'))
    .toSorted(
      (a, b) =>
        (prefer?.(a) ?? 0) - (prefer?.(b) ?? 0) || slots(a.path) - slots(b.path) || shared(b) - shared(a),
    );
  let asked = 0;
  for (const operation of candidates) {
    if (asked >= mostCandidates) return null;
    const call = await tenantCall(context, operation, tenant);
    if (call === null) continue;
    asked += 1;
    const ask = (credential: Credential | null): Promise<SendResult | { readonly kind: 'not-sent' }> =>
      unlessGuarded(
        context.sessions.sendWith(credential, credential?.actor ?? ('anonymous' satisfies ActorId), {
          probe,
          purpose: 'does this account have the right',
          method: 'GET',
          url: call.url,
          headers: call.headers,
          operation,
          effect: { kind: 'none' },
        }),
      );
    const model = await modelFor(sides, ask);
    if (model === null) continue;
    return {
      operation,
      url: call.url,
      opens: async (credential) => {
        const answer = await ask(credential);
        if (answer.kind !== 'answer')
          return { open: null, exchanges: answer.kind === 'no-answer' ? [answer.exchange] : [] };
        const undecided = answer.status === 429 || answer.status >= 500;
        return { open: undecided ? null : isLike(answer, model), exchanges: [answer.exchange] };
      },
    };
  }
  return null;
}

async function modelFor(
  { may, mayNot }: Sides,
  ask: (credential: Credential | null) => Promise<SendResult | { readonly kind: 'not-sent' }>,
): Promise<Answer | null> {
  // The closed side first: most candidates are open to both.
  for (const credential of mayNot) {
    const answer = await ask(credential);
    if (answer.kind !== 'answer' || answer.status < 300 || answer.status === 429 || answer.status >= 500)
      return null;
  }
  let model: Answer | null = null;
  for (const credential of may) {
    const answer = await ask(credential);
    if (answer.kind !== 'answer' || answer.status >= 300 || jsonScalars(answer.json()).length === 0)
      return null;
    model ??= answer;
  }
  return model;
}

/** A success with content of the same shape; an empty page or another text is none. */
export const isLike = (answer: Answer, model: Answer): boolean =>
  answer.status < 300 &&
  shape(answer.json()) === shape(model.json()) &&
  jsonScalars(answer.json()).length > 0;

const shape = (value: unknown): string => {
  if (Array.isArray(value)) return `[${shape(value[0])}]`;
  return isJsonObject(value) ? Object.keys(value).toSorted().join(',') : typeof value;
};
