import type { Operation } from '@launch-ready/core';
import type { ProbeContext } from '../probe.ts';
import type { SendResult } from '../transport/transport.ts';

/** The login of the application, for sending it with other names and passwords. */
export interface LoginSender {
  /** Id of the operation, or method and path when no document names it. */
  readonly operation: string;
  send(
    account: { readonly username: string; readonly password: string },
    purpose: string,
  ): Promise<SendResult>;
}

/** Sends logins that renew nothing and wait for nothing; null when there is no login that can be sent in series. */
export function loginSender(
  { sessions, transport, operations }: ProbeContext,
  probe: string,
): LoginSender | null {
  const sample = sessions.loginRequest({ username: 'nobody', password: 'nothing' });
  if (sample === null) return null;
  const named = operations.find((operation) => isAt(operation, sample));
  return {
    operation: named?.id ?? `${sample.method} ${new URL(sample.url).pathname}`,
    send: (account, purpose) =>
      transport.send({
        ...(sessions.loginRequest(account) ?? sample),
        actor: 'anonymous',
        probe,
        purpose,
        effect: { kind: 'session' },
        obeyRateLimit: false,
      }),
  };
}

const isAt = (
  { method, origin, path }: Operation,
  request: { readonly method: string; readonly url: string },
): boolean => method === request.method && origin + path === request.url.split('?')[0];
