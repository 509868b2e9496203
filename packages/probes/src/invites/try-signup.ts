import { anonymous, type Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import { memberGate } from '../lifecycle/member-gate.ts';
import { bodyFields } from '../lifecycle/operation-words.ts';
import { unlessGuarded } from '../lifecycle/unless-guarded.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { workshopOf } from '../plant/workshop.ts';
import { opensAccount } from '../roles/opens-account.ts';
import { withoutInvite, type InviteTrials } from './invite-trials.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { Seen } from './seen-twice.ts';

/** What takes a name and a password too, and opens nothing new. */
const opensNothing =
  /(^|\/)(log-?in|sign-?in|tokens?|sessions?|auth|authenticate|password[^/]*|[^/]*-password|reset[^/]*)$/i;
const addressName = /^(e-?mail|e-?mail-?address|user-?name|login)$/i;
const inviteName = /invit|token/i;

/** The operation by which a stranger opens an account with a mail address; null when there is none. */
const signupOperation = (operations: readonly Operation[]): Operation | null =>
  operations.find(
    (one) => opensAccount(one) && !opensNothing.test(one.path) && one.declaredAuth !== 'required',
  ) ?? null;

/**
 * Opens accounts as strangers would: with the invited address and without the token, and with the token and another address. Whoever is
 * a member then has got in without what the mail proves. That the same request with both opens an account is the control.
 */
export async function trySignup(all: InviteTrials): Promise<void> {
  const { context, desk, note, skip } = all;
  const signup = signupOperation(context.operations);
  if (signup === null)
    return skip(['signup'], 'no operation was found by which a stranger opens an account', true);
  if (context.mode !== 'full')
    return skip(['signup'], 'accounts that nothing removes again are opened in full mode only');
  const { inbox } = context;
  if (inbox === null) return skip(['signup'], 'no inbox is given for addresses that have no account yet');
  const takesToken = bodyFields(signup).some(({ name }) => inviteName.test(name));

  const invited = async (work: (invite: Invite) => Promise<Seen>): Promise<Seen> => {
    const invite = await desk.invite(inbox.freshAddress('newcomer'));
    if (isFailed(invite)) return withoutInvite(invite);
    const seen = await work(invite);
    await all.retire(invite);
    return seen;
  };
  const right = takesToken ? await invited((invite) => open(all, signup, invite.address, invite)) : null;
  const works = right?.verdict === 'accepted';
  const withoutToken = (): Promise<Seen> =>
    invited(async (invite) => {
      const { verdict, because, exchanges } = await open(all, signup, invite.address, null);
      return {
        // Where no account was opened at all, that signing up works with the token shows that its lack was the reason.
        verdict: verdict === 'inconclusive' && works ? 'refused' : verdict,
        because: `signing up with the invited address and without the token: ${because}`,
        exchanges,
      };
    });
  await note('signup', await withoutToken(), withoutToken);
  if (right === null) return;
  const otherAddress = (): Promise<Seen> =>
    invited(async (invite) => {
      const { verdict, because, exchanges } = await open(all, signup, inbox.freshAddress('stranger'), invite);
      const said = `signing up with the token of an invite and another address: ${because}`;
      return works || verdict === 'accepted'
        ? { verdict: verdict === 'inconclusive' ? 'refused' : verdict, because: said, exchanges }
        : {
            verdict: 'inconclusive',
            because: `signing up with an invite as it is meant to be made no member: ${right.because}`,
            exchanges: [...right.exchanges, ...exchanges],
          };
    });
  await note('signup', await otherAddress(), otherAddress);
}

/** Opens an account, looks whether it is a member, and takes it out again. */
async function open(
  all: InviteTrials,
  signup: Operation,
  address: string,
  invite: Invite | null,
): Promise<Seen> {
  const { context, desk, routes } = all;
  const { ledger, sessions, transport } = context;
  const workshop = await workshopOf(context);
  const made = workshop.body(signup, 'create', anonymous, new Map()).value;
  const value: Record<string, unknown> = isJsonObject(made) ? { ...made } : {};
  for (const { name } of bodyFields(signup)) {
    if (addressName.test(name)) value[name] = address;
    else if (inviteName.test(name) && invite !== null) value[name] = invite.token;
    else if (inviteName.test(name)) delete value[name];
    else if (/passw|pwd/i.test(name)) {
      value[name] = `Lr-${context.random.token(8)}-${context.random.token(8)}-9Kx`;
      transport.addSecret(String(value[name]));
    }
  }
  const unsure = (because: string): Seen => ({ verdict: 'inconclusive', because, exchanges: [] });
  const before = await desk.lastMembers();
  if (isFailed(before)) return unsure(before.because);
  const account = ledger.intend({
    operation: signup.id,
    actor: anonymous,
    tenant: desk.tenant,
    type: 'accounts',
    twin: 'throwaway',
    canaries: [],
    slots: {},
    readUrl: null,
    deleteUrl: null,
    listUrl: null,
  });
  const body = encodedAs(signup, value);
  const result = await unlessGuarded(
    sessions.sendWith(null, anonymous, {
      probe: 'lifecycle/invite-replay',
      purpose: 'open an account with an address of ours',
      method: signup.method,
      url: signup.origin + signup.path,
      operation: signup,
      effect: { kind: 'create', entry: account },
      ...(body === null ? {} : { body }),
    }),
  );
  if (result.kind === 'not-sent' || (result.kind === 'answer' && result.status >= 400))
    ledger.notCreated(account);
  else ledger.leftover(account, 'it is an account that was opened, and nothing is known that removes it');
  if (result.kind === 'not-sent') return unsure(result.because);
  const gate = memberGate(context, desk, routes, address);
  const entry = gate.intend();
  const { joined, failed, exchanges: looks } = await gate.joined(before, entry);
  const exchanges = [result.exchange, ...looks];
  if (failed !== null) return unsure(failed);
  if (joined) {
    const lost = await gate.remove(entry);
    if (lost !== null) ledger.leftover(entry, lost);
  }
  const status = result.kind === 'answer' ? `status ${result.status}` : result.because;
  if (joined)
    return { verdict: 'accepted', because: `answered with ${status}, and it is a member`, exchanges };
  const isTaken = result.kind === 'answer' && result.status < 300;
  const isLate = result.kind === 'no-answer' || result.status === 429 || result.status >= 500;
  if (isLate) return unsure(`answered with ${status}`);
  return {
    // Only an account that was opened shows by itself that it is no member.
    verdict: isTaken ? 'refused' : 'inconclusive',
    because: `answered with ${status}, and nobody joined`,
    exchanges,
  };
}
