import * as z from 'zod';
import { evidenceId, type EvidenceId } from '../model/ids.ts';
import { accessCoverage } from './access-coverage.ts';
import { cookies } from './cookies.ts';
import { cors } from './cors.ts';
import { crossTenant } from './cross-tenant.ts';
import { csrf } from './csrf.ts';
import { injection } from './injection.ts';
import { inputHandling } from './input-handling.ts';
import { inviteReplay } from './invite-replay.ts';
import { liveChannels } from './live-channels.ts';
import { logins } from './logins.ts';
import { mailLimits } from './mail-limits.ts';
import { massAssignment } from './mass-assignment.ts';
import { operations } from './operations.ts';
import { planting } from './planting.ts';
import { rateLimits } from './rate-limits.ts';
import { loginDoor } from './login-door.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { resetReplay } from './reset-replay.ts';
import { roleMatrix } from './role-matrix.ts';
import { secondFactor } from './second-factor.ts';
import { secondStep } from './second-step.ts';
import { securityHeaders } from './security-headers.ts';
import { sessionReplay } from './session-replay.ts';
import { singleSignOn } from './single-sign-on.ts';
import { socketOrigins } from './socket-origins.ts';
import { tokenForgery } from './token-forgery.ts';
import { tokenLife } from './token-life.ts';
import { tokenVault } from './token-vault.ts';
import { sourceRoutes } from './source-routes.ts';

/** Every kind of evidence with its schema. A new kind is one file here and one line below. */
export const evidenceSchemas = {
  logins,
  operations,
  planting,
  accessCoverage,
  crossTenant,
  liveChannels,
  roleMatrix,
  massAssignment,
  sessionReplay,
  refreshTokens,
  tokenForgery,
  tokenLife,
  tokenVault,
  secondFactor,
  secondStep,
  singleSignOn,
  inviteReplay,
  resetReplay,
  loginDoor,
  cookies,
  cors,
  csrf,
  socketOrigins,
  securityHeaders,
  rateLimits,
  mailLimits,
  inputHandling,
  injection,
  sourceRoutes,
} as const;

export type EvidenceKind = keyof typeof evidenceSchemas;
export const evidenceKinds = Object.keys(evidenceSchemas) as readonly EvidenceKind[];
export type EvidenceMap = { readonly [K in EvidenceKind]: z.infer<(typeof evidenceSchemas)[K]> };

/** What a check receives: the data of one kind, with the id to cite. */
export type Gathered<K extends EvidenceKind> = EvidenceMap[K] & { readonly id: EvidenceId };

/** One line of a run's evidence file. */
export type EvidenceRecord =
  | {
      readonly [K in EvidenceKind]: {
        readonly id: EvidenceId;
        readonly kind: K;
        readonly status: 'gathered';
        readonly data: EvidenceMap[K];
      };
    }[EvidenceKind]
  | {
      readonly id: EvidenceId;
      readonly kind: EvidenceKind;
      readonly status: 'missing';
      readonly because: string;
    };

const envelope = z.discriminatedUnion('status', [
  z.object({ id: evidenceId, kind: z.enum(evidenceKinds), status: z.literal('gathered'), data: z.unknown() }),
  z.object({
    id: evidenceId,
    kind: z.enum(evidenceKinds),
    status: z.literal('missing'),
    because: z.string(),
  }),
]);

/**
 * Reads one saved evidence record.
 * @throws {z.ZodError} when the record does not fit its kind's schema
 */
export function parseEvidenceRecord(value: unknown): EvidenceRecord {
  const record = envelope.parse(value);
  if (record.status === 'missing') return record;
  const data = evidenceSchemas[record.kind].parse(record.data);
  return { ...record, data } as EvidenceRecord;
}
