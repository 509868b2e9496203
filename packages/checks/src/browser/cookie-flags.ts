import { defineCheck, type FindingDraft, type Gathered, type Severity } from '@launch-ready/core';

type Cookie = Gathered<'cookies'>['cookies'][number];

/** Flags of the cookies that make a visitor somebody. */
export const cookieFlags = defineCheck({
  id: 'browser/cookie-flags',
  title: 'Session cookies are out of reach of scripts, plain connections and other sites',
  failureTitle: 'A session cookie lacks a protecting flag',
  criterion:
    'Every cookie that authenticates carries HttpOnly, Secure and SameSite (Lax or Strict; None only when pages and API are on different sites).',
  requirements: ['SC-SESSION', 'SC-CORS-CSRF', 'CK-SESSION'],
  severity: 'high',
  how: 'Logs in afresh, reads the Set-Cookie lines, and leaves out one cookie after the other to learn which of them authenticate. Other cookies are not judged.',
  why: 'A script injected into any page reads a cookie without HttpOnly; a cookie without Secure crosses open networks; without SameSite other sites send it along.',
  needs: ['cookies'],
  options: {},
  evaluate({ cookies }) {
    if (!cookies.used)
      return {
        status: 'not-applicable',
        because: 'no actor is authenticated by a cookie',
        evidence: [cookies.id],
      };
    const judged = cookies.cookies.filter((cookie) => cookie.authenticates);
    const [head, ...tail] = judged;
    if (head === undefined) {
      return {
        status: 'unknown',
        because: 'a cookie authenticates, but which one was not seen at login',
        evidence: [cookies.id],
      };
    }
    const [first, ...rest] = judged.flatMap((cookie) =>
      lacking(cookie, cookies.crossSite ?? false).map((flag) => draft(cookie, flag)),
    );
    if (first !== undefined) {
      return {
        status: 'fail',
        because: `a session cookie is not protected by ${[first, ...rest].map((one) => one.subject.variant).join(', ')}`,
        findings: [first, ...rest],
      };
    }
    const names = judged.map((cookie) => cookie.name).join(', ');
    return {
      status: 'pass',
      because: `HttpOnly, Secure and SameSite are set on ${names}`,
      evidence: [head.exchange, ...tail.map((cookie) => cookie.exchange)],
    };
  },
  fix: {
    summary:
      'Set the session cookie with HttpOnly, Secure and SameSite=Lax, best under a name that starts with __Host-.',
    steps: [
      'Set the flags where the session cookie is made; every session library has an option for each.',
      'Name it __Host-session with Path=/ and without Domain, so that browsers refuse a weaker one.',
      'Keep Secure in development too: browsers accept it on localhost.',
    ],
    today: 'Add the three flags in the configuration of the session library.',
    effort: 'minutes',
  },
  references: {
    cwe: ['CWE-1004', 'CWE-614', 'CWE-1275'],
    owaspApi: ['API2:2023'],
    asvs: ['3.3.1', '3.3.2', '3.3.4'],
  },
});

type Flag = 'HttpOnly' | 'Secure' | 'SameSite';

const severityOf: Readonly<Record<Flag, Severity>> = { HttpOnly: 'high', Secure: 'high', SameSite: 'medium' };

const consequence: Readonly<Record<Flag, string>> = {
  HttpOnly: 'every script on the page can read it',
  Secure: 'browsers send it over unencrypted connections too',
  SameSite: 'other sites can send it along with their requests',
};

function lacking(cookie: Cookie, crossSite: boolean): readonly Flag[] {
  const flags: Flag[] = [];
  if (!cookie.httpOnly) flags.push('HttpOnly');
  if (!cookie.secure) flags.push('Secure');
  if (cookie.sameSite === 'absent' || (cookie.sameSite === 'none' && !crossSite)) flags.push('SameSite');
  return flags;
}

function draft(cookie: Cookie, flag: Flag): FindingDraft {
  const state =
    flag === 'SameSite' && cookie.sameSite === 'none'
      ? 'is set with SameSite=None, though pages and API are on one site'
      : `is set without ${flag}`;
  return {
    subject: { cookie: cookie.name, variant: flag },
    message: `the cookie ${cookie.name}, which authenticates, ${state}: ${consequence[flag]}`,
    actors: [],
    evidence: [cookie.exchange],
    reproduce: cookie.reproduce?.[flag] ?? null,
    severity: severityOf[flag],
  };
}
