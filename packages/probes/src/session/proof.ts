import type { Operation } from '@launch-ready/core';
import type { Answer } from '../transport/transport.ts';

/** A request whose answer tells a signed-in actor from nobody. */
export interface Proof {
  readonly url: string;
  /**
   * `status`: nobody is refused; `content`: nobody is answered too, but without the account; `complaint`: an empty POST, which
   * nobody may send at all and an account is told what is missing in.
   */
  readonly by: 'status' | 'content' | 'complaint';
  /** What nobody gets, to compare with. */
  readonly nobody: Pick<Answer, 'status' | 'text'>;
}

const meLike =
  /\/(me|self|whoami|who-am-i|current[-_]?user|get-session|session|profile|account|userinfo|user)\/?$/i;
const notForProof =
  /log-?_?out|sign-?_?out|revoke|delete|unsubscribe|verif|confirm|callback|oauth|download|export|stream|events|sse|health|metrics|ready|live|docs|openapi|swagger|csrf|captcha|ws$|socket/i;
const wellKnown = [
  '/api/me',
  '/me',
  '/api/auth/me',
  '/auth/me',
  '/api/users/me',
  '/users/me',
  '/api/v1/me',
  '/api/v1/users/me',
  '/api/user',
  '/user',
  '/api/auth/get-session',
  '/api/auth/session',
  '/api/profile',
  '/profile',
  '/api/account',
  '/account',
  '/parse/users/me',
  '/ghost/api/admin/users/me/',
  '/api/session',
  '/rest/user/whoami',
  '/identity/api/v2/user/dashboard',
  '/dashboard',
  '/',
];

/** URLs that may prove a login, the likeliest first. `declared` ones stand in a document of the application. */
export function proofCandidates(
  operations: readonly Operation[],
  origins: { readonly api: string; readonly app: string },
  given: string | null,
): readonly { readonly url: string; readonly declared: boolean }[] {
  const callable = operations
    .filter(
      (operation) =>
        operation.method === 'GET' &&
        !operation.path.includes('{') &&
        !notForProof.test(operation.path) &&
        operation.declaredAuth !== 'public' &&
        !operation.slots.some((slot) => slot.required && slot.in !== 'body'),
    )
    .sort((a, b) => rank(a) - rank(b))
    .map((operation) => ({ operation, url: `${operation.origin}${operation.path}`, declared: true }));
  const bases = [...new Set([origins.api, origins.app])];
  const guessed = bases.flatMap((base) =>
    wellKnown.map((path) => ({ url: `${base}${path}`, declared: false })),
  );
  const first =
    given === null
      ? []
      : [{ url: /^https?:/i.test(given) ? given : `${origins.api}${given}`, declared: true }];
  const me = callable.filter(({ operation }) => meLike.test(operation.path));
  const rest = callable.filter(({ operation }) => !meLike.test(operation.path));
  const all = [...first, ...me, ...rest.slice(0, 12), ...guessed, ...rest.slice(12, 40)];
  return all
    .filter((one, index) => all.findIndex((other) => other.url === one.url) === index)
    .map(({ url, declared }) => ({ url, declared }));
}

/** How an answer differs from nobody's in a way that only a recognised account can bring about; null when it does not. */
export function proofBy(
  answer: Pick<Answer, 'status' | 'text'>,
  nobody: Pick<Answer, 'status' | 'text'>,
  username: string | null,
): Proof['by'] | null {
  if (answer.status < 200 || answer.status > 299) return null;
  const refused = nobody.status >= 300 && nobody.status < 500 && nobody.status !== 429;
  if (refused) return answer.text === nobody.text && answer.text !== '' ? null : 'status';
  if (nobody.status < 200 || nobody.status > 299 || answer.text === nobody.text) return null;
  const names = (text: string): boolean =>
    username !== null && text.toLowerCase().includes(username.toLowerCase());
  if (names(answer.text) && !names(nobody.text)) return 'content';
  if (isEmptyAccount(nobody.text) && !isEmptyAccount(answer.text)) return 'content';
  return offersLogout(answer.text) && !offersLogout(nobody.text) && /<html/i.test(answer.text)
    ? 'content'
    : null;
}

/**
 * Operations that prove a login where everything that can be read is open to everybody: they make something from fields that
 * are required, or whose lack has an answer in the document, so that an empty request changes nothing.
 */
export const emptyRequestCandidates = (operations: readonly Operation[]): readonly Operation[] =>
  operations
    .filter(
      ({ method, path, declaredAuth, body, slots, responses }) =>
        method === 'POST' &&
        declaredAuth === 'required' &&
        !path.includes('{') &&
        !notForProof.test(path) &&
        body?.contentType === 'application/json' &&
        (slots.some((slot) => slot.in === 'body' && slot.required) ||
          (slots.some((slot) => slot.in === 'body') &&
            responses.some(({ status }) => ['400', '422'].includes(status)))),
    )
    .slice(0, 6);

/** Whether the refusal of an empty request is about the request for the account, and about who asks for nobody. */
export const isComplaint = (answer: Pick<Answer, 'status'>, nobody: Pick<Answer, 'status'>): boolean =>
  [400, 422].includes(answer.status) && [401, 403].includes(nobody.status);

/** `null`, `{}`, `{"user":null}` and the like: how session routes say that nobody is there. */
function isEmptyAccount(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return true;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    return Object.values(value).every((inner) => inner === null || inner === false || inner === '');
  } catch {
    return text.trim() === '';
  }
}

/** Who an account-like answer says is there: its id, mail address and name; null when it does not say. */
export function identityOf(url: string, answer: Answer): string | null {
  if (!meLike.test(url.split('?')[0] ?? '')) return null;
  const found = new Map<string, string>();
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > 2) return;
    for (const [name, inner] of Object.entries(value)) {
      const key = name.toLowerCase();
      const scalar = typeof inner === 'string' || typeof inner === 'number';
      if (
        scalar &&
        /^(id|_id|uid|uuid|sub|userid|user_id|email|username|objectid|login)$/.test(key) &&
        !found.has(key)
      ) {
        found.set(key, String(inner));
      }
    }
    for (const [name, inner] of Object.entries(value)) {
      if (/^(user|account|me|profile|data|viewer)$/i.test(name)) look(inner, depth + 1);
    }
  };
  look(answer.json(), 0);
  // `/account` may speak of the tenant's account, which its people share.
  const path = url.split('?')[0] ?? '';
  const accountWide =
    !/\/account\/?$/i.test(path) &&
    ([...found].some(([key]) => /email|username|login|sub|user/.test(key)) ||
      /\/(me|user|users\/me)\/?$/i.test(path));
  return found.size === 0 || !accountWide
    ? null
    : JSON.stringify([...found].sort(([a], [b]) => a.localeCompare(b)));
}

/** The likeliest first: account routes, then private ones, then short paths. */
const rank = (operation: Operation): number =>
  (meLike.test(operation.path) ? 0 : 10) +
  (operation.declaredAuth === 'required' ? 0 : 3) +
  operation.path.split('/').length / 10;

const offersLogout = (text: string): boolean => /log-?\s?out|sign-?\s?out/i.test(text);
