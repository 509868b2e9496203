import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'pg';
import PostalMime from 'postal-mime';
import { newId } from '../foundation/ids.ts';
import { hashPassword, insecureFastCost } from '../foundation/identity/password-hash.ts';
import type { Role } from '../foundation/policy/roles.ts';
import { type SeededTenant, seedDemo } from '../seed-demo.ts';
import { type Platform, startPlatform } from '../start-platform.ts';
import { type Client, createClient } from './client.ts';

/** A platform with two organisations, and what tests need around it. */
export interface TestPlatform {
  readonly platform: Platform;
  readonly north: SeededTenant;
  readonly south: SeededTenant;
  /** All lines of the log so far. */
  readonly log: () => string;
  /** SQL as the database's superuser. */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly anonymous: () => Client;
  readonly login: (email: string, password?: string) => Promise<Client>;
  /** Adds an account to an organisation and returns its id. */
  readonly addMember: (tenant: SeededTenant, role: Role, email: string) => Promise<string>;
  /** Makes an account with a confirmed address and returns its id. */
  readonly addAccount: (email: string) => Promise<string>;
  /** Waits for a mail to an address whose subject contains these words, beyond the first `seen` ones, and returns its text. */
  readonly mailTo: (address: string, subject: string, seen?: number) => Promise<string>;
  readonly mailCount: (address: string) => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Password of every account of a test platform. */
export const passwordOf = (address: string): string => `a long password of ${address}`;

/** The secret in the link of a mail. */
export const secretIn = (text: string): string =>
  /#token=([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? 'no secret in this mail';

/** So many that no test meets a limit it does not test. */
const wideLimits = Object.fromEntries(
  [
    'LIMIT_ADDRESS_PER_MINUTE',
    'LIMIT_DEFAULT_PER_MINUTE',
    'LIMIT_WRITE_PER_MINUTE',
    'LIMIT_LOGIN_PER_MINUTE',
    'LIMIT_LOGIN_ACCOUNT_PER_HOUR',
    'LIMIT_SIGNUP_PER_HOUR',
    'LIMIT_FORGOT_PER_HOUR',
    'LIMIT_FORGOT_ACCOUNT_PER_HOUR',
    'LIMIT_TOKEN_PER_HOUR',
    'LIMIT_PASSWORD_PER_HOUR',
    'LIMIT_INVITE_PER_HOUR',
    'LIMIT_INVITE_TENANT_PER_DAY',
  ].map((name) => [name, '100000']),
);

/** Starts a seeded platform on an embedded database. `env` adds to and overrides a configuration without tight limits. */
export const startTestPlatform = async (
  env: Readonly<Record<string, string>> = {},
): Promise<TestPlatform> => {
  let log = '';
  const platform = await startPlatform({
    env: { PORT: '0', PASSWORD_HASH: 'fast', ...wideLimits, ...env },
    log: { write: (line) => (log += line) },
  });
  const { north, south } = await seedDemo({
    databaseUrl: platform.databaseUrl,
    password: passwordOf,
    fastHash: true,
  });
  const pool = new Pool({ connectionString: platform.databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  const sql = async (text: string, values: readonly unknown[] = []) =>
    (await pool.query(text, [...values])).rows;

  const addAccount = async (email: string): Promise<string> => {
    const id = newId();
    await sql('insert into identity.users (id, name, email, email_verified) values ($1, $2, $2, true)', [
      id,
      email,
    ]);
    await sql(
      "insert into identity.accounts (id, user_id, provider_id, account_id, password) values ($1, $2::uuid, 'credential', $2::uuid::text, $3)",
      [newId(), id, await hashPassword(passwordOf(email), insecureFastCost)],
    );
    return id;
  };

  const mails = async (
    address: string,
  ): Promise<readonly { readonly subject: string; readonly text: string }[]> => {
    const folder = platform.mailFolder ?? '';
    const names = (await readdir(folder))
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .toReversed();
    const parsed = await Promise.all(
      names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))),
    );
    return parsed
      .filter((mail) => mail.to?.some((to) => 'address' in to && to.address === address))
      .map((mail) => ({ subject: mail.subject ?? '', text: mail.text ?? '' }));
  };

  return {
    platform,
    north,
    south,
    log: () => log,
    sql,
    anonymous: () => createClient(platform.origin),
    login: async (email, password = passwordOf(email)) => {
      const client = createClient(platform.origin);
      const answer = await client.send('POST', '/api/auth/login', { body: { email, password } });
      if (answer.status !== 200)
        throw new Error(`login of ${email} answered ${answer.status} ${answer.text}`);
      return client;
    },
    addAccount,
    addMember: async (tenant, role, email) => {
      const id = await addAccount(email);
      await sql(
        'insert into app.memberships (tenant_id, user_id, role, name, email) values ($1, $2, $3, $4, $4)',
        [tenant.id, id, role, email],
      );
      return id;
    },
    mailTo: async (address, subject, seen = 0) => {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const found = (await mails(address)).filter((mail) => mail.subject.includes(subject));
        if (found[0] !== undefined && found.length > seen) return found[0].text;
        await delay(25);
      }
      throw new Error(`no mail about ${subject} came to ${address}`);
    },
    mailCount: async (address) => (await mails(address)).length,
    stop: async () => {
      await pool.end();
      await platform.stop();
    },
  };
};
