import type { ProbeContext } from '../probe.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import type { LoginSender } from './login-sender.ts';

/** What a script needs to log in as any account with `logInAs` of the `sessionKit`. */
export interface LoginPlan {
  readonly origin: string;
  readonly page: string;
  /** The request itself, to be shown. */
  readonly login: RequestTemplate;
  readonly session: {
    readonly login: RequestTemplate | null;
    readonly page: string | null;
    readonly guardAt: string | null;
  };
}

/** The login as a script sends it: with a page's form, or as a request with the token that it wants. */
export function loginPlan(target: ProbeContext['target'], sender: LoginSender): LoginPlan {
  const request = sender.request({ username: '{username}', password: '{password}' });
  const { origin } = new URL(request.url);
  const fixed = new Set(Object.keys(target.headers).map((one) => one.toLowerCase()));
  const from = sender.token === null ? null : new URL(sender.token.from);
  const place = from === null ? null : from.origin === origin ? from.pathname + from.search : from.href;
  const isForm = sender.token?.kind === 'form';
  const login = requestTemplate(
    { ...request, headers: request.headers.filter(([name]) => !fixed.has(name.toLowerCase())) },
    origin,
    { username: '{username}', password: '{password}' },
  );
  return {
    origin,
    page: new URL(target.app).origin,
    login,
    session: { login: isForm ? null : login, page: isForm ? place : null, guardAt: isForm ? null : place },
  };
}
