import type { ProbeContext } from '../probe.ts';
import type { AliveResult, Credential } from '../session/sessions.ts';

/** Asks whether a credential is recognised, and says by which address that was told. */
export async function watchAlive(
  { sessions, transport }: Pick<ProbeContext, 'sessions' | 'transport'>,
  credential: Credential,
  probe: string,
): Promise<AliveResult & { readonly url: string | null }> {
  let url: string | null = null;
  let watching = true;
  transport.onAnswer((request) => {
    if (watching && request.method === 'GET' && request.actor === credential.actor) url = request.url;
  });
  const seen = await sessions.isAlive(credential, probe);
  watching = false;
  return { ...seen, url };
}
