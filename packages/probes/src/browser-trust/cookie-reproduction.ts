import type { EvidenceMap, Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { logsInItself, ownSession } from '../reproduction/own-session.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import type { Credential } from '../session/sessions.ts';

type Cookie = EvidenceMap['cookies']['cookies'][number];
type Flag = 'HttpOnly' | 'Secure' | 'SameSite';

/** A login that shows how a cookie is set again, for every flag that it lacks; null when no script can log in. */
export function cookieReproductions(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  credential: Credential,
  cookie: Pick<Cookie, 'name' | 'httpOnly' | 'secure' | 'sameSite'>,
): Readonly<Record<string, Reproduction>> | null {
  const { origin } = new URL(context.target.api);
  const own = ownSession(context, credential.actor, credential, origin);
  const { curl } = own;
  if (curl === null || !logsInItself(own)) return null;
  const missing: Flag[] = [];
  if (!cookie.httpOnly) missing.push('HttpOnly');
  if (!cookie.secure) missing.push('Secure');
  if (cookie.sameSite === 'absent' || cookie.sameSite === 'none') missing.push('SameSite');
  const page = new URL(context.target.app).origin;
  return Object.fromEntries(
    missing.map((flag) => [
      flag,
      {
        curl: `${curl.split(' # ')[0] ?? curl} | grep -i '^set-cookie: ${cookie.name}='`,
        script: reproductionScriptOf({
          does: [`Logs in and reads with which flags the cookie ${cookie.name} is set.`],
          needs: own.needs,
          plan: {
            origin,
            ...(page === origin ? {} : { page }),
            session: own.plan,
            setName: cookie.name,
            flag,
            // None is only wrong where it is not needed; whoever sets it on purpose is told so by the review.
            none: cookie.sameSite === 'none',
          },
          uses: [sessionKit],
          body: `
const answer = await logInAs(env(plan.session.nameFrom), env(plan.session.wordFrom));
if (answer.status >= 400) cannotTell('the login was answered ' + answer.status);
const line = answer.cookies.findLast((one) => one.slice(0, one.indexOf('=')).trim() === plan.setName);
if (!line) cannotTell('the login sets no cookie ' + plan.setName);
const flags = new Map(line.split(';').slice(1).map((part) => part.trim().split('=')).map(([name, value]) => [name.toLowerCase(), value?.trim().toLowerCase() ?? '']));
const strict = ['lax', 'strict', ...(plan.none ? [] : ['none'])];
const isSet = plan.flag === 'SameSite' ? strict.includes(flags.get('samesite')) : flags.has(plan.flag.toLowerCase());
isSet ? gone('the cookie is set with ' + plan.flag) : there('the cookie is set without a protecting ' + plan.flag);`,
        }),
      },
    ]),
  );
}
