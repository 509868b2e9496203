import { AsyncLocalStorage } from 'node:async_hooks';
import { betterAuth } from 'better-auth';
import { bearer } from 'better-auth/plugins/bearer';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import * as z from 'zod';
import { newId } from '../ids.ts';
import { hashSecret, newSecret } from './hash-secret.ts';
import { type PasswordCost, hashPassword, verifyPassword } from './password-hash.ts';

/** A session that was just opened, with its secret in clear, which is nowhere stored. */
interface OpenedSession {
  readonly userId: string;
  readonly email: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/** A one-time value that a mailed secret stands for. */
interface OneTimeValue {
  readonly userId: string;
  readonly expiresAt: Date;
}

/** The part of the library that we use. Refusals are thrown as its APIError. */
export interface Engine {
  signUp(account: {
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }): Promise<void>;
  signIn(email: string, password: string, headers: Headers): Promise<OpenedSession>;
  changePassword(current: string, next: string, headers: Headers): Promise<OpenedSession>;
  requestReset(email: string): Promise<void>;
  reset(secret: string, password: string): Promise<void>;
  endSession(sessionHash: string): Promise<void>;
  findUser(
    email: string,
  ): Promise<{ readonly id: string; readonly email: string; readonly emailVerified: boolean } | null>;
  /** Sets the address as verified and returns it; null when the account is gone. */
  markVerified(userId: string): Promise<string | null>;
  storeOnce(name: string, userId: string, expiresAt: Date): Promise<void>;
  lookUpOnce(name: string): Promise<OneTimeValue | null>;
  /** Returns the value and removes it; of many at once, one gets it. */
  takeOnce(name: string): Promise<OneTimeValue | null>;
}

export interface EngineOptions {
  /** Connections as lr_auth, whose search path is the identity schema. */
  readonly pool: Pool;
  readonly secret: string;
  readonly origin: string;
  readonly passwordCost: PasswordCost;
  readonly sessionDays: number;
  readonly resetMinutes: number;
  /** Called with the secret of a link for a new password. */
  readonly onResetLink: (email: string, secret: string) => void;
  /** Called when a new account is asked for an address that has one. */
  readonly onExistingAccount: (email: string) => void;
}

/** Header by which we hand the client's address to the library; it is never read from a request. */
export const addressHeader = 'x-launch-ready-address';

const snake = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
  );

const times = ['createdAt', 'updatedAt'];

/**
 * better-auth as an engine inside our process. Its HTTP handler is not mounted and its cookies are not used; it owns the rules
 * of accounts and their tables, we own what goes over the wire.
 *
 * It stores the secret of a session as it is. So the secret it makes is replaced by the hash of one of ours before it is
 * written, and handed out through `capture`; towards the library a session goes by its hash.
 */
export const createEngine = (options: EngineOptions): Engine => {
  const captured = new AsyncLocalStorage<{ secret: string | null; expiresAt: Date | null }>();
  const auth = betterAuth({
    baseURL: options.origin,
    secret: options.secret,
    database: {
      db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: options.pool }) }),
      type: 'postgres',
      transaction: true,
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    plugins: [bearer()],
    advanced: {
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      cookiePrefix: 'unused',
    },
    user: { modelName: 'users', fields: snake(['emailVerified', ...times]) },
    account: {
      modelName: 'accounts',
      fields: snake([
        'accountId',
        'providerId',
        'userId',
        'accessToken',
        'refreshToken',
        'idToken',
        'accessTokenExpiresAt',
        'refreshTokenExpiresAt',
        ...times,
      ]),
    },
    session: {
      modelName: 'sessions',
      fields: snake(['userId', 'expiresAt', 'ipAddress', 'userAgent', ...times]),
      expiresIn: options.sessionDays * 86_400,
      disableSessionRefresh: true,
    },
    verification: {
      modelName: 'verifications',
      fields: snake(['expiresAt', ...times]),
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: options.resetMinutes * 60,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: (password) => hashPassword(password, options.passwordCost),
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
      sendResetPassword: async ({ user, token }) => options.onResetLink(user.email, token),
      onExistingUserSignUp: async ({ user }) => options.onExistingAccount(user.email),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const secret = newSecret();
            const place = captured.getStore();
            if (place !== undefined) {
              place.secret = secret;
              place.expiresAt = session.expiresAt;
            }
            return { data: { ...session, token: hashSecret(secret) } };
          },
        },
      },
    },
  });

  /** Runs something that opens a session and returns the session with its secret. */
  const capture = async (
    run: () => Promise<{ readonly user: { readonly id: string; readonly email: string } }>,
  ): Promise<OpenedSession> => {
    const place: { secret: string | null; expiresAt: Date | null } = { secret: null, expiresAt: null };
    const { user } = await captured.run(place, run);
    const { secret, expiresAt } = place;
    if (secret === null || expiresAt === null) throw new Error('the library opened no session');
    return { userId: user.id, email: user.email, secret, expiresAt };
  };

  const internal = async () => (await auth.$context).internalAdapter;

  return {
    signUp: async (body) => void (await auth.api.signUpEmail({ body })),
    signIn: (email, password, headers) =>
      capture(() => auth.api.signInEmail({ body: { email, password }, headers })),
    changePassword: (currentPassword, newPassword, headers) =>
      capture(() =>
        auth.api.changePassword({
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          headers,
        }),
      ),
    requestReset: async (email) => void (await auth.api.requestPasswordReset({ body: { email } })),
    reset: async (token, newPassword) =>
      void (await auth.api.resetPassword({ body: { token, newPassword } })),
    endSession: async (sessionHash) => (await internal()).deleteSession(sessionHash),
    findUser: async (email) => (await (await internal()).findUserByEmail(email))?.user ?? null,
    markVerified: async (userId) =>
      updatedUser.parse(await (await internal()).updateUser(userId, { emailVerified: true }))?.email ?? null,
    storeOnce: async (identifier, value, expiresAt) =>
      void (await (await internal()).createVerificationValue({ identifier, value, expiresAt })),
    lookUpOnce: async (name) => asOneTimeValue(await (await internal()).findVerificationValue(name)),
    takeOnce: async (name) => asOneTimeValue(await (await internal()).consumeVerificationValue(name)),
  };
};

const updatedUser = z.object({ email: z.string() }).nullable();

const asOneTimeValue = (
  found: { readonly value: string; readonly expiresAt: Date } | null,
): OneTimeValue | null => (found === null ? null : { userId: found.value, expiresAt: found.expiresAt });
