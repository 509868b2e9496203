import type { ProbeContext } from '../probe.ts';
import { encodedAs } from '../access/call-shape.ts';
import type { PasswordRoute } from '../lifecycle/password-route.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import type { ResetDesk } from './reset-desk.ts';

/** Changes the password of a signed-in throw-away account, and proves it by a login; says whether that worked. */
export async function changeOwnPassword(
  { sessions, transport }: ProbeContext,
  desk: ResetDesk,
  route: PasswordRoute,
  to: string,
): Promise<boolean> {
  const from = desk.current();
  transport.addSecret(to);
  const login = await sessions.login(desk.actor, from);
  if (login.kind === 'refused') return false;
  const { operation, currentField, newField, repeatFields } = route;
  const body = encodedAs(operation, {
    [currentField]: from,
    [newField]: to,
    ...Object.fromEntries(repeatFields.map((name) => [name, to])),
  });
  await unlessGuarded(
    sessions.sendWith(login.credential, desk.actor, {
      probe: 'resets/reset-replay',
      purpose: 'change the password of the throw-away account',
      method: operation.method,
      url: operation.origin + operation.path,
      operation,
      effect: { kind: 'session' },
      ...(body === null ? {} : { body }),
    }),
  );
  if ((await desk.logsIn(to)) !== true) return false;
  desk.isNow(to);
  return true;
}

/** Gives the account its password back, by a change or by another reset; says what went wrong, or null. */
export async function putPasswordBack(
  context: ProbeContext,
  desk: ResetDesk,
  route: PasswordRoute | null,
): Promise<string | null> {
  if (desk.current() === desk.original)
    return (await desk.logsIn(desk.original)) === false ? lostBy(desk) : null;
  if (route !== null && (await changeOwnPassword(context, desk, route, desk.original))) return null;
  const asked = await desk.ask();
  if (asked.token !== null && (await desk.use(asked.token, desk.original)).took === true) return null;
  return lostBy(desk);
}

const lostBy = ({ actor }: ResetDesk): string =>
  `the old password of ${actor} could not be put back: set it by hand`;
