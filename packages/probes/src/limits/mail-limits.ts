import type { EvidenceMap } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { intendLike, noteMade } from '../input/written-object.ts';
import { addressField } from '../invites/invite-routes.ts';
import { mentions } from '../lifecycle/operation-words.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import type { Inbox } from '../mail/inbox.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { workshopOf } from '../plant/workshop.ts';
import { defineProbe, type ProbeContext } from '../probe.ts';
import { resetRequest } from '../resets/reset-routes.ts';
import type { SendResult } from '../transport/transport.ts';
import { mailFlood } from './mail-flood.ts';
import { mailLimitReproduction, type MailAsked } from './mail-limit-reproduction.ts';

type Route = EvidenceMap['mailLimits']['routes'][number];
type Untried = EvidenceMap['mailLimits']['notTried'][number];

const id = 'limits/mail-limits';

/** Resets and invites for one address of ours in a row, and how many of their mails arrive; at the end of a run. */
export const mailLimits = defineProbe({
  id,
  title: 'Limit on mails to one address',
  provides: 'mailLimits',
  needs: [
    'logins',
    'operations',
    'planting',
    'accessCoverage',
    'crossTenant',
    'roleMatrix',
    'massAssignment',
    'sessionReplay',
    'inviteReplay',
    'resetReplay',
    'loginDoor',
    'csrf',
    'inputHandling',
    'injection',
  ],
  leastMode: 'standard',
  estimate: ({ target }) => (target.mail === null ? 0 : 60),
  async run(context) {
    const { inbox } = context;
    if (inbox === null)
      return {
        status: 'missing',
        because: 'the target file names no folder in which mails arrive, so that none could be counted',
      };
    const results = [await floodOfResets(context, inbox), await floodOfInvites(context, inbox)];
    return {
      status: 'gathered',
      data: {
        routes: results.filter(isTried),
        notTried: results.flatMap((one) => (isTried(one) ? [] : [one])),
      },
    };
  },
});

const isTried = (one: Route | Untried): one is Route => 'verdict' in one;

/** What the guard keeps back is no answer of the application. */
class KeptBack extends Error {
  override readonly name = 'KeptBack';
}

async function flood(
  context: ProbeContext,
  inbox: Inbox,
  about: Pick<Route, 'route' | 'operation'> & MailAsked,
  send: () => Promise<SendResult>,
): Promise<Route | Untried> {
  const { route, operation, actor, address } = about;
  const base = { route, operation, actor, address, reproduce: mailLimitReproduction(about) };
  const ask = async (): Promise<SendResult> => {
    const result = await unlessGuarded(send());
    if (result.kind === 'not-sent') throw new KeptBack(result.because);
    return result;
  };
  try {
    return await mailFlood(context, inbox, base, ask);
  } catch (error) {
    if (error instanceof KeptBack) return { route: base.route, because: error.message };
    throw error;
  }
}

async function floodOfResets(context: ProbeContext, inbox: Inbox): Promise<Route | Untried> {
  const { sessions, target, operations } = context;
  const asked = resetRequest(operations);
  if (asked === null)
    return { route: 'reset', because: 'no operation was found that mails a link for a new password' };
  const domain = `@${target.mail?.domain ?? ''}`.toLowerCase();
  const [one] = target.tenants.flatMap((tenant) => {
    const actor = sessions.throwaway(tenant);
    const address = actor === null ? null : (sessions.secretOf(actor)?.username ?? null);
    return actor !== null && address?.includes('@') ? [{ actor, address }] : [];
  });
  if (one === undefined)
    return { route: 'reset', because: 'the target file names no throw-away account with a mail address' };
  const received = await inbox.received();
  const arrives =
    one.address.toLowerCase().endsWith(domain) ||
    received.some(({ to }) => to.some((address) => address.toLowerCase() === one.address.toLowerCase()));
  if (!arrives) return { route: 'reset', because: `mails to ${one.actor} do not arrive in the given folder` };
  const { request, addressField: field } = asked;
  const body = encodedAs(request, { [field]: one.address });
  const shown = { method: request.method, url: request.origin + request.path, headers: [], body };
  return flood(context, inbox, { route: 'reset', operation: request.id, ...one, shown, invite: null }, () =>
    sessions.sendWith(null, 'anonymous', {
      probe: id,
      purpose: 'one more reset of the same throw-away account',
      method: request.method,
      url: shown.url,
      operation: request,
      effect: { kind: 'session' },
      obeyRateLimit: false,
      ...(body === null ? {} : { body }),
    }),
  );
}

async function floodOfInvites(context: ProbeContext, inbox: Inbox): Promise<Route | Untried> {
  const { sessions, ledger } = context;
  const workshop = await workshopOf(context);
  const object = workshop.objects.find(({ origin, resource: { create, remove } }) => {
    const isInvite = create !== null && mentions(create, /^invit/) && addressField(create) !== null;
    return origin === 'planted' && isInvite && remove !== null;
  });
  const create = object?.resource.create;
  const field = create ? addressField(create) : null;
  if (object === undefined || !create || field === null)
    return { route: 'invite', because: 'no invite could be made that can be taken back' };
  const address = inbox.freshAddress('flood');
  const filled = fillCall(create, workshop.graph.boundSlots(create), object.values);
  if (filled.kind === 'unfilled')
    return { route: 'invite', because: `nothing is known to fill ${filled.slot} with` };
  const { value } = workshop.body(create, 'create', object.owner, object.values);
  const given = isJsonObject(value) ? value : {};
  const body = encodedAs(create, { ...given, [field]: Array.isArray(given[field]) ? [address] : address });
  const shown = { method: create.method, url: filled.url, headers: filled.headers, body };
  return flood(
    context,
    inbox,
    {
      route: 'invite',
      operation: create.id,
      actor: object.owner,
      address,
      shown,
      invite: { workshop, object },
    },
    async () => {
      const ref = intendLike(workshop, { object, create }, []);
      const result = await sessions.send(object.owner, {
        probe: id,
        purpose: 'one more invite for the same address of ours',
        method: create.method,
        url: filled.url,
        headers: filled.headers,
        operation: create,
        effect: { kind: 'create', entry: ref },
        obeyRateLimit: false,
        ...(body === null ? {} : { body }),
      });
      if (result.kind === 'answer') noteMade(workshop, { object, create }, ref, result);
      else ledger.leftover(ref, 'an invite got no answer');
      return result;
    },
  );
}
