import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expireInvite, expireReset, expireSession } from '@launch-ready/platform';
import { resolveTarget, type Target } from '@launch-ready/probes';
import * as z from 'zod';
import { platformFolder } from './platform-folder.ts';

const file = 'launch-ready.config.ts';
const description = z.object({ default: z.record(z.string(), z.unknown()) });

/** `NORTH_OWNER` is the variable of `owner@north.test` in the platform's target file. */
const addressOf = (variable: string): string => {
  const [tenant = '', person = ''] = variable.toLowerCase().split('_');
  return `${person}@${tenant}.test`;
};

/**
 * A running copy as a target: the platform's own target file, which also names its permissions, with this copy's address, mails
 * and sessions. The permissions are those of the platform itself, so that a copy cannot change what it is held to.
 */
export async function platformTarget(copy: {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly mailFolder: string;
  readonly password: (address: string) => string;
}): Promise<Target> {
  const module: unknown = await import(pathToFileURL(join(platformFolder, file)).href);
  const given = description.parse(module).default;
  const passwords = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) =>
        /^(NORTH|SOUTH)_[A-Z]+$/.test(String(name)) ? copy.password(addressOf(String(name))) : undefined,
    },
  );
  return resolveTarget(
    {
      ...given,
      origins: { app: copy.origin },
      mail: { folder: copy.mailFolder, domain: 'visitors.test' },
      hooks: {
        expireSession: async ({ headers }: { readonly headers: readonly (readonly [string, string])[] }) => {
          const cookie = headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? '';
          // A fault may have renamed or lengthened the cookie.
          const secret = /(?:^|; ?)(?:__Host-)?lr=([\w-]{43})/.exec(cookie)?.[1] ?? '';
          if (!(await expireSession(`__Host-lr=${secret}`, copy.databaseUrl)))
            throw new Error('the session that should expire is not in the database');
        },
        expireReset: async ({ token }: { readonly token: string }) => {
          if (!(await expireReset(token, copy.databaseUrl)))
            throw new Error('the reset that should expire is not in the database');
        },
        expireInvite: async ({ token }: { readonly token: string }) => {
          if (!(await expireInvite(token, copy.databaseUrl)))
            throw new Error('the invite that should expire is not in the database');
        },
      },
    },
    { env: passwords, folder: platformFolder, file },
  );
}
