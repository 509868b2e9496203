import type { Actor } from '@launch-ready/core';
import type { Credential } from '../session/sessions.ts';
import { isLoopback } from '../transport/raw-url.ts';
import type { ListVariant } from './ask-list.ts';
import type { Front } from './front.ts';

/** A way to name another tenant beside the operation, while the login stays the attacker's own. */
export type TenantSelector = Pick<ListVariant, 'slot' | 'added' | 'origin' | 'credential'>;

/**
 * Cookies of the attacker's session that name its tenant, set to the other one's name, and the address that the target file gives
 * for the other tenant. Which of the two an application believes, it should compare with the login.
 */
export function tenantSelectors(front: Front, attacker: Actor): readonly TenantSelector[] {
  return [...cookieSelectors(front, attacker), ...addressSelectors(front)];
}

/** What names each of the two tenants, pair by pair. */
function namePairs({
  workshop,
  attackerTenant,
  victimTenant,
}: Front): readonly { readonly own: string; readonly foreign: string }[] {
  const { scope, context } = workshop;
  const ids = context.target.tenantIds;
  const pairs = [
    { own: attackerTenant, foreign: victimTenant },
    ...[...scope.names].map((name) => ({
      own: scope.value(name, attackerTenant),
      foreign: scope.value(name, victimTenant),
    })),
    ...Object.entries(ids[attackerTenant] ?? {}).map(([name, own]) => ({
      own,
      foreign: ids[victimTenant]?.[name] ?? null,
    })),
  ];
  return pairs.flatMap(({ own, foreign }) =>
    own === null || foreign === null || own === foreign ? [] : [{ own, foreign }],
  );
}

function cookieSelectors(front: Front, attacker: Actor): readonly TenantSelector[] {
  const { sessions, target } = front.workshop.context;
  const line = sessions
    .current(attacker.id)
    .headers(target.api)
    .find(([name]) => name.toLowerCase() === 'cookie')?.[1];
  if (line === undefined) return [];
  const pairs = namePairs(front);
  return line.split(/;\s*/).flatMap((cookie): readonly TenantSelector[] => {
    const [name = ''] = cookie.split('=');
    const value = decoded(cookie.slice(name.length + 1));
    const pair = pairs.find(({ own }) => own === value);
    if (!pair) return [];
    const changed = `${name}=${encodeURIComponent(pair.foreign)}`;
    return [
      {
        slot: `cookie ${name}`,
        credential: (own) => withHeaders(own, (text) => text.replace(cookie, changed)),
      },
    ];
  });
}

function addressSelectors({ workshop, victimTenant }: Front): readonly TenantSelector[] {
  const given = workshop.context.target.origins[victimTenant];
  if (given === undefined) return [];
  const { origin, host, hostname } = new URL(given);
  // Names below localhost are this machine (RFC 6761 section 6.3), whether or not anybody resolves them.
  if (isLoopback(hostname)) return [{ slot: 'host', added: { 'header:host': host } }];
  return [{ slot: 'host', origin, credential: (own) => sameEverywhere(own, workshop.context.target.api) }];
}

/** A credential that is shown to every address as it is to this one. */
const sameEverywhere = (own: Credential, at: string): Credential => ({
  ...own,
  headers: () => own.headers(at),
});

const withHeaders = (own: Credential, change: (cookies: string) => string): Credential => ({
  ...own,
  headers: (url) =>
    own
      .headers(url)
      .map(([name, value]): [string, string] => [
        name,
        name.toLowerCase() === 'cookie' ? change(value) : value,
      ]),
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
