import type { HeaderList } from '@launch-ready/core';
import type { OutgoingBody, OutgoingRequest } from './transport.ts';
import type { WireResult } from './wire.ts';

/** Names that end so; `tokenType` and `tokenExpiresAt` speak about a secret and hold none. */
const secretName =
  /(pass|password|passwd|passcode|pwd|secret|token|jwt|bearer|session_?id|api_?key|csrf|otp)$/i;
/** Names that hold a token or an ordinary word; only long values count. */
const maybeSecretName = /(access|refresh|session|cookie|key|auth)$/i;
const shortest = 8;

/**
 * Values of one exchange that must not be recorded: cookies and tokens in headers, and when it starts, ends or renews a
 * session, also what its bodies name as secret.
 */
export function secretsInExchange(
  request: OutgoingRequest,
  sent: HeaderList,
  result: WireResult,
): readonly string[] {
  const inHeaders = [...secretsInHeaders(sent), ...secretsInHeaders(result.headers)];
  if (request.effect.kind !== 'session') return inHeaders;
  return [
    ...inHeaders,
    ...secretsInBody(request.body),
    ...secretsInJson(new TextDecoder().decode(result.bytes)),
  ];
}

/** Cookie values of Set-Cookie lines, and tokens of headers that carry them. */
function secretsInHeaders(headers: HeaderList): readonly string[] {
  return headers.flatMap(([name, value]) => {
    if (name === 'set-cookie') return both((value.split(';')[0] ?? '').replace(/^[^=]*=/, ''));
    if (name === 'cookie')
      return value.split(';').flatMap((pair) => both(pair.replace(/^[^=]*=/, '').trim()));
    if (name === 'authorization' || name === 'set-auth-token' || /^x-.*token$/.test(name))
      return both(value.replace(/^\w+ /, ''));
    return [];
  });
}

/** Values in a JSON text whose names say that they are secret; for answers to logins and the like. */
function secretsInJson(text: string): readonly string[] {
  try {
    return secretsIn(JSON.parse(text), false);
  } catch {
    return [];
  }
}

/** Secret fields of a request of that kind. */
function secretsInBody(body: OutgoingBody | undefined): readonly string[] {
  if (body?.kind === 'json') return secretsIn(body.value, false);
  if (body?.kind === 'form' || body?.kind === 'multipart') return secretsIn(body.fields, false);
  return body?.kind === 'text' ? secretsInJson(body.text) : [];
}

function secretsIn(value: unknown, named: boolean): readonly string[] {
  if (typeof value === 'string') return named ? both(value) : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => secretsIn(item, named));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    secretsIn(
      inner,
      secretName.test(name) ||
        (maybeSecretName.test(name) && typeof inner === 'string' && inner.length >= 20),
    ),
  );
}

function both(value: string): readonly string[] {
  let decoded = value;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    // Kept as it is.
  }
  return [...new Set([value, decoded])].filter((text) => text.length >= shortest);
}
