import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Places } from './places.ts';

export type Role = 'editor' | 'member';

export interface Account {
  readonly tenant: 'north' | 'south';
  readonly role: Role;
  readonly email: string;
  /** Name of the environment variable that holds its password. */
  readonly variable: string;
}

export const accounts: readonly Account[] = [
  { tenant: 'north', role: 'editor', email: 'ada@north.example.com', variable: 'NORTH_EDITOR' },
  { tenant: 'north', role: 'member', email: 'bo@north.example.com', variable: 'NORTH_MEMBER' },
  { tenant: 'north', role: 'member', email: 'spare@north.example.com', variable: 'NORTH_THROWAWAY' },
  { tenant: 'south', role: 'editor', email: 'cy@south.example.com', variable: 'SOUTH_EDITOR' },
  { tenant: 'south', role: 'member', email: 'di@south.example.com', variable: 'SOUTH_MEMBER' },
  { tenant: 'south', role: 'member', email: 'spare@south.example.com', variable: 'SOUTH_THROWAWAY' },
];

/** The operator of the installation, who belongs to no tenant and takes no part in a review. */
export const operator = {
  email: 'operator@example.com',
  variable: 'DIRECTUS_OPERATOR',
  token: 'DIRECTUS_OPERATOR_TOKEN',
};

/** Values by variable name. */
export type Secrets = Readonly<Record<string, string>>;

/** Passwords and keys: from the environment, otherwise as the last time, otherwise made up. */
export function readSecrets(places: Places): Secrets {
  const names = [
    ...accounts.map((account) => account.variable),
    operator.variable,
    operator.token,
    'DIRECTUS_SECRET',
  ];
  const before = existsSync(places.accounts) ? parseEnv(readFileSync(places.accounts, 'utf8')) : {};
  return Object.fromEntries(
    names.map((name) => [name, process.env[name] ?? before[name] ?? randomBytes(24).toString('base64url')]),
  );
}

/** Writes the file that a shell sources before a review. */
export function writeSecrets(places: Places, secrets: Secrets, url: string): void {
  mkdirSync(places.folder, { recursive: true, mode: 0o700 });
  const lines = Object.entries({ DIRECTUS_URL: url, ...secrets }).map(
    ([name, value]) => `${name}='${value}'\n`,
  );
  writeFileSync(places.accounts, lines.join(''), { mode: 0o600 });
}
