import type { ActorId, HeaderList, Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { LoginRequest, OpenedLogin } from '../session/sessions.ts';
import type { SendResult } from '../transport/transport.ts';

/** What of a login is sent otherwise than its page would send it. */
export interface LoginTwist {
  readonly headers?: HeaderList;
  /** Replaces the path of the login. */
  readonly path?: string;
}

/** The login of the application, for sending it with other names and passwords. */
export interface LoginSender {
  /** Id of the operation, or method and path when no document names it. */
  readonly operation: string;
  /** Path of the login. */
  readonly path: string;
  /** Where its token comes from; null when the login needs none. */
  readonly token: OpenedLogin['token'];
  /** The request as it would leave, for reproductions. */
  request(account: { readonly username: string; readonly password: string }): LoginRequest;
  send(
    account: { readonly username: string; readonly password: string },
    purpose: string,
    twist?: LoginTwist,
  ): Promise<SendResult>;
}

/** What an answer is when its token was used up or ran out: then the login is opened once more before that is believed. */
const tokenRefusals = [400, 403, 419, 422];

/** Sends logins that renew nothing and wait for nothing; null when the account has no login that can be sent in series. */
export async function loginSender(
  { sessions, transport, operations }: ProbeContext,
  probe: string,
  actor: ActorId,
): Promise<LoginSender | null> {
  let login = await sessions.openLogin(actor, probe);
  if (login === null) return null;
  const sample = login.request({ username: 'nobody', password: 'nothing' });
  const named = operations.find((operation) => isAt(operation, sample));
  const { pathname } = new URL(sample.url);
  /** A status for which a fresh token made no difference. */
  let settled: number | null = null;
  /** Every token was good for one login. */
  let perishable = false;
  const once = (
    opened: OpenedLogin,
    account: { readonly username: string; readonly password: string },
    purpose: string,
    { headers = [], path }: LoginTwist,
  ): Promise<SendResult> => {
    const request = opened.request(account);
    return transport.send({
      ...request,
      url: path === undefined ? request.url : new URL(request.url).origin + path,
      headers: [...request.headers, ...headers],
      actor: 'anonymous',
      probe,
      purpose,
      effect: { kind: 'session' },
      obeyRateLimit: false,
    });
  };
  return {
    operation: named?.id ?? `${sample.method} ${pathname}`,
    path: pathname,
    token: login.token,
    request: (account) => (login ?? { request: () => sample }).request(account),
    send: async (account, purpose, twist = {}) => {
      if (login === null) throw new Error('the login was opened before');
      if (perishable) login = (await sessions.openLogin(actor, probe)) ?? login;
      const result = await once(login, account, purpose, twist);
      if (login.token === null || result.kind !== 'answer' || !tokenRefusals.includes(result.status))
        return result;
      if (perishable || settled === result.status) return result;
      const again = await sessions.openLogin(actor, probe);
      if (again === null) return result;
      login = again;
      const second = await once(again, account, purpose, twist);
      if (second.kind === 'answer' && second.status === result.status) settled = result.status;
      else if (second.kind === 'answer') perishable = true;
      return second;
    },
  };
}

const isAt = (
  { method, origin, path }: Operation,
  request: { readonly method: string; readonly url: string },
): boolean => method === request.method && origin + path === request.url.split('?')[0];
