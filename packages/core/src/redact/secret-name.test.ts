import { describe, expect, it } from 'vitest';
import { looksLikeErrorCode, nameSecrecy } from './secret-name.ts';

describe('names', () => {
  it.each([
    'password',
    'Password',
    'new_password',
    'newPassword',
    'passwordConfirmation',
    'password2',
    'user[password]',
    'user%5Bpassword%5D',
    'pwd',
    'passwd',
    'passphrase',
    'token',
    'access_token',
    'refreshToken',
    'id-token',
    'csrf_token',
    'secret',
    'client_secret',
    'clientSecret',
    'api_key',
    'apiKey',
    'x-api-key',
    'X-Auth-Token',
    'X-Amz-Signature',
    'otp',
    'totp',
    'pin',
    'recovery_codes',
    'sessionId',
    'PHPSESSID',
    'connect.sid',
    'sid',
    'authorization',
    'cookie',
    'private_key',
    'tokens',
    'invite_code',
    'code_verifier',
  ])('tell a secret: %s', (name) => {
    expect(nameSecrecy(name)).toBe('always');
  });

  it.each([
    'title',
    'id',
    'email',
    'key',
    'keyword',
    'passage',
    'compass',
    'bypass_reason',
    'token_type',
    'tokenExpiresAt',
    'expires_in',
    'nextPageToken',
    'continuationToken',
    'passwordMinLength',
    'hasPasswordPolicy',
    'secretary',
    'session',
    'author',
    'etag',
    'x-request-id',
    'content-type',
    'spinner',
    'status',
    'signatureAlgorithm',
    '',
    'x'.repeat(200),
  ])('tell nothing: %s', (name) => {
    expect(nameSecrecy(name)).toBe('never');
  });

  it('leave a code open', () => {
    expect(nameSecrecy('code')).toBe('maybe');
  });

  it.each([
    '404',
    'NOT_FOUND',
    'invalid_credentials',
    'ECONNREFUSED',
    'InvalidCredentials',
    'invalidCredentials',
    'P2002',
    'auth/user-not-found',
    'FST_ERR_VALIDATION',
  ])('take %s for an error code', (value) => {
    expect(looksLikeErrorCode(value)).toBe(true);
  });

  it.each(['123456', '4821', 'SplxlOBeZQQYbYS6WxSbIA', 'a8f3-99b2', '4/0AX4XfWh'])(
    'take %s for a login code',
    (value) => {
      expect(looksLikeErrorCode(value)).toBe(false);
    },
  );
});
