import { defineProbe } from '../probe.ts';
import { seenCookies } from './seen-cookies.ts';

/** Flags of the cookies of a fresh login, and which of them authenticate. */
export const cookies = defineProbe({
  id: 'browser-trust/cookies',
  title: 'Flags of session cookies',
  provides: 'cookies',
  needs: ['logins'],
  leastMode: 'observe',
  estimate: () => 10,
  async run(context) {
    const data = await seenCookies(context);
    return 'because' in data ? { status: 'missing', because: data.because } : { status: 'gathered', data };
  },
});
