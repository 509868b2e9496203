import type { LoginRoute } from '../target/target.ts';
import type { OutgoingBody } from '../transport/transport.ts';

/** Body of a login request; a field that starts with `/` is a JSON pointer. */
export function loginBody(route: LoginRoute, username: string, password: string): OutgoingBody {
  if (route.format === 'form') {
    const fields = { [route.usernameField]: username, [route.passwordField]: password };
    // OAuth's password form (RFC 6749 section 4.3.2) wants to be named.
    return { kind: 'form', fields: /token/.test(route.url) ? { grant_type: 'password', ...fields } : fields };
  }
  const value: Record<string, unknown> = {};
  put(value, route.usernameField, username);
  put(value, route.passwordField, password);
  return { kind: 'json', value };
}

function put(into: Record<string, unknown>, field: string, value: string): void {
  const [, first, second] = field.split('/');
  if (!field.startsWith('/') || first === undefined) into[field] = value;
  else if (second === undefined) into[first] = value;
  else into[first] = { ...(typeof into[first] === 'object' ? into[first] : {}), [second]: value };
}
