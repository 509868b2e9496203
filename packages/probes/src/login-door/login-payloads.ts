import type { EvidenceMap } from '@launch-ready/core';

type Kind = EvidenceMap['loginDoor']['shortcuts'][number]['kind'];

/** What stands in place of a name and a password; `null` in `username` stands for the throw-away account. */
export interface LoginPayload {
  readonly kind: Kind;
  readonly words: string;
  readonly username: unknown;
  readonly password: unknown;
}

/** Shortcuts for the first and for the second throw-away account, so that neither is locked by wrong passwords. */
export const payloadsFor = (account: string): readonly LoginPayload[] => [
  { kind: 'wrong-type', words: 'null as the password', username: account, password: null },
  { kind: 'wrong-type', words: 'true as the password', username: account, password: true },
  {
    kind: 'injection',
    words: 'a query operator as the password',
    username: account,
    password: { $ne: null },
  },
  { kind: 'wrong-type', words: 'an empty list as the password', username: account, password: [] },
  { kind: 'empty', words: 'an empty password', username: account, password: '' },
  {
    kind: 'injection',
    words: 'query operators as name and password',
    username: { $ne: null },
    password: { $ne: null },
  },
];

/** Shortcuts that end an SQL statement early or make its condition true. */
export const sqlPayloadsFor = (account: string): readonly LoginPayload[] => [
  {
    kind: 'injection',
    words: 'a name that ends the SQL condition before the password',
    username: `${account}' -- `,
    password: 'Wrong-but-long-7Q',
  },
  {
    kind: 'injection',
    words: 'a name that makes the SQL condition true',
    username: `' OR 1=1 -- `,
    password: 'Wrong-but-long-7Q',
  },
  {
    kind: 'injection',
    words: 'a password that makes the SQL condition true',
    username: account,
    password: `' OR '1'='1`,
  },
];

/** Names and passwords that products ship with: short ones, since whatever is sent as a password is kept out of all records. */
export const defaultPasswords: readonly LoginPayload[] = [
  ['admin', 'admin'],
  ['test', 'test'],
  ['root', 'root'],
  ['admin@example.com', 'admin'],
].map(([username, password]) => ({
  kind: 'default-password' as const,
  words: `the default account ${username ?? ''} with the password "${password ?? ''}"`,
  username,
  password,
}));
