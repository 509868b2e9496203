import type { ReplaceSecret } from './redact-json-members.ts';

/* Every pattern below either has a bounded length or starts where the run it reads starts, so that no text is read more than
   a few times over. */

/** Runs of letters that tokens are made of. Each is looked at once, as a whole. */
const runs = /[A-Za-z0-9_.~+/=-]{16,}/g;
/** A signed or encrypted token (RFC 7515, RFC 7516) starts with `{"` in base64url. */
const jwtStart = /eyJ[A-Za-z0-9_-]{6}/;

const prefixed = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}',
    'whsec_[A-Za-z0-9+/=_-]{16,}',
    'gh[opusr]_[A-Za-z0-9]{20,}',
    'github_pat_[A-Za-z0-9_]{20,}',
    'gl(?:pat|ptt|dt|rt)-[A-Za-z0-9_-]{16,}',
    'xox[abeoprs]-[A-Za-z0-9-]{10,}',
    'xapp-[A-Za-z0-9-]{10,}',
    '(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    'AIza[A-Za-z0-9_-]{35}',
    'ya29\\.[A-Za-z0-9_-]{20,}',
    'GOCSPX-[A-Za-z0-9_-]{20,}',
    'sk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,}',
    'SG\\.[A-Za-z0-9_-]{16,128}\\.[A-Za-z0-9_-]{16,}',
    'npm_[A-Za-z0-9]{30,}',
    'hf_[A-Za-z0-9]{20,}',
    'do[por]_v1_[a-f0-9]{32,}',
    'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{16,}',
    'sb(?:p|_secret)_[A-Za-z0-9_-]{20,}',
    're_[A-Za-z0-9]{6,32}_[A-Za-z0-9]{16,}',
    'pypi-[A-Za-z0-9_-]{20,}',
  ].join('|')})`,
  'g',
);
const schemes = /(?<![A-Za-z0-9])(bearer|basic)((?:\s|%20|\+){1,4})([A-Za-z0-9._~+/=-]{8,})/gi;
const userInfo = /(:\/\/[^\s/?#@:"'<>]{0,256}:)([^\s/?#@"'<>]{1,256})@/g;

/** Replaces what is a secret by its own shape, whatever it is called: JWTs, keys of well-known makers, credentials in URLs. */
export function redactTokens(text: string, replace: ReplaceSecret): string {
  return text
    .replace(schemes, (whole, scheme: string, gap: string, credential: string) =>
      looksRandom(credential) ? scheme + gap + replace(credential) : whole,
    )
    .replace(userInfo, (_, start: string, password: string) => `${start}${replace(password)}@`)
    .replace(runs, (run) => (run.includes('eyJ') ? redactJwt(run, replace) : run))
    .replace(prefixed, replace);
}

/** `Basic authentication` in a sentence is no credential. */
const looksRandom = (text: string): boolean =>
  /[0-9=]/.test(text) || (/[a-z][A-Z]/.test(text) && text.length >= 12);

function redactJwt(run: string, replace: ReplaceSecret): string {
  const start = run.search(jwtStart);
  if (start === -1) return run;
  const token = /^[A-Za-z0-9_-]{9,}(?:\.[A-Za-z0-9_-]*)+/.exec(run.slice(start))?.[0].replace(/\.+$/, '');
  // Two parts at least: an unsigned token has an empty third one.
  if (token === undefined || !/\.[A-Za-z0-9_-]{4,}/.test(token)) return run;
  const rest = run.slice(start + token.length);
  return run.slice(0, start) + replace(token) + rest;
}
