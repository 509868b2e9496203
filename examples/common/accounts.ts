import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export interface Account {
  readonly tenant: 'north' | 'south';
  readonly role: 'admin' | 'member';
  readonly email: string;
  /** Name of the environment variable that holds its password. */
  readonly variable: string;
}

/** An administrator, a member and an account to be locked out for each of two tenants. */
export const accounts: readonly Account[] = [
  { tenant: 'north', role: 'admin', email: 'ada@north.example.com', variable: 'NORTH_ADMIN' },
  { tenant: 'north', role: 'member', email: 'bo@north.example.com', variable: 'NORTH_MEMBER' },
  { tenant: 'north', role: 'member', email: 'spare@north.example.com', variable: 'NORTH_THROWAWAY' },
  { tenant: 'south', role: 'admin', email: 'cy@south.example.com', variable: 'SOUTH_ADMIN' },
  { tenant: 'south', role: 'member', email: 'di@south.example.com', variable: 'SOUTH_MEMBER' },
  { tenant: 'south', role: 'member', email: 'spare@south.example.com', variable: 'SOUTH_THROWAWAY' },
];

/** Values by variable name. */
export type Secrets = Readonly<Record<string, string>>;

const fileIn = (folder: string): string => join(folder, 'accounts.env');

/** Passwords and keys: from the environment, otherwise as the last time, otherwise made up. */
export function readSecrets(folder: string, more: readonly string[] = []): Secrets {
  const names = [...accounts.map(({ variable }) => variable), ...more];
  const before = existsSync(fileIn(folder)) ? parseEnv(readFileSync(fileIn(folder), 'utf8')) : {};
  return Object.fromEntries(
    names.map((name) => [name, process.env[name] ?? before[name] ?? randomBytes(24).toString('base64url')]),
  );
}

/** Writes the file that a shell sources before a review; only its owner can read it. Gives its path. */
export function writeSecrets(folder: string, values: Secrets): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(fileIn(folder), lines.join(''), { mode: 0o600 });
  return fileIn(folder);
}
