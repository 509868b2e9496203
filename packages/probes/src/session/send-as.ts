import type { ActorId, HeaderList } from '@launch-ready/core';
import type { Target } from '../target/target.ts';
import type { OutgoingRequest, SendResult, Transport } from '../transport/transport.ts';
import { asFromOwnPage } from './page-origin.ts';
import type { Credential, SessionRequest } from './sessions.ts';

/** Sends with a credential, or with none, the target's fixed headers and what the application's own page adds. */
export type SendAs = (
  credential: Credential | null,
  actor: ActorId,
  request: SessionRequest,
) => Promise<SendResult>;

export const createSendAs = (target: Pick<Target, 'app' | 'headers'>, transport: Transport): SendAs => {
  const dress = createDress(target);
  return (credential, actor, request) => transport.send(dress(credential, actor, request));
};

/** The request as {@link SendAs} sends it, without sending it. */
export type Dress = (
  credential: Credential | null,
  actor: ActorId,
  request: SessionRequest,
) => OutgoingRequest;

export const createDress =
  (target: Pick<Target, 'app' | 'headers'>): Dress =>
  (credential, actor, request) => {
    const given = request.headers ?? [];
    const names = new Set(given.map(([name]) => name.toLowerCase()));
    const own = [...Object.entries(target.headers), ...(credential?.headers(request.url) ?? [])];
    // Cookies of the request stand beside those of the session; any other header of the request replaces ours.
    const kept = own.filter(([name]) => !names.has(name.toLowerCase()) || name.toLowerCase() === 'cookie');
    const headers: HeaderList = [...kept, ...given];
    const tokens = credential?.pageHeaders?.(request.url) ?? [];
    return {
      ...request,
      actor,
      headers: asFromOwnPage({ method: request.method, headers }, { app: target.app, tokens }),
    };
  };
