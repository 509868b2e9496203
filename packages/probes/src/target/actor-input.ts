import * as z from 'zod';
import { envReference, secret } from './env-reference.ts';
import type { CustomLogin } from './custom-login.ts';

const plainOrEnv = z.union([z.string().min(1), envReference]);

const loginFields = {
  /** Where to log in, as a path or URL; found by itself when absent. */
  url: z.string().optional(),
  format: z.enum(['json', 'form']).optional(),
  usernameField: z.string().optional(),
  passwordField: z.string().optional(),
  /** Secret of the second factor (RFC 6238): base32, or the `otpauth:` address behind the QR code. */
  totp: secret.optional(),
};
const passwordActor = z.strictObject({ username: plainOrEnv, password: secret, ...loginFields });
const bearerActor = z.strictObject({ bearer: secret });
const cookieActor = z.strictObject({ cookie: secret });
const oauthFields = z.strictObject({
  /** Token endpoint; found at the well-known places of RFC 8414 and OpenID Connect when absent. */
  tokenUrl: z.string().optional(),
  clientId: plainOrEnv.optional(),
  clientSecret: secret.optional(),
  username: plainOrEnv.optional(),
  password: secret.optional(),
  refreshToken: secret.optional(),
  scope: z.string().optional(),
  audience: z.string().optional(),
});
const oauthActor = z.strictObject({ oauth: oauthFields });
const savedActor = z.strictObject({ storageState: plainOrEnv });
const customActor = z.strictObject({
  custom: z.custom<CustomLogin>((value) => typeof value === 'function', 'must be a function'),
});
const wfcActor = z.strictObject({ wfc: z.string().min(1), user: z.string().min(1) });

const kinds = {
  bearer: bearerActor,
  cookie: cookieActor,
  oauth: oauthActor,
  storageState: savedActor,
  custom: customActor,
  wfc: wfcActor,
} as const;

/** One account. Which kind it is tells by its fields, so that a mistake is reported against that kind only. */
export const actorInput = z.unknown().transform((value, context) => {
  if (typeof value !== 'object' || value === null) {
    context.issues.push({
      code: 'custom',
      message:
        'must be login(...), bearer(...), cookie(...), oauth(...), savedState(...), custom(...) or wfc(...)',
      input: value,
    });
    return z.NEVER;
  }
  const kind = Object.entries(kinds).find(([field]) => field in value)?.[1] ?? passwordActor;
  const parsed = kind.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { message, path } of parsed.error.issues)
    context.issues.push({ code: 'custom', message, path, input: value });
  return z.NEVER;
});

export type ParsedActorInput = z.output<typeof actorInput>;
export type OauthInput = z.input<typeof oauthFields>;
export type ActorInput =
  | z.input<typeof passwordActor>
  | z.input<typeof bearerActor>
  | z.input<typeof cookieActor>
  | z.input<typeof oauthActor>
  | z.input<typeof savedActor>
  | z.input<typeof customActor>
  | z.input<typeof wfcActor>;
/** Where and how an account logs in, when that cannot be found by itself. */
export type LoginInput = Pick<z.input<typeof passwordActor>, keyof typeof loginFields>;
