import type { Actor, EvidenceMap, ExchangeId } from '@launch-ready/core';
import { inviteDesk } from '../invites/invite-desk.ts';
import { addressField, inviteRoutes } from '../invites/invite-routes.ts';
import { tokenInAnswer, tokenInMail } from '../invites/invite-token.ts';
import { isFailed } from '../invites/make-invite.ts';
import { memberGate } from '../lifecycle/member-gate.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate } from '../reproduction/request-template.ts';
import { scriptByHand } from '../reproduction/script-kit.ts';
import type { Credential } from '../session/sessions.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { closedGate, gateCall, isOpen, type Closed, type Gate } from './closed-gate.ts';
import { asActor, exchangesOf, isSuccess, outcomeOf, type Courier } from '../cross-tenant/courier.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { objectIdsIn } from '../access/object-ids.ts';
import type { Workshop } from '../plant/workshop.ts';

type Promotion = EvidenceMap['roleMatrix']['promotions'][number];
const mailWaitMs = 10_000;

/**
 * Lets a weak account invite somebody of ours with the strongest role, and tries what is denied to the weak account as the
 * invited one. Null when the application has no invites, or no throw-away account of another tenant that could accept one.
 */
export async function tryInviteWithRights(
  workshop: Workshop,
  courier: Courier,
  weak: { readonly actor: Actor; readonly tenant: string },
  gates: readonly Gate[],
): Promise<Promotion | null> {
  const { context } = workshop;
  const { ledger, sessions, target, inbox, clock } = context;
  const routes = inviteRoutes(context.operations);
  const [strong] = gates;
  if ('because' in routes || routes.removeMember === null || !strong) return null;
  const other = target.tenants.find((one) => one !== weak.tenant && sessions.throwaway(one) !== null);
  const guest = other === undefined ? null : sessions.throwaway(other);
  const address = guest === null ? undefined : sessions.secretOf(guest)?.username;
  if (guest === null || address === undefined || !address.includes('@')) return null;
  const { create } = routes;
  const exchanges: ExchangeId[] = [];
  const say = (
    verdict: Promotion['verdict'],
    because: string,
    reproduce: Promotion['reproduce'] = null,
  ): Promotion => ({ operation: create.id, actor: weak.actor.id, verdict, because, exchanges, reproduce });
  const values = workshop.scopeValues(create, weak.tenant);
  const filled = fillCall(create, workshop.graph.boundSlots(create), values);
  if (filled.kind === 'unfilled') return say('inconclusive', `nothing is known to fill ${filled.slot} with`);
  const role = target.roles[0] ?? 'admin';
  const field = addressField(create) ?? 'email';
  const body = (): Record<string, unknown> => {
    const made = workshop.body(create, 'create', weak.actor.id, values).value;
    return { ...(isJsonObject(made) ? made : {}), [field]: address, role };
  };
  let said = '';
  const desk = await inviteDesk(context, routes, weak.tenant, strong.strong.id);
  const members = memberGate(context, desk, routes, address);
  /** Null when it came to nothing; else whether what is denied to the inviter opened. */
  const round = async (gateOf: (credential: Credential) => Promise<boolean>): Promise<boolean | null> => {
    const ref = ledger.intend({
      operation: create.id,
      actor: weak.actor.id,
      tenant: weak.tenant,
      type: 'invites',
      twin: 'throwaway',
      canaries: [],
      slots: filled.slots,
      readUrl: null,
      deleteUrl: null,
      listUrl: null,
    });
    const since = clock.now();
    const answer = await courier.send(asActor(weak.actor.id), {
      operation: create,
      url: filled.url,
      headers: filled.headers,
      body: encodedAs(create, body()),
      effect: { kind: 'create', entry: ref },
      purpose: 'invite with a stronger role than one’s own',
    });
    exchanges.push(...exchangesOf(answer));
    said = `inviting somebody as ${role} was ${outcomeOf(answer)}`;
    if (answer.kind !== 'answer' || !isSuccess(answer)) {
      ledger.notCreated(ref);
      return null;
    }
    const id = objectIdsIn(answer, 'invites', null)[0] ?? null;
    if (id === null) ledger.leftover(ref, 'the invite has no id by which it could be revoked');
    else ledger.created(ref, { objectId: id, slots: filled.slots, deleteUrl: null });
    const mail = await inbox?.waitFor(address, { since, timeoutMs: mailWaitMs });
    const token =
      (mail ? tokenInMail(mail)?.token : undefined) ?? tokenInAnswer(answer.json())?.token ?? null;
    const shown = { idAt: null, tokenAt: null, link: null, lifetime: null };
    const invite = { ref, address, id, token: token ?? '', ...shown, exchanges: [] };
    const retire = async (): Promise<void> => {
      await desk.revoke(invite);
      ledger.cleaned(ref);
    };
    if (token === null) {
      said = 'the token of the invite is shown neither in the answer nor in a mail';
      await retire();
      return null;
    }
    context.transport.addSecret(token);
    ledger.allowScope(token);
    const before = await desk.members();
    const login = await sessions.login(guest);
    if (isFailed(before) || login.kind === 'refused') return null;
    const entry = members.intend();
    const accepted = await desk.accept(invite, login.credential, entry);
    const joined = isFailed(accepted) ? null : await members.joined(before, entry);
    if (!joined?.joined) {
      if (isFailed(accepted)) ledger.notCreated(entry);
      said = 'the invited account was not seen to become a member';
      await retire();
      return null;
    }
    const again = await sessions.login(guest);
    const opened = again.kind === 'in' && (await gateOf(again.credential));
    const out = await members.remove(entry);
    await retire();
    if (out !== null) said = `the new member could not be removed again: ${out}`;
    return opened;
  };
  const ask = async (gate: Closed, credential: Credential): Promise<boolean> => {
    const answer = await courier.send(
      { kind: 'credential', actor: guest, credential },
      { ...gateCall(gate), purpose: 'does it open what stronger roles may' },
    );
    exchanges.push(...exchangesOf(answer));
    return isOpen(answer, gate);
  };
  let gate: Closed | null = null;
  const first = await round(async (credential) => {
    gate = await closedGate(workshop, courier, gates, async (one) => {
      const answer = await courier.send(asActor(weak.actor.id), {
        ...gateCall(one),
        purpose: 'control: is it denied to the one who invites',
      });
      exchanges.push(...exchangesOf(answer));
      return isOpen(answer, one);
    });
    return gate !== null && ask(gate, credential);
  });
  if (first === null) return say(/answered/.test(said) ? 'refused' : 'inconclusive', said);
  const found: Closed | null = gate;
  if (!first) return say('refused', 'the invited account may do no more than the one that invited it');
  const second = await round(async (credential) => found !== null && ask(found, credential));
  if (second !== true)
    return { ...say('inconclusive', `it worked once, and not again: ${said}`), seenOnce: true };
  const request = requestTemplate(
    { method: 'POST', url: filled.url, headers: filled.headers, body: encodedAs(create, body()) },
    create.origin,
  );
  const opened = strong.operation.id;
  return say(
    'escalated',
    `${weak.actor.id} invited an account as ${role} twice, and each time it could do what is denied to ${weak.actor.id} itself, such as ${opened}`,
    { curl: curlLine(request), script: scriptByHand(`invite with the request, accept, and try ${opened}`) },
  );
}
