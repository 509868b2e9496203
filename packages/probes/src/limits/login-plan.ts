import type { ProbeContext } from '../probe.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import type { LoginSender } from './login-sender.ts';

/** The login as a script sends it. */
export interface LoginPlan {
  readonly origin: string;
  readonly page: string;
  readonly login: RequestTemplate;
  /** Where its token is read before each login; null when it needs none. */
  readonly token: {
    readonly place: string;
    readonly kind: 'json' | 'form';
    readonly hidden: readonly string[];
  } | null;
}

/** What a script needs to log in as any account; goes with {@link loginKit}. */
export function loginPlan(target: ProbeContext['target'], sender: LoginSender): LoginPlan {
  const request = sender.request({ username: '{username}', password: '{password}' });
  const { origin } = new URL(request.url);
  const fixed = new Set(Object.keys(target.headers).map((one) => one.toLowerCase()));
  const fields = sender.token?.kind === 'form' && request.body.kind === 'form' ? request.body.fields : {};
  const hidden = Object.entries(fields).filter(([, value]) => !/^\{\w+\}$/.test(value));
  const login = requestTemplate(
    { ...request, headers: request.headers.filter(([name]) => !fixed.has(name.toLowerCase())) },
    origin,
    {
      username: '{username}',
      password: '{password}',
      ...Object.fromEntries(hidden.map(([, value], index) => [`hidden${index}`, value])),
    },
  );
  const from = sender.token === null ? null : new URL(sender.token.from);
  return {
    origin,
    page: new URL(target.app).origin,
    login,
    token:
      sender.token === null || from === null
        ? null
        : {
            place: from.origin === origin ? from.pathname + from.search : from.href,
            kind: sender.token.kind,
            hidden: hidden.map(([name]) => name),
          },
  };
}

/** `logInAs(name, password, { headers, path })` of scripts; the plan holds `login` and `token`. */
export const loginKit = `const tokenIn = (json) => Object.entries(json ?? {}).map(([name, value]) => (name === 'data' ? tokenIn(value) : /^_?(csrf|xsrf)[-_]?(token)?$/i.test(name) ? value : null)).find((one) => typeof one === 'string');
const logInAs = async (name, password, { headers = [], path } = {}) => {
  const values = { username: name, password };
  const session = [...headers];
  if (plan.token) {
    const page = await send({ method: 'GET', place: plan.token.place });
    if (!page.ok) cannotTell('the page of the login is answered ' + page.status);
    const cookie = page.cookies.map((line) => line.split(';')[0]).join('; ');
    if (cookie) session.push(['cookie', cookie]);
    if (plan.token.kind === 'json') session.push(['x-csrf-token', tokenIn(page.json) ?? cannotTell('no CSRF token is handed out')]);
    plan.token.hidden.forEach((field, index) => {
      const tag = (page.text.match(/<input\\b[^>]*>/gi) ?? []).find((one) => one.includes('name="' + field + '"'));
      values['hidden' + index] = /value="([^"]*)"/i.exec(tag ?? '')?.[1] ?? '';
    });
  }
  return send(path ? { ...plan.login, place: path } : plan.login, values, session);
};`;
