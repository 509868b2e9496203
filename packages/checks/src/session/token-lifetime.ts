import { defineCheck, type FindingDraft, type Gathered } from '@launch-ready/core';

type Life = Gathered<'tokenLife'>['lives'][number];

/** How long tokens live that the server cannot take back. */
export const tokenLifetime = defineCheck({
  id: 'session/token-lifetime',
  title: 'Tokens that cannot be taken back end soon',
  failureTitle: 'A token that cannot be taken back lives too long',
  criterion:
    'An access token that was not seen to be refused after logging out states an end within 60 minutes; a signed token always states one.',
  requirements: ['SC-AUTHN', 'SC-SESSION', 'CK-SESSION'],
  severity: 'medium',
  how: 'Reads the declared life of every token that a login gives out: `exp` and `iat`, `expires_in`, Max-Age and Expires. Sessions that end with the logout may live longer; their life is told.',
  why: 'The life of such a token is the time for which a copy of it works, whatever its owner does.',
  needs: ['tokenLife'],
  options: { maxMinutes: 60 },
  evaluate({ tokenLife: { id, lives, notTested } }, { maxMinutes }) {
    const said = lives.map(tell).join('; ');
    const held = lives.filter(({ token, revocable }) => token === 'access' && revocable !== true);
    const bad = lives.filter((life) =>
      life.endless && life.token !== 'session-cookie'
        ? true
        : held.includes(life) && life.seconds !== null && life.seconds > maxMinutes * 60 + 60,
    );
    const [first, ...rest] = bad.map((life): FindingDraft => ({
      subject: { relation: `${life.token} token`, variant: life.endless ? 'without end' : 'too long' },
      message: `${tell(life)}, and ${life.revocable === false ? 'it works after logging out' : 'nothing showed that the server can take it back'}; it should be ${maxMinutes} minutes at most`,
      actors: [life.actor],
      evidence: [id, ...life.exchanges],
      ...(life.endless ? { severity: 'high' } : {}),
    }));
    if (first !== undefined) return { status: 'fail', because: said, findings: [first, ...rest] };
    if (lives.length === 0) {
      const gap = notTested.find(({ what }) => what === 'lives');
      const because = gap?.because ?? 'no token was seen';
      return gap?.absent === true
        ? { status: 'not-applicable', because, evidence: [id] }
        : { status: 'unknown', because, evidence: [id] };
    }
    const unstated = held.find(({ seconds }) => seconds === null);
    if (unstated !== undefined) return { status: 'unknown', because: tell(unstated), evidence: [id] };
    return { status: 'pass', because: said, evidence: [id] };
  },
  fix: {
    summary:
      'Let access tokens live for 15 to 60 minutes and renew them with a refresh token that can be taken back.',
    steps: [
      'Set `exp` of access tokens to 15 minutes, an hour at most, and check it on every request.',
      'Renew by a refresh token that rotates and is stored on the server.',
      'Or keep a session record and look it up, so that logging out ends the token.',
    ],
    today: 'Lower the lifetime in the configuration of the token library.',
    effort: 'minutes',
  },
  references: { cwe: ['CWE-613'], owaspApi: ['API2:2023'], asvs: ['7.3.2', '9.2.1'] },
});

const tell = ({ token, actor, seconds, source, endless, revocable }: Life): string => {
  const name = token === 'session-cookie' ? 'the session cookie' : `the ${token} token`;
  if (endless) return `${name} of ${actor} states no end`;
  const life =
    seconds === null ? 'does not say how long it lives' : `lives for ${duration(seconds)} (${source})`;
  return `${name} of ${actor} ${life}${revocable === true ? ' and ends with the logout' : ''}`;
};

const duration = (seconds: number): string =>
  seconds < 7200
    ? `${Math.round(seconds / 60)} minutes`
    : seconds < 172_800
      ? `${Math.round(seconds / 3600)} hours`
      : `${Math.round(seconds / 86_400)} days`;
