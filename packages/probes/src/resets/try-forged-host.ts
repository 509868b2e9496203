import type { HeaderList } from '@launch-ready/core';
import type { Seen } from '../invites/seen-twice.ts';
import type { ProbeContext } from '../probe.ts';
import type { Asked, ResetDesk } from './reset-desk.ts';
import type { ResetTrials } from './reset-trials.ts';

type Way = 'forwarded' | 'host';

/** Headers that claim another name for the application, as proxies would, or as the visitor's own request. */
const forgedHost = (
  { random }: Pick<ProbeContext, 'random'>,
  way: Way,
): { readonly name: string; readonly headers: HeaderList } => {
  const name = `lr${random.token(10)}.example`;
  const headers: HeaderList =
    way === 'host'
      ? [['host', name]]
      : [
          ['x-forwarded-host', name],
          ['x-host', name],
          ['x-forwarded-server', name],
          ['forwarded', `host=${name};proto=https`],
        ];
  return { name, headers };
};

/** Whether the mail that came leads to the made-up name. Its mere mention in a text does not. */
const leadsTo = (asked: Asked, name: string): boolean =>
  (asked.mail?.links ?? []).some((link) => new URL(link).hostname.toLowerCase() === name);

/** Asks for a reset under a made-up name of the application; its token serves other trials. */
export async function askForged(all: ResetTrials, desk: ResetDesk, way: Way): Promise<Asked> {
  const ask = async (): Promise<readonly [Asked, Seen | null]> => {
    const { name, headers } = forgedHost(all.context, way);
    const result = await all.ask(desk, headers);
    return [result, seenIn(result, name, way)];
  };
  const [result, seen] = await ask();
  if (seen !== null)
    await all.note(desk, 'forged-host', seen, async () => {
      const [, again] = await ask();
      return again ?? { verdict: 'inconclusive', because: 'no second mail came', exchanges: [] };
    });
  return result;
}

function seenIn(asked: Asked, name: string, way: Way): Seen | null {
  const { exchanges } = asked;
  const status = asked.answer?.status ?? 0;
  const header = way === 'host' ? 'the Host header' : 'X-Forwarded-Host';
  if (asked.mail !== null)
    return leadsTo(asked, name)
      ? {
          verdict: 'accepted',
          because: `the link of the mail leads to the name that ${header}${way === 'host' ? '' : ' or its like'} made up`,
          exchanges,
        }
      : {
          verdict: 'refused',
          because: `a name made up in ${header}${way === 'host' ? '' : ' and its like'} does not stand in the link of the mail`,
          exchanges,
        };
  if (status >= 400 && status < 500 && status !== 429)
    return {
      verdict: 'refused',
      because: `a made-up name was answered with ${status}, and no mail came`,
      exchanges,
    };
  return asked.token === null
    ? { verdict: 'inconclusive', because: asked.because ?? 'no mail came', exchanges }
    : null;
}
