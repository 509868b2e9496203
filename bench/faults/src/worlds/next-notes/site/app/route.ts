import { desk } from '../lib/desk.ts';

export const dynamic = 'force-dynamic';

/** The start page. */
export function GET(): Response {
  const headers = new Headers({ 'content-type': 'text/html', 'x-content-type-options': 'nosniff' });
  const framing = desk.isOn('notes-may-be-framed') ? '' : "; frame-ancestors 'none'";
  if (!desk.isOn('notes-page-without-policy'))
    headers.set('content-security-policy', `default-src 'self'${framing}`);
  if (!desk.isOn('notes-may-be-framed')) headers.set('x-frame-options', 'DENY');
  return new Response('<!doctype html><title>Notes</title><a href="/login">Sign in</a>', { headers });
}
