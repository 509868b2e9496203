import { APIError } from 'better-auth/api';
import type { Pool } from 'pg';
import * as z from 'zod';
import type { Mail } from '../mail/mailer.ts';
import { addressHeader, createEngine } from './better-auth-engine.ts';
import { newSecret } from './hash-secret.ts';
import type { Identity, Origin } from './identity.ts';
import { existingAccountMail, passwordChangedMail, resetMail, verificationMail } from './identity-mails.ts';
import type { PasswordCost } from './password-hash.ts';

export interface IdentityOptions {
  readonly pool: Pool;
  readonly secret: string;
  readonly origin: string;
  readonly passwordCost: PasswordCost;
  readonly sendMail: (mail: Mail) => void;
}

const verifyMinutes = 60;
const resetMinutes = 30;
/** Tells links that confirm an address from links that reset a password: both are kept as hashes. */
const toVerify = 'verify ';
const sessionDays = 30;
const unverified = 'EMAIL_NOT_VERIFIED';

const personRow = z.object({
  session_id: z.string(),
  user_id: z.string(),
  email: z.string(),
  name: z.string(),
  email_verified: z.boolean(),
});

const sessionRow = z.object({
  id: z.string(),
  created_at: z.date(),
  expires_at: z.date(),
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
});

const headersFor = (origin: Origin, sessionHash?: string): Headers =>
  new Headers({
    [addressHeader]: origin.address,
    'user-agent': origin.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 300),
    ...(sessionHash === undefined ? {} : { authorization: `Bearer ${sessionHash}` }),
  });

/** Whether the library refused, as opposed to broke. */
const isRefusal = (error: unknown): error is APIError => error instanceof APIError && error.statusCode < 500;

/** Accounts and sessions over better-auth; see docs/decisions/0005-identity.md for what is ours and what is the library's. */
export const createIdentity = (options: IdentityOptions): Identity => {
  const { origin, pool, sendMail } = options;
  const engine = createEngine({
    pool,
    secret: options.secret,
    origin,
    passwordCost: options.passwordCost,
    sessionDays,
    resetMinutes,
    onResetLink: (email, secret) => sendMail(resetMail(origin, email, secret)),
    onExistingAccount: (email) => sendMail(existingAccountMail(origin, email)),
  });

  const mailVerification = async (email: string): Promise<void> => {
    const user = await engine.findUser(email);
    if (user === null || user.emailVerified) return;
    const secret = newSecret();
    await engine.storeOnce(
      `verify-email:${secret}`,
      `${toVerify}${user.id}`,
      new Date(Date.now() + verifyMinutes * 60_000),
    );
    sendMail(verificationMail(origin, user.email, secret));
  };

  /** Ends reset links that were mailed and not used: a newer one, or a changed password, takes their place. */
  const endResets = async (whose: string, value: string): Promise<void> => {
    await pool.query(`delete from verifications where value in (${whose})`, [value]);
  };

  return {
    signUp: async (account) => {
      await engine.signUp(account);
      await mailVerification(account.email);
    },
    resendVerification: mailVerification,
    verifyEmail: async (secret) => {
      const used = await engine.takeOnce(`verify-email:${secret}`);
      return (
        used !== null &&
        used.expiresAt > new Date() &&
        (await engine.markVerified(used.userId.replace(toVerify, ''))) !== null
      );
    },
    login: async (email, password, from) => {
      try {
        return { kind: 'in', ...(await engine.signIn(email, password, headersFor(from))) };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return { kind: error.body?.code === unverified ? 'unverified' : 'wrong' };
      }
    },
    logout: (sessionHash) => engine.endSession(sessionHash),
    forgot: async (email) => {
      await endResets('select id::text from users where email = $1', email);
      await engine.requestReset(email);
    },
    reset: async (secret, password) => {
      const pending = await engine.lookUpOnce(`reset-password:${secret}`);
      try {
        await engine.reset(secret, password);
      } catch (error) {
        if (isRefusal(error)) return false;
        throw error;
      }
      // Whoever holds the mailed link reads the mailbox, which is what a verified address means.
      const email = pending === null ? null : await engine.markVerified(pending.userId);
      if (email !== null) sendMail(passwordChangedMail(origin, email));
      return true;
    },
    changePassword: async (sessionHash, current, next, from) => {
      try {
        const opened = await engine.changePassword(current, next, headersFor(from, sessionHash));
        await endResets('select $1::text', opened.userId);
        sendMail(passwordChangedMail(origin, opened.email));
        return { kind: 'changed', ...opened };
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return { kind: error.statusCode === 401 ? 'signed-out' : 'wrong' };
      }
    },
    person: async (sessionHash) => {
      const { rows } = await pool.query(
        `select s.id as session_id, u.id as user_id, u.email, u.name, u.email_verified
         from sessions s join users u on u.id = s.user_id
         where s.token = $1 and s.expires_at > now() and s.idle_until > now()`,
        [sessionHash],
      );
      const row = personRow.optional().parse(rows[0]);
      if (row === undefined) return null;
      return {
        sessionId: row.session_id,
        userId: row.user_id,
        email: row.email,
        name: row.name,
        emailVerified: row.email_verified,
      };
    },
    sessions: async (userId) => {
      const { rows } = await pool.query(
        `select id, created_at, expires_at, ip_address, user_agent from sessions
         where user_id = $1 and expires_at > now() and idle_until > now() order by id desc limit 100`,
        [userId],
      );
      return z
        .array(sessionRow)
        .parse(rows)
        .map((row) => ({
          id: row.id,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          address: row.ip_address,
          userAgent: row.user_agent,
        }));
    },
    revoke: async (userId, sessionId) => {
      const { rowCount } = await pool.query('delete from sessions where user_id = $1 and id = $2', [
        userId,
        sessionId,
      ]);
      return rowCount === 1;
    },
    revokeOthers: async (userId, keepSessionId) => {
      const { rowCount } = await pool.query('delete from sessions where user_id = $1 and id <> $2', [
        userId,
        keepSessionId,
      ]);
      return rowCount ?? 0;
    },
  };
};
