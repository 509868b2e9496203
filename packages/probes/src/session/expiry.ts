/** When what a login gave runs out, as milliseconds since 1970 by our clock; null when it does not say. */
export function expiryOf(token: string | null, json: unknown, nowMs: number): number | null {
  return (token === null ? null : expiryOfJwt(token, nowMs)) ?? expiryInAnswer(json, nowMs);
}

/** When to renew what runs out: shortly before, whatever its lifetime. */
export function renewalOf(expiresAt: number | undefined, nowMs: number): number | null {
  if (expiresAt === undefined || expiresAt <= nowMs) return null;
  const lifetime = expiresAt - nowMs;
  return nowMs + Math.max(lifetime * 0.8, lifetime - 10_000);
}

/** RFC 7519 section 4.1.4. The lifetime counts, not the hour, because clocks differ. */
function expiryOfJwt(token: string, nowMs: number): number | null {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims) || typeof claims.exp !== 'number')
      return null;
    return 'iat' in claims && typeof claims.iat === 'number' && claims.iat < claims.exp
      ? nowMs + (claims.exp - claims.iat) * 1000
      : claims.exp * 1000;
  } catch {
    return null;
  }
}

const year = 365 * 24 * 3600;

/** `expires_in` of RFC 6749 section 5.1 and its relatives, nearest the top first. */
function expiryInAnswer(json: unknown, nowMs: number): number | null {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth < 4; depth += 1) {
    const objects = level.filter(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    );
    for (const object of objects) {
      for (const [key, value] of Object.entries(object ?? {})) {
        const found = momentOf(key, value, nowMs);
        if (found !== null) return found;
      }
    }
    level = objects.flatMap((object) =>
      Object.entries(object ?? {})
        .filter(([key]) => !/refresh/i.test(key))
        .map(([, value]) => value),
    );
  }
  return null;
}

function momentOf(key: string, value: unknown, nowMs: number): number | null {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d+$/.test(value)
        ? Number(value)
        : null;
  if (/^(access_?token_?)?expires_?in(_?seconds)?$/i.test(key)) {
    if (number === null || number <= 0) return null;
    // A year in seconds is long for a session; so large a number means milliseconds.
    return nowMs + (number > year ? number : number * 1000);
  }
  if (!/^(access_?token_?)?(expires(_?at|_?on)?|expiry|exp)$/i.test(key)) return null;
  if (number !== null) return number > 1e12 ? number : number > 1e9 ? number * 1000 : null;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}
