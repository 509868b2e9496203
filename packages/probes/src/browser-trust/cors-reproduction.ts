import type { Reproduction } from '@launch-ready/core';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { ForeignOrigin } from './foreign-origins.ts';
import type { PrivateRead } from './private-reads.ts';

/** Asks once more for a private answer in the name of an origin that nobody listed. */
export function corsReproduction(
  { url, headers, actor }: Pick<PrivateRead, 'url' | 'headers' | 'actor'>,
  foreign: ForeignOrigin,
  preflight: boolean,
): Reproduction {
  const { origin } = new URL(url);
  const credential = credentialVariable(actor);
  const read = requestTemplate({ method: 'GET', url, headers }, origin);
  const asking = [
    ['origin', foreign.origin],
    ...(preflight
      ? [
          ['access-control-request-method', 'GET'],
          ['access-control-request-headers', 'content-type'],
        ]
      : []),
  ].map(([name = '', value = '']): [string, string] => [name, value]);
  const shown = preflight
    ? { ...read, method: 'OPTIONS', headers: asking }
    : { ...read, headers: [...read.headers, ...asking] };
  return {
    curl: `${curlLine(shown, preflight ? {} : { credential })} | grep -i '^access-control'`,
    script: reproductionScriptOf({
      does: [
        `Reads in the name of ${foreign.origin} and looks whether that origin is allowed with credentials.`,
      ],
      needs: [[credential, `a session of ${actor}, as header lines (Cookie or Authorization)`]],
      plan: { origin, as: credential, read, shown, foreign: foreign.origin, preflight },
      body: `
const session = given(plan.as);
const own = await send(plan.read, {}, session);
if (!own.ok) cannotTell('the session is answered ' + own.status);
const nobody = await send(plan.read);
if (nobody.ok && nobody.text === own.text) cannotTell('the answer is no longer private: everybody gets it');
const answer = await send(plan.shown, {}, plan.preflight ? [] : session);
if (answer.status === 429 || (!plan.preflight && (answer.status === 401 || overloaded(answer)))) cannotTell('answered ' + answer.status);
if (!answer.ok) gone('refused with ' + answer.status);
const allowed = answer.headers.get('access-control-allow-origin');
const credentials = answer.headers.get('access-control-allow-credentials');
if (allowed === plan.foreign && credentials === 'true') there(plan.foreign + ' is allowed with credentials');
gone('allowed is ' + (allowed ?? 'no origin') + (credentials === 'true' ? ', with credentials' : ''));`,
    }),
  };
}
