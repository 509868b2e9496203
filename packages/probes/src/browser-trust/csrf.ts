import type { EvidenceMap } from '@launch-ready/core';
import { createCourier, type Courier } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { workshopOf, type Workshop } from '../plant/workshop.ts';
import { freshControl } from '../input/fresh-control.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { cookieTravels } from './cookie-travels.ts';
import { hostileCall, sendHostile, type CsrfTrial } from './csrf-attempt.ts';
import { csrfReproduction } from './csrf-reproduction.ts';
import { csrfInBrowser, type CsrfBrowser } from './csrf-in-browser.ts';
import { tryOverride } from './csrf-override.ts';
import type { CsrfStyle } from './hostile-request.ts';
import { seenCookies } from './seen-cookies.ts';

const id = 'browser-trust/csrf';
const mostOperations = 6;
/** How bodies are parsed is mostly settled in one place: there all ways are tried, elsewhere those that guards forget. */
const firstStyles: readonly CsrfStyle[] = ['form', 'multipart', 'text-plain', 'get'];
const laterStyles: readonly CsrfStyle[] = ['form', 'text-plain', 'get'];

/**
 * Sends creations as a hostile page can send them, with the cookie and without a preflight, and looks what came of it. What
 * worked is done again by a page of another origin in a real browser.
 */
export const csrf = defineProbe({
  id,
  title: 'Requests of other sites',
  provides: 'csrf',
  needs: ['logins', 'operations', 'planting', 'cookies', 'crossTenant', 'roleMatrix'],
  leastMode: 'standard',
  estimate: () => 25,
  async run(context) {
    const seen = context.evidence('cookies') ?? (await seenCookies(context));
    if ('because' in seen)
      return { status: 'missing', because: `which cookies authenticate is not known: ${seen.because}` };
    if (!seen.used)
      return { status: 'gathered', data: { cookieAuthentication: false, trials: [], notTested: [] } };
    const workshop = await workshopOf(context);
    const courier = createCourier(context, id);
    const browser = csrfInBrowser(context, seen, id);
    try {
      const tried = await tryAll(context, workshop, courier, browser, seen);
      return {
        status: 'gathered',
        data: { cookieAuthentication: true, ...tried, browser: await browser.seen() },
      };
    } finally {
      await browser.close();
    }
  },
});

async function tryAll(
  context: ProbeContext,
  workshop: Workshop,
  courier: Courier,
  browser: CsrfBrowser,
  seen: EvidenceMap['cookies'],
): Promise<Pick<EvidenceMap['csrf'], 'trials' | 'notTested'>> {
  const trials: CsrfTrial[] = [];
  const notTested: { operation: string; because: string }[] = [];
  const tried = new Set<string>();
  const owners = new Set<PlantedObject['owner']>();
  for (const planted of workshop.objects.filter((one) => one.twin !== 'throwaway')) {
    const create = planted.resource.create;
    if (create === null || tried.has(create.id) || tried.size >= mostOperations) continue;
    if (context.sessions.current(planted.owner).kind !== 'cookie') continue;
    tried.add(create.id);
    let object = planted;
    if (trials.length === 0) {
      // The control: the same creation by the application's own page still works and is seen by its owner.
      const control = await freshControl(workshop, courier, planted, 'same-origin control');
      if (control.kind === 'not-planted') {
        notTested.push({
          operation: create.id,
          because: `the same-origin control did not work: ${control.because}`,
        });
        continue;
      }
      object = control.object;
    }
    if (!object.ownerReads) {
      notTested.push({ operation: create.id, because: 'its owner cannot read it back' });
      continue;
    }
    owners.add(object.owner);
    // tRPC takes nothing but JSON, whatever it is called.
    const styles = (trials.length === 0 ? firstStyles : laterStyles).filter(
      (style) => create.wire?.kind !== 'trpc' || style === 'text-plain',
    );
    const base = {
      operation: create.id,
      actor: object.owner,
      cookieTravels: cookieTravels(seen),
      reproduce: null,
    };
    const calls = styles.flatMap((style) => {
      const call = hostileCall(workshop, object, create, style);
      if (call === null)
        trials.push({
          ...base,
          style,
          verdict: 'inconclusive',
          because: 'no request with a marker could be made',
          exchanges: object.exchanges,
        });
      return call === null ? [] : [call];
    });
    for (const { call, changed, because, exchanges } of await sendHostile(workshop, courier, object, calls)) {
      const trial: CsrfTrial = {
        ...base,
        style: call.style,
        verdict: changed === 'yes' ? 'changed' : changed === 'no' ? 'refused' : 'inconclusive',
        because,
        exchanges,
      };
      if (changed !== 'yes') {
        trials.push(trial);
        continue;
      }
      const reproduce = csrfReproduction(workshop, object, call);
      trials.push({ ...(await browser.again(workshop, courier, object, trial)), reproduce });
    }
  }
  if (tried.size === 0)
    notTested.push({
      operation: '-',
      because: 'nothing could be planted by an actor that is authenticated by a cookie',
    });
  const removable = workshop.objects.find(
    (one) =>
      owners.has(one.owner) && tried.has(one.resource.create?.id ?? '') && one.resource.remove !== null,
  );
  const override =
    removable === undefined
      ? null
      : await tryOverride(workshop, courier, removable, {
          cookieTravels: cookieTravels(seen),
          always: isEverywhere(seen),
        });
  if (override !== null) trials.push(override);
  for (const owner of owners) {
    const { alive } = await context.sessions.isAlive(context.sessions.current(owner), id);
    if (alive) continue;
    const because = 'the session was no longer recognised afterwards';
    for (const [index, trial] of trials.entries())
      if (trial.actor === owner && trial.verdict === 'refused')
        trials[index] = { ...trial, verdict: 'inconclusive', because };
  }
  return { trials, notTested };
}

/** Browsers send the cookie to every site, as it was set. */
const isEverywhere = ({ cookies }: EvidenceMap['cookies']): boolean => {
  const flags = cookies.filter((cookie) => cookie.authenticates).map((cookie) => cookie.sameSite);
  return flags.length > 0 && flags.every((flag) => flag === 'none');
};
