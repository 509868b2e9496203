import type { Account } from './account.ts';
import type { LoginWay } from './login-attempt.ts';

/** How an account logs in where the target file says where: as others were seen to log in there. */
export function wayOf({ way, actor }: Account, all: readonly Account[]): LoginWay | null {
  if (way !== null || actor.login.kind !== 'password' || !actor.login.at) return way;
  const { url } = actor.login.at;
  const alike = all.find(
    (other) =>
      other.actor.login.kind === 'password' && other.actor.login.at?.url === url && other.way !== null,
  );
  return alike?.way ?? { kind: 'route', route: actor.login.at, csrfFrom: null };
}
