import type { ActorId, HeaderList, Reproduction } from '@launch-ready/core';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';

/** An answer whose headers were read. */
export interface ReadAnswer {
  readonly url: string;
  readonly headers: HeaderList;
  readonly kind: 'page' | 'api';
  /** Who read it; null for everybody. */
  readonly actor: ActorId | null;
}

const always = ['x-content-type-options', 'strict-transport-security'];
const ofPages = ['x-frame-options', 'content-security-policy'];

/** Reads the answer again, for every header that matters to it. */
export function headerReproductions({
  url,
  headers,
  kind,
  actor,
}: ReadAnswer): Readonly<Record<string, Reproduction>> {
  const { origin, protocol } = new URL(url);
  const credential = actor === null ? null : credentialVariable(actor);
  const read = requestTemplate(
    { method: 'GET', url, headers: kind === 'page' ? [...headers, ['accept', 'text/html']] : headers },
    origin,
  );
  const names = [
    ...always,
    ...(kind === 'page' ? ofPages : []),
    ...(actor === null ? [] : ['cache-control']),
  ].filter((name) => name !== 'strict-transport-security' || protocol === 'https:');
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        curl: `${curlLine(read, { credential })} -s -o /dev/null -D -`,
        script: reproductionScriptOf({
          does: [`Reads ${read.place} and looks at its ${name} header.`],
          needs: credential === null ? [] : [[credential, `a session of ${actor}, as header lines`]],
          plan: { origin, as: credential, read, kind, name },
          body: `
const session = plan.as ? given(plan.as) : [];
const answer = await send(plan.read, {}, session);
if (!answer.ok) cannotTell('answered ' + answer.status);
if (plan.as && (await send(plan.read)).ok) cannotTell('the answer is no longer private');
if (plan.kind === 'page' && !/text\\/html/i.test(answer.headers.get('content-type') ?? '')) cannotTell('this is no longer a page');
const value = (name) => (answer.headers.get(name) ?? '').trim().toLowerCase();
const policy = value('content-security-policy');
const frames = /(?:^|[;,\\s])frame-ancestors\\s+([^;,]*)/.exec(policy)?.[1]?.trim().split(/\\s+/) ?? [];
const bearer = session.some(([name]) => name.toLowerCase() === 'authorization');
const isRight = {
  'x-content-type-options': () => value('x-content-type-options') === 'nosniff',
  'x-frame-options': () => (frames.length > 0 && !frames.some((one) => /^(\\*|https?:|https?:\\/\\/\\*)$/.test(one))) || /^(deny|sameorigin)$/.test(value('x-frame-options')),
  'content-security-policy': () => policy !== '' || /<meta\\b[^>]*http-equiv\\s*=\\s*["']?content-security-policy/i.test(answer.text.split(/<body\\b/i)[0]),
  'cache-control': () => /\\b(no-store|no-cache|private)\\b/.test(value('cache-control')) || (bearer && !/\\b(public|s-maxage|must-revalidate)\\b/.test(value('cache-control'))),
  'strict-transport-security': () => base.startsWith('https:') ? /max-age\\s*=\\s*"?[1-9]/.test(value('strict-transport-security')) : cannotTell('BASE_URL is not https'),
}[plan.name];
isRight() ? gone('the answer sends a working ' + plan.name) : there('the answer comes without a working ' + plan.name);`,
        }),
      },
    ]),
  );
}
