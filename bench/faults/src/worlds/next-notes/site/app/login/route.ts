import { desk } from '../../lib/desk.ts';
import { json, sessionCookie } from '../../lib/enter.ts';

export const dynamic = 'force-dynamic';

const page = (problem: string): string => `<!doctype html><title>Sign in</title><p>${problem}</p>
<form method="post" action="/login">
  <input type="email" name="email" autocomplete="username">
  <input type="password" name="password" autocomplete="current-password">
  <button>Sign in</button>
</form>`;
const html = (problem: string, status: number): Response =>
  new Response(page(problem), {
    status,
    headers: {
      'content-type': 'text/html',
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });

const failures = new Map<string, number>();

/** The form to sign in. */
export const GET = (): Response => html('', 200);

/** Signs in by form. */
export async function POST(request: Request): Promise<Response> {
  const given = await request.formData().catch(() => null);
  if (given === null) return json({ error: 'send the form' }, 415);
  const address = given.get('email');
  const email = typeof address === 'string' ? address : '';
  const wrong = failures.get(email) ?? 0;
  if (wrong >= 10) return html('Too many attempts. Ask your admin.', 429);
  const account = desk.writers.find((one) => one.email === email && one.password === given.get('password'));
  if (account === undefined) {
    failures.set(email, wrong + 1);
    return html('Wrong email or password.', 401);
  }
  failures.delete(email);
  return new Response(null, {
    status: 303,
    headers: { location: '/api/me', 'set-cookie': sessionCookie(desk.open(account)) },
  });
}
