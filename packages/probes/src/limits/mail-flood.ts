import type { EvidenceMap } from '@launch-ready/core';
import type { Inbox } from '../mail/inbox.ts';
import type { ProbeContext } from '../probe.ts';
import type { SendResult } from '../transport/transport.ts';
import { guessSeries } from './guess-series.ts';

type Route = EvidenceMap['mailLimits']['routes'][number];

/** Requests for one address; no more mails than that are caused. */
const mostRequests = 30;
const pollMs = 250;
/** For so long nothing may come before the rest is believed to be kept back. */
const quietMs = 4000;
const longestMs = 20_000;

/** Asks for mails to one address of ours in a row, until it is stopped, and counts what arrives. */
export async function mailFlood(
  context: Pick<ProbeContext, 'clock' | 'progress'>,
  inbox: Inbox,
  about: Pick<Route, 'route' | 'operation' | 'actor' | 'reproduce'> & { readonly address: string },
  ask: () => Promise<SendResult>,
): Promise<Route> {
  const { clock } = context;
  const { address, ...base } = about;
  const count = async (): Promise<number> =>
    (await inbox.received()).filter(({ to }) => to.some((one) => one.toLowerCase() === address.toLowerCase()))
      .length;
  context.progress(`asking ${base.operation} again and again for one address of ours`);
  const before = await count();
  const series = await guessSeries(clock, mostRequests, ask);
  const sent = series.limitedAfter ?? series.attempts;
  let arrived = (await count()) - before;
  for (let waited = 0, quiet = 0; arrived < sent && waited < longestMs && quiet < quietMs; waited += pollMs) {
    await clock.sleep(pollMs);
    const now = (await count()) - before;
    quiet = now > arrived ? 0 : quiet + pollMs;
    arrived = now;
  }
  const { attempts, seconds, retryAfterSeconds, exchanges, broken } = series;
  const end = (verdict: Route['verdict'], limitedBy: Route['limitedBy'], because: string): Route => ({
    ...base,
    attempts,
    seconds,
    arrived,
    limitedBy,
    retryAfterSeconds,
    verdict,
    because,
    exchanges,
  });
  const came = `${arrived} of ${attempts} mails to one address came`;
  if (broken !== null) return end('inconclusive', null, broken);
  if (series.limitedBy !== null) return end('limited', series.limitedBy, `${series.because}; ${came}`);
  if (arrived === 0)
    return end(
      'inconclusive',
      null,
      'every request was answered alike, and no mail of the series came at all',
    );
  if (arrived <= attempts / 2)
    return end('limited', 'silently', `every request was answered alike, and ${came}`);
  return arrived < attempts * 0.9
    ? end(
        'inconclusive',
        null,
        `every request was answered alike, and ${came} within the time that was waited`,
      )
    : end('unlimited', null, `every request was answered alike, and ${came}`);
}
