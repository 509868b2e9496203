import type { SignOnDesk } from './sign-on-desk.ts';
import { walkSignOn } from './sign-on-walk.ts';

/**
 * Has the provider answer with another nonce than the browser was sent along with, which an application that sent one must
 * compare (OpenID Connect Core 1.0 section 3.1.3.7). Nothing is tried where a sign-on carries none.
 */
export async function tryNonce(desk: SignOnDesk): Promise<void> {
  const { context, place, probe, walks } = desk;
  const example = await desk.walk();
  if ('because' in example || !example.start.toProvider.searchParams.has('nonce')) return;
  await desk.trial('foreign-nonce', async (exchanges) => {
    const walked = await walkSignOn(context, place, probe, (to) => {
      const changed = new URL(to);
      changed.searchParams.set('nonce', context.random.token(24));
      return walks.own(changed.href);
    });
    if ('because' in walked) return { in: null, said: walked.because };
    exchanges.push(walked.start.exchange);
    return desk.enters(walked.callback, walked.browser, exchanges);
  });
}
