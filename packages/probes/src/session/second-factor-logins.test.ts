import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { generateSync } from 'otplib';
import { expect, test } from 'vitest';
import { env, login } from '../target/define-target.ts';
import { now, env0, passwords, connect, reply, json, form, me, bench } from './testing/login-bench.ts';

test('a second factor is given to a JSON login at its second step, each code once', async () => {
  const cookies = new Map<string, string>();
  const pending = new Map<string, string>();
  const usedCodes = new Set<string>();
  const secret = env0.TOTP.replaceAll(' ', '');
  const connected = await connect(
    (request, response) => {
      const id = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      if (me(request, response, cookies.get(id) ?? null)) return;
      if (request.method !== 'POST') return reply(response, 404, {});
      const body = json(request);
      if (request.url === '/api/auth/login') {
        const { email = '', password } = body;
        if (passwords[email] !== password) return reply(response, 401, {});
        if (email === 'cy@south.test') {
          cookies.set('of-cy', email);
          return reply(response, 200, {}, { 'set-cookie': 'sid=of-cy; Path=/; HttpOnly' });
        }
        const ticket = randomUUID();
        pending.set(ticket, email);
        return reply(response, 200, { mfaRequired: true, mfaToken: ticket });
      }
      if (request.url === '/api/auth/mfa/verify') {
        const user = pending.get(body['mfaToken'] ?? '');
        const step = Math.floor(now() / 30_000);
        const good = [step, step + 1].some(
          (one) => generateSync({ secret, epoch: one * 30 }) === body['code'],
        );
        if (user === undefined || !good || usedCodes.has(body['code'] ?? ''))
          return reply(response, 401, { error: 'code' });
        usedCodes.add(body['code'] ?? '');
        const sid = randomUUID();
        cookies.set(sid, user);
        return reply(response, 200, {}, { 'set-cookie': `sid=${sid}; Path=/; HttpOnly` });
      }
      return reply(response, 404, {});
    },
    () => [login('ada@north.test', env('ADA'), { totp: env('TOTP') }), login('cy@south.test', env('CY'))],
  );
  expect(connected.sessions.actors).toHaveLength(2);
  for (let again = 0; again < 3; again += 1)
    expect(await connected.sessions.login('north.admin')).toMatchObject({
      kind: 'in',
      credential: { kind: 'cookie' },
    });
  expect(bench.secrets).toContain(env0.TOTP.replaceAll(' ', ''));
});

test('a login that asks for a code without a secret for it says what to write', async () => {
  const attempt = connect(
    (request, response) =>
      request.url === '/api/auth/login'
        ? reply(response, 401, { error: 'two-factor code required' })
        : reply(response, 404, {}),
    () => [login('ada@north.test', env('ADA')), login('cy@south.test', env('CY'))],
  );
  await expect(attempt).rejects.toThrow('asks for a second factor; give its secret with totp: env(...)');
});

test('a form with a hidden token leads to a form for the code, and both are filled', async () => {
  const csrf = new Map<string, string>();
  const half = new Map<string, string>();
  const whole = new Map<string, string>();
  const html = (response: ServerResponse, text: string, headers: Record<string, string> = {}): void =>
    void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(`<html>${text}</html>`);
  const secret = env0.TOTP.replaceAll(' ', '');
  const connected = await connect(
    (request, response) => {
      const id = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      const user = whole.get(id);
      if (request.url === '/account')
        return user
          ? html(response, `Hello ${user} <a>Log out</a>`)
          : void response.writeHead(302, { location: '/enter' }).end();
      if (request.url === '/enter' && request.method === 'GET') {
        const [sid, token] = [randomUUID(), randomUUID()];
        csrf.set(sid, token);
        return html(
          response,
          `<form method="post"><input type="hidden" name="_csrf" value="${token}"><input name="email"><input type="password" name="password"></form>`,
          { 'set-cookie': `sid=${sid}; Path=/` },
        );
      }
      if (request.url === '/enter') {
        const fields = form(request);
        if (fields['_csrf'] === undefined || csrf.get(id) !== fields['_csrf'])
          return void response.writeHead(403).end();
        const email = fields['email'] ?? '';
        if (passwords[email] !== fields['password']) return void response.writeHead(401).end();
        half.set(id, email);
        return void response.writeHead(303, { location: '/code' }).end();
      }
      if (request.url === '/code' && request.method === 'GET' && half.has(id))
        return html(
          response,
          '<form action="/code" method="post"><input name="otp" autocomplete="one-time-code"><button>Go</button></form>',
        );
      if (request.url === '/code') {
        const step = Math.floor(now() / 30_000);
        const good = [step, step + 1].some(
          (one) => generateSync({ secret, epoch: one * 30 }) === form(request)['otp'],
        );
        if (!good) return void response.writeHead(401).end();
        const sid = randomUUID();
        whole.set(sid, half.get(id) ?? '');
        return void response
          .writeHead(303, { location: '/account', 'set-cookie': `sid=${sid}; Path=/` })
          .end();
      }
      return void response.writeHead(404).end();
    },
    () => [
      login('ada@north.test', env('ADA'), { url: '/enter', format: 'form', totp: env('TOTP') }),
      login('cy@south.test', env('CY'), { url: '/enter', format: 'form', totp: env('TOTP') }),
    ],
  );
  expect(connected.sessions.actors).toHaveLength(2);
});
