import { bodyFields } from '../lifecycle/operation-words.ts';
import { isJsonObject, jsonScalars, type JsonObject } from '../plant/json-scalars.ts';
import { withoutInvite, type InviteTrials } from './invite-trials.ts';
import { isFailed, type Invite } from './make-invite.ts';
import type { Seen } from './seen-twice.ts';

/** Accepts with a stronger role written into the request; what the list of members then says decides. */
export async function tryEdited(
  all: InviteTrials,
  ordinary: JsonObject | null,
  spare: Invite | null,
): Promise<void> {
  const { context, desk, routes, guest, skip } = all;
  const usual = roleOf(ordinary);
  if (usual === null) return skip(['edited'], 'the list of members does not show roles');
  const offered = bodyFields(routes.create).find(({ name }) => /role/i.test(name))?.schema['enum'];
  const names = [...context.target.roles, ...(Array.isArray(offered) ? offered.map(String) : []), 'admin'];
  const strong =
    names.find((name) => /^(owner|admin|administrator)$/i.test(name) && name !== usual.value) ?? null;
  if (strong === null) return skip(['edited'], 'no stronger role is known');
  const once = async (invite: Invite): Promise<Seen> => {
    const result = await all.attempt(invite, { [usual.name]: strong, role: strong });
    await all.retire(invite);
    if (result.verdict === 'inconclusive') return result;
    const now = roleOf(result.row);
    const raised = result.verdict === 'accepted' && now?.value === strong;
    return {
      verdict: raised ? 'accepted' : 'refused',
      because: raised
        ? `an invite as ${usual.value} was accepted with ${strong} written into the request, and the list of members says ${strong}`
        : result.verdict === 'accepted'
          ? `with ${strong} written into the request the account became ${now?.value ?? usual.value}`
          : `with ${strong} written into the request nobody joined`,
      exchanges: result.exchanges,
    };
  };
  const invite = spare ?? (await desk.invite(guest.address));
  if (isFailed(invite)) return skip(['edited'], invite.because);
  await all.note('edited', await once(invite), async () => {
    const next = await desk.invite(guest.address);
    return isFailed(next) ? withoutInvite(next) : once(next);
  });
}

/** The role in a row of the list of members. */
function roleOf(row: JsonObject | null): { readonly name: string; readonly value: string } | null {
  if (row === null || !isJsonObject(row)) return null;
  const found = jsonScalars(row).find(
    ({ key, value }) => /^(role|rolename|role_name|access)$/i.test(key) && typeof value === 'string',
  );
  return found === undefined ? null : { name: found.key, value: String(found.value) };
}
