import type { EvidenceMap } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { pageCookies } from './page-cookies.ts';
import type { PrivateRead } from './private-reads.ts';

type Trial = EvidenceMap['cors']['trials'][number];

/** Kinds of origins that are opened; each is another way in which a list of origins is wrong. */
const mostVisits = 4;

/**
 * Opens a page of each origin that seems to be let in, in a real browser that is signed in, and sees whether it reads what only
 * that user may read. Without a browser nothing is said of it.
 */
export async function corsInBrowser(
  context: ProbeContext,
  probe: string,
  read: PrivateRead,
  cookies: EvidenceMap['cookies'],
  trials: readonly Trial[],
): Promise<readonly Trial[]> {
  const suspects = new Map<Trial['originKind'], Trial>();
  for (const trial of trials)
    if (trial.verdict === 'readable-with-credentials' && !trial.preflight)
      suspects.set(trial.originKind, trial);
  const secret = ownWords(read);
  if (suspects.size === 0 || secret === null) return trials;
  const browser = await context.transport.openBrowser();
  if (browser === null)
    return trials.map((trial) =>
      suspects.has(trial.originKind) ? { ...trial, browser: 'not-opened' } : trial,
    );
  const found = new Map<Trial['originKind'], NonNullable<Trial['browser']>>();
  try {
    for (const [kind, { origin }] of [...suspects].slice(0, mostVisits)) {
      const visited = await browser.visit({
        actor: read.actor,
        probe,
        purpose: `a page of ${kind === 'null' ? 'no origin' : origin}, in a browser, reads this`,
        origin: kind === 'null' ? 'https://launch-ready-stranger.test' : origin,
        html: kind === 'null' ? framed(read) : reading(read, 'globalThis.said = text;'),
        cookies: pageCookies(context, read.actor, read.url, cookies),
        calls: [
          {
            method: 'GET',
            url: read.url,
            operation: read.operation,
            headers: read.headers,
            effect: { kind: 'none' },
          },
        ],
        says: true,
      });
      if (visited.said === null) continue;
      found.set(kind, visited.said.includes(secret) ? 'read' : 'kept-back');
    }
  } finally {
    await browser.close();
  }
  return trials.map((trial) => {
    const seen = found.get(trial.originKind);
    return seen === undefined || trial.verdict !== 'readable-with-credentials'
      ? trial
      : { ...trial, browser: seen };
  });
}

/** A text of the private answer that a stranger does not get. */
function ownWords({ answer, refused }: PrivateRead): string | null {
  const texts = [...answer.text.matchAll(/"([^"\\]{6,200})"/g)].flatMap(([, one]) =>
    one === undefined ? [] : [one],
  );
  return (
    texts.filter((one) => !refused.text.includes(one)).toSorted((a, b) => b.length - a.length)[0] ??
    (answer.text.length >= 12 && answer.text !== refused.text ? answer.text.trim().slice(0, 200) : null)
  );
}

/** Script of a page that reads it as whoever is signed in. */
function reading({ url, headers }: Pick<PrivateRead, 'url' | 'headers'>, tell: string): string {
  const init = { credentials: 'include', headers: Object.fromEntries(headers) };
  return `<script>
const say = (text) => { ${tell} };
fetch(${JSON.stringify(url)}, ${JSON.stringify(init)}).then((answer) => answer.text()).then(say, () => say('refused by the browser'));
</script>`;
}

/** The same in a frame without an origin, which browsers call null. */
function framed(read: PrivateRead): string {
  const inner = reading(read, "parent.postMessage(text, '*');")
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;');
  return `<iframe sandbox="allow-scripts" srcdoc="${inner}"></iframe>
<script>addEventListener('message', ({ data }) => { globalThis.said = String(data); });</script>`;
}
