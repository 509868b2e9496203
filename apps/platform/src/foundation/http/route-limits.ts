import type { Draw } from '../limits/limiter.ts';

/** Named sets of limits; each route names one. */
const routeLimits = [
  'read',
  'write',
  'login',
  'signup',
  'forgot',
  'token',
  'password',
  'invite',
  'none',
] as const;
export type RouteLimit = (typeof routeLimits)[number];

export const isRouteLimit = (value: unknown): value is RouteLimit =>
  routeLimits.some((limit) => limit === value);

/** Who is counted. */
export interface Counted {
  readonly address: string;
  readonly userId: string | null;
  readonly tenantId: string | null;
}

/** The buckets one request of a route draws from. `none` is for the health of the process alone. */
export const drawsFor = (limit: RouteLimit, who: Counted): readonly Draw[] => {
  if (limit === 'none') return [];
  const { address, userId, tenantId } = who;
  const account: readonly Draw[] = userId === null ? [] : [{ limit: 'account', of: userId }];
  return [
    { limit: 'address', of: address },
    ...account,
    ...special(limit, address, userId ?? address, tenantId),
  ];
};

const special = (
  limit: Exclude<RouteLimit, 'none'>,
  address: string,
  who: string,
  tenantId: string | null,
): readonly Draw[] => {
  switch (limit) {
    case 'read':
    // Logins are counted where the account they are for is known.
    case 'login':
      return [];
    case 'write':
      return [{ limit: 'write', of: who }];
    case 'signup':
      return [{ limit: 'signupAddress', of: address }];
    case 'forgot':
      return [{ limit: 'forgotAddress', of: address }];
    case 'token':
      return [{ limit: 'tokenAddress', of: address }];
    case 'password':
      return [{ limit: 'passwordAccount', of: who }];
    case 'invite':
      return [
        { limit: 'write', of: who },
        { limit: 'invite', of: who },
        ...(tenantId === null ? [] : [{ limit: 'inviteTenant', of: tenantId } as const]),
      ];
    default:
      return limit satisfies never;
  }
};
