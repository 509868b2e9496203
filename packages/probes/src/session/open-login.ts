import type { HeaderList } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { OutgoingBody, SendResult, Transport } from '../transport/transport.ts';
import type { LoginWay } from './login-attempt.ts';
import { cookieCredential } from './cookie-credential.ts';
import { findCsrfToken } from './find-token.ts';
import { loginBody } from './login-body.ts';
import { findLoginForm } from './login-form.ts';
import { asFromOwnPage } from './page-origin.ts';
import type { OpenedLogin } from './sessions.ts';

const mostHops = 5;

/**
 * Opens the login as a visitor would, once for a series of logins: its page with a hidden token, or the place that hands out
 * its CSRF token, where it has one. Null when that could not be read.
 */
export async function openLogin(
  context: { readonly transport: Transport; readonly target: Pick<Target, 'app' | 'headers'> },
  way: LoginWay,
  probe: string,
): Promise<OpenedLogin | null> {
  const { target, transport } = context;
  const jar = cookieCredential('anonymous');
  const fixed = Object.entries(target.headers);
  const look = async (url: string): Promise<SendResult> => {
    const result = await transport.send({
      actor: 'anonymous',
      probe,
      purpose: 'open the login for a series',
      method: 'GET',
      url,
      headers: [...fixed, ...jar.headers(url)],
      effect: { kind: 'none' },
    });
    if (result.kind === 'answer') jar.absorb(url, result.headers);
    return result;
  };
  const opened = (
    url: string,
    bodyOf: (username: string, password: string) => OutgoingBody,
    more: Pick<OpenedLogin, 'token'> & { readonly csrf: string | null },
  ): OpenedLogin => ({
    token: more.token,
    request: ({ username, password }) => {
      const tokens: HeaderList =
        more.csrf === null ? (jar.pageHeaders?.(url) ?? []) : [['x-csrf-token', more.csrf]];
      const headers = asFromOwnPage(
        { method: 'POST', headers: [...fixed, ...jar.headers(url)] },
        { app: target.app, tokens },
      );
      return { method: 'POST', url, headers, body: bodyOf(username, password) };
    },
  });
  if (way.kind === 'route') {
    const { route, csrfFrom } = way;
    const bodyOf = (username: string, password: string): OutgoingBody => loginBody(route, username, password);
    if (csrfFrom === null) return opened(route.url, bodyOf, { token: null, csrf: null });
    const page = await look(csrfFrom);
    const csrf = page.kind === 'answer' ? findCsrfToken(page.json()) : null;
    if (csrf === null) return null;
    transport.addSecret(csrf);
    return opened(route.url, bodyOf, { token: { from: csrfFrom, kind: 'json' }, csrf });
  }
  let { url } = way;
  for (let hop = 0; hop < mostHops; hop += 1) {
    const page = await look(url);
    if (page.kind === 'no-answer') return null;
    const location = page.status >= 300 && page.status < 400 ? page.header('location') : null;
    if (location !== null) {
      if (!URL.canParse(location, url)) return null;
      const next = new URL(location, url);
      if (next.origin !== new URL(url).origin || next.href === url) return null;
      url = next.href;
      continue;
    }
    const form = page.status === 200 ? findLoginForm(page.text) : null;
    if (form === null) return null;
    const action = new URL(form.action, url);
    if (action.origin !== new URL(url).origin) return null;
    const { hidden, usernameField, passwordField } = form;
    return opened(
      action.href,
      (username, password) => ({
        kind: 'form',
        fields: { ...hidden, [usernameField]: username, [passwordField]: password },
      }),
      { token: { from: url, kind: 'form' }, csrf: null },
    );
  }
  return null;
}
