import { defineCheck, type FindingDraft, type Gathered, type Severity } from '@launch-ready/core';

type Answer = Gathered<'securityHeaders'>['answers'][number];

interface Lack {
  readonly header: string;
  readonly severity: Severity;
  readonly consequence: string;
}

/** Response headers that switch on protections of browsers and caches. */
export const securityHeaders = defineCheck({
  id: 'browser/security-headers',
  title: 'Answers switch on the protections of browsers',
  failureTitle: 'Answers leave protections of browsers switched off',
  criterion:
    'Pages send a content security policy, protection against framing and nosniff; private answers keep shared caches away; HTTPS answers send HSTS.',
  requirements: ['SC-CORS-CSRF', 'SC-DEPLOY'],
  severity: 'medium',
  how: 'Reads the headers of the start page and of private answers. Pages that redirect or fail are not judged.',
  why: 'Each header closes one way in which a small fault becomes a large one: framing, content sniffing, injected scripts, cached private data.',
  needs: ['securityHeaders'],
  options: {},
  evaluate({ securityHeaders: { id, answers } }) {
    const judged = answers.filter((answer) => answer.status >= 200 && answer.status < 300);
    const [head, ...tail] = judged;
    if (head === undefined)
      return { status: 'unknown', because: 'no page and no private answer could be read', evidence: [id] };
    const drafts = new Map<string, FindingDraft>();
    for (const answer of judged) {
      for (const lack of lacks(answer)) {
        const key = `${lack.header} ${answer.kind}`;
        if (!drafts.has(key)) drafts.set(key, draft(answer, lack));
      }
    }
    const [first, ...rest] = drafts.values();
    if (first !== undefined) {
      return {
        status: 'fail',
        because: `missing: ${[first, ...rest].map((one) => one.subject.header).join(', ')}`,
        findings: [first, ...rest],
      };
    }
    return {
      status: 'pass',
      because: `${judged.length} ${judged.length === 1 ? 'answer sends' : 'answers send'} the headers that apply to them`,
      evidence: [head.exchange, ...tail.map((answer) => answer.exchange)],
    };
  },
  fix: {
    summary: 'Set the headers in one place for every answer, in the application or at the edge.',
    steps: [
      'Add X-Content-Type-Options: nosniff to every answer.',
      "Add Content-Security-Policy with frame-ancestors to every page, starting from default-src 'self'.",
      'Add Cache-Control: no-store to every answer that depends on who asks.',
      'Add Strict-Transport-Security with a year of max-age once every host answers over HTTPS.',
    ],
    today: 'Switch on a header middleware, or set the headers at the edge.',
    effort: 'hours',
  },
  references: {
    cwe: ['CWE-693', 'CWE-1021', 'CWE-525'],
    owaspApi: ['API8:2023'],
    asvs: ['3.4.1', '3.4.3', '3.4.4', '3.4.6', '14.3.2'],
  },
});

function lacks(answer: Answer): readonly Lack[] {
  const header = (name: string): string => (answer.headers[name] ?? '').toLowerCase();
  const list: Lack[] = [];
  if (header('x-content-type-options').trim() !== 'nosniff') {
    list.push({
      header: 'x-content-type-options',
      severity: 'low',
      consequence: 'browsers may guess another type than the declared one',
    });
  }
  if (answer.kind === 'page') {
    const policy = header('content-security-policy');
    const framed = framesAreLimited(policy) || /^(deny|sameorigin)$/.test(header('x-frame-options').trim());
    if (!framed)
      list.push({
        header: 'x-frame-options',
        severity: 'medium',
        consequence: 'other sites may show the page in a frame and catch clicks',
      });
    // Pages may carry their policy themselves; only who may frame them cannot be said there.
    if (policy.trim() === '' && (answer.metaPolicy ?? '').trim() === '')
      list.push({
        header: 'content-security-policy',
        severity: 'low',
        consequence: 'an injected script runs without hindrance',
      });
  }
  if (answer.kind === 'api' && answer.private && mayBeShared(header('cache-control'), answer)) {
    list.push({
      header: 'cache-control',
      severity: 'low',
      consequence: 'caches may keep what only one user may see',
    });
  }
  if (answer.scheme === 'https' && !/max-age\s*=\s*"?[1-9]/.test(header('strict-transport-security'))) {
    list.push({
      header: 'strict-transport-security',
      severity: 'medium',
      consequence: 'the first visit may be led to an unencrypted copy',
    });
  }
  return list;
}

/** A policy that names who may frame the page; `*` or a bare scheme names everybody. */
const framesAreLimited = (policy: string): boolean => {
  const sources = /(?:^|[;,\s])frame-ancestors\s+([^;,]*)/.exec(policy)?.[1]?.trim().split(/\s+/) ?? [];
  return sources.length > 0 && !sources.some((one) => /^(\*|https?:|https?:\/\/\*)$/.test(one));
};

/**
 * Whether a cache may hand the answer to somebody else (RFC 9111): `no-cache` makes it ask the server each time, and an answer
 * to a request with Authorization is not for shared caches unless it says so (section 3.5).
 */
function mayBeShared(cacheControl: string, answer: Answer): boolean {
  if (/\b(no-store|no-cache|private)\b/.test(cacheControl)) return false;
  return answer.authorization !== true || /\b(public|s-maxage|must-revalidate)\b/.test(cacheControl);
}

function draft(answer: Answer, lack: Lack): FindingDraft {
  const what = answer.kind === 'page' ? 'the page' : 'the private answer';
  return {
    subject: { header: lack.header, variant: answer.kind },
    message: `${what} ${answer.url} comes without a working ${lack.header}: ${lack.consequence}`,
    actors: [],
    evidence: [answer.exchange],
    reproduce: answer.reproduce?.[lack.header] ?? null,
    severity: lack.severity,
  };
}
