import { desk } from '../../lib/desk.ts';
import { json, sessionCookie } from '../../lib/enter.ts';
import { failed, lockSeconds, mustWait, succeeded } from '../../lib/failures.ts';

export const dynamic = 'force-dynamic';

const page = (problem: string): string => `<!doctype html><title>Sign in</title><p>${problem}</p>
<form method="post" action="/login">
  <input type="email" name="email" autocomplete="username">
  <input type="password" name="password" autocomplete="current-password">
  <button>Sign in</button>
</form>`;
const html = (problem: string, status: number, more: Readonly<Record<string, string>> = {}): Response =>
  new Response(page(problem), {
    status,
    headers: {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...more,
    },
  });

/** The form to sign in. */
export const GET = (): Response => html('', 200);

/** Signs in by form. */
export async function POST(request: Request): Promise<Response> {
  const given = await request.formData().catch(() => null);
  if (given === null) return json({ error: 'send the form' }, 415);
  const address = given.get('email');
  const email = typeof address === 'string' ? address : '';
  if (mustWait(email)) return html('Too many attempts. Wait a little.', 429, { 'retry-after': lockSeconds });
  const account = desk.writers.find((one) => one.email === email && one.password === given.get('password'));
  if (account === undefined) {
    failed(email);
    return html('Wrong email or password.', 401);
  }
  succeeded(email);
  return new Response(null, {
    status: 303,
    headers: { location: '/api/me', 'set-cookie': sessionCookie(desk.open(account)) },
  });
}
