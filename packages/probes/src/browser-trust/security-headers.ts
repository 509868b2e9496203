import type { ActorId, EvidenceMap, HeaderList } from '@launch-ready/core';
import { defineProbe, type ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';
import { headerReproductions } from './header-reproduction.ts';
import { metaPolicy } from './meta-policy.ts';
import { privateReads } from './private-reads.ts';

type Seen = EvidenceMap['securityHeaders']['answers'][number];

const id = 'browser-trust/security-headers';
const mostRedirects = 2;

/** Headers of the start page and of two private answers. */
export const securityHeaders = defineProbe({
  id,
  title: 'Headers that switch on protections',
  provides: 'securityHeaders',
  needs: ['logins', 'operations', 'planting'],
  leastMode: 'observe',
  estimate: () => 10,
  async run(context) {
    const answers: Seen[] = [];
    const start = await startPage(context);
    if (start !== null) answers.push(seen(start, null));
    for (const read of await privateReads(context, id, 2)) {
      const names = context.sessions
        .current(read.actor)
        .headers(read.url)
        .map(([name]) => name.toLowerCase());
      answers.push(seen(read, { actor: read.actor, authorization: names.includes('authorization') }));
    }
    if (answers.length === 0)
      return { status: 'missing', because: 'neither the start page nor a private answer could be read' };
    return { status: 'gathered', data: { answers } };
  },
});

/** The page at the root, behind redirects that stay on the same origin. */
async function startPage({
  transport,
  target,
}: ProbeContext): Promise<{ readonly url: string; readonly answer: Answer } | null> {
  let url = new URL('/', target.app).href;
  for (let step = 0; step <= mostRedirects; step += 1) {
    const result = await transport.send({
      actor: 'anonymous',
      probe: id,
      purpose: 'read the start page',
      method: 'GET',
      url,
      headers: [['accept', 'text/html']],
      effect: { kind: 'none' },
    });
    if (result.kind === 'no-answer') return null;
    const location = result.status >= 300 && result.status < 400 ? result.header('location') : null;
    const next = location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
    if (next === null) return { url, answer: result };
    if (next.origin !== new URL(target.app).origin) return null;
    url = next.href;
  }
  return null;
}

function seen(
  {
    url,
    answer,
    headers: sent = [],
  }: { readonly url: string; readonly answer: Answer; readonly headers?: HeaderList },
  asked: { readonly actor: ActorId; readonly authorization: boolean } | null,
): Seen {
  const { pathname, protocol } = new URL(url);
  const headers: Record<string, string> = {};
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') continue;
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const kind = (answer.header('content-type') ?? '').includes('text/html') ? 'page' : 'api';
  const policy = kind === 'page' ? metaPolicy(answer.text) : null;
  return {
    url: pathname,
    scheme: protocol === 'https:' ? 'https' : 'http',
    kind,
    private: asked !== null,
    ...(asked === null ? {} : { authorization: asked.authorization }),
    status: answer.status,
    headers,
    ...(policy === null ? {} : { metaPolicy: policy }),
    exchange: answer.exchange,
    reproduce: headerReproductions({ url, headers: sent, kind, actor: asked?.actor ?? null }),
  };
}
