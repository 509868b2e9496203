import { attestation, profileIds } from '@launch-ready/core';
import * as z from 'zod';
import { actorInput, type ActorInput } from './actor-input.ts';
import { envReference, fromEnvironment } from './env-reference.ts';

const originText = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an http or https URL',
  )
  .refine(
    (text) =>
      !URL.canParse(text) || (['/', ''].includes(new URL(text).pathname) && new URL(text).search === ''),
    'must be scheme, host and port only, without a path',
  );

const name = z.string().regex(/^[A-Za-z0-9][\w-]*$/, 'must be letters, digits, - and _');
const secretHeader = /authorization|cookie|secret|token|passw|master|api[-_]?key|access[-_]?key/i;

const schemaObject = z.record(z.string(), z.unknown());
const trpcFields = {
  url: z.string(),
  transformer: z.enum(['none', 'superjson']).optional(),
  /** Procedures that no other source names, by path. */
  procedures: z
    .record(
      z.string(),
      z.strictObject({ call: z.enum(['query', 'mutation', 'subscription']), input: schemaObject.optional() }),
    )
    .optional(),
};
const postgrestFields = {
  url: z.string(),
  /** Tables that the document at the root does not show, with their columns. */
  tables: z
    .record(
      z.string(),
      z.strictObject({
        key: z.union([z.string(), z.array(z.string())]).default('id'),
        columns: z.record(z.string(), schemaObject).default({}),
        required: z.array(z.string()).default([]),
      }),
    )
    .optional(),
};

const walksSignOn = z.custom<(authorizationUrl: string) => Promise<string>>(
  (value) => typeof value === 'function',
  'must be a function',
);
const expireByToken = z.custom<
  (mailed: { readonly address: string; readonly token: string }) => Promise<void>
>((value) => typeof value === 'function', 'must be a function');

/** What a target file may say. */
export const targetInput = z.strictObject({
  name: z.string().min(1),
  profile: z.enum(profileIds).optional(),
  origins: z
    .record(z.string(), originText)
    .refine((origins) => 'app' in origins || 'api' in origins, 'needs app or api'),
  tenants: z.record(name, z.record(name, actorInput)).default({}),
  throwaways: z.record(name, actorInput).default({}),
  /** Tenants that are there for tests alone, so that their settings may be changed and put back. */
  sentinels: z.array(name).default([]),
  roles: z.array(name).optional(),
  tenantIds: z.record(name, z.record(z.string(), z.union([z.string(), z.number()]))).default({}),
  openapi: z.union([z.string(), z.array(z.string())]).default([]),
  har: z.union([z.string(), z.array(z.string())]).default([]),
  postman: z.union([z.string(), z.array(z.string())]).default([]),
  graphql: z.union([z.string(), z.array(z.string())]).default([]),
  trpc: z.union([z.string().transform((url) => ({ url })), z.strictObject(trpcFields)]).optional(),
  postgrest: z.union([z.string().transform((url) => ({ url })), z.strictObject(postgrestFields)]).optional(),
  /** WebSockets and event streams that nothing else names; `{tenant}` and the names of tenantIds are filled in. */
  live: z
    .array(
      z.strictObject({
        kind: z.enum(['websocket', 'events']).default('websocket'),
        url: z.string(),
        hello: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  certificateAuthority: z.string().optional(),
  headers: z
    .record(z.string(), z.union([z.string(), envReference]))
    .default({})
    .superRefine((headers, context) => {
      for (const [header, value] of Object.entries(headers)) {
        if (typeof value === 'string' && secretHeader.test(header))
          context.addIssue({ code: 'custom', path: [header], message: fromEnvironment });
      }
    }),
  proof: z.string().optional(),
  source: z.string().min(1).optional(),
  permissions: z
    .union([
      z.string(),
      z.strictObject({ source: z.string().optional(), allowed: z.record(z.string(), z.array(z.string())) }),
    ])
    .optional(),
  permissionsLock: z.string().optional(),
  mail: z.strictObject({ folder: z.string(), domain: z.string() }).optional(),
  allow: z
    .strictObject({ operations: z.array(z.string()).default([]), never: z.array(z.string()).default([]) })
    .prefault({}),
  hooks: z
    .strictObject({
      expireSession: z
        .custom<
          (credential: {
            readonly actor: string;
            readonly headers: readonly (readonly [string, string])[];
          }) => Promise<void>
        >((value) => typeof value === 'function', 'must be a function')
        .optional(),
      expireReset: expireByToken.optional(),
      expireInvite: expireByToken.optional(),
      moveClock: z
        .custom<(secondsAhead: number) => Promise<void>>(
          (value) => typeof value === 'function',
          'must be a function',
        )
        .optional(),
    })
    .prefault({}),
  sso: z
    .strictObject({
      own: walksSignOn,
      unverified: z
        .custom<(authorizationUrl: string, address: string) => Promise<string>>(
          (value) => typeof value === 'function',
          'must be a function',
        )
        .optional(),
    })
    .optional(),
  limits: z
    .strictObject({
      requestsPerSecond: z.number().positive().optional(),
      maxRequests: z.int().positive().optional(),
      concurrency: z.int().positive().optional(),
    })
    .prefault({}),
  waivers: z.array(z.unknown()).default([]),
  attestations: z.array(attestation).default([]),
});

/** A checked target file. */
export type ParsedTargetInput = z.output<typeof targetInput>;
/** What a target file says. */
export type TargetInput = Omit<z.input<typeof targetInput>, 'tenants' | 'throwaways'> & {
  /** Accounts by tenant and role. */
  readonly tenants?: Readonly<Record<string, Readonly<Record<string, ActorInput>>>>;
  /** One account per tenant that tests may lock out or change. */
  readonly throwaways?: Readonly<Record<string, ActorInput>>;
};
