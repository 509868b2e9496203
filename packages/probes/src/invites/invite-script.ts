/** Statements of the script that repeats a wrong use of an invite; the plan says which one. */
export const inviteScript = `const guestAddress = env(plan.addressIn).toLowerCase();
const inviter = given(plan.by);
const invites = [];
const listed = async () => {
  const answer = await send(plan.members, {}, inviter);
  if (!answer.ok) cannotTell('the list of members is answered ' + answer.status);
  let level = [answer.json];
  for (let depth = 0; depth < 4; depth += 1) {
    const list = level.find((one) => Array.isArray(one) && one.every((item) => typeof item === 'object' && item !== null));
    if (list) return list;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.values(one) : []));
  }
  return cannotTell('the answer holds no list of members');
};
const newcomer = (before, after) => {
  const old = new Set(before.map((item) => JSON.stringify(item)));
  const added = after.filter((item) => !old.has(JSON.stringify(item)) && !/"(status|state)":"(pending|invited|requested)"/i.test(JSON.stringify(item)));
  if (/"[^"\\s]+@[^"\\s]+"/.test(JSON.stringify([before, after])))
    return added.find((item) => JSON.stringify(item).toLowerCase().includes('"' + guestAddress + '"')) ?? null;
  const ids = new Set(before.map((item) => String(at(item, plan.memberAt))));
  return added.find((item) => !ids.has(String(at(item, plan.memberAt)))) ?? null;
};
const invite = async (address) => {
  const since = Date.now();
  const answer = await send(plan.create, { address }, inviter);
  if (!answer.ok) cannotTell('inviting is answered ' + answer.status);
  const id = plan.idAt === null ? null : (at(answer.json, plan.idAt) ?? null);
  if (plan.shownAt === null) {
    const mail = await mailTo(address, since, (text) => tokenIn(text) !== null);
    const one = { address, token: mail === null ? cannotTell('no mail with a token came to ' + address) : tokenIn(mail), ...(id === null ? {} : { invite: id }) };
    invites.push(one);
    return one;
  }
  const text = String(at(answer.json, plan.shownAt.pointer) ?? '');
  const { after } = plan.shownAt;
  const start = after === '' ? 0 : text.lastIndexOf(after) + after.length;
  const token = after === '' ? text : text.includes(after) ? decodeURIComponent(text.slice(start).split(/[/?&#]/)[0]) : '';
  const one = { address, token, ...(id === null ? {} : { invite: id }) };
  invites.push(one);
  return token === '' ? cannotTell('the answer shows no token any more') : one;
};
const takeOut = async (before, member) => {
  await send(plan.remove, { member: at(member, plan.memberAt) }, inviter);
  if (newcomer(before, await listed()) !== null) cannotTell('the new member could not be taken out again: do it by hand');
};
/** Whether the throw-away account is a member after accepting; it is taken out again at once. */
const joinsWith = async (one) => {
  const before = await listed();
  const answer = await send(plan.accept, one, await logIn());
  const member = newcomer(before, await listed());
  if (member !== null) await takeOut(before, member);
  else if (overloaded(answer)) cannotTell('accepting is answered ' + answer.status);
  return member !== null;
};
const mustJoin = async (one) => { if (!(await joinsWith(one))) cannotTell('a fresh invite cannot be accepted, so that refusals prove nothing'); };
const judge = async (one, what) => ((await joinsWith(one)) ? there(what + ' let the account in') : gone(what + ' let nobody in'));
if ((await listed()).some((item) => JSON.stringify(item).toLowerCase().includes('"' + guestAddress + '"'))) cannotTell('the throw-away account is a member already');
try {
  const first = await invite(guestAddress);
  if (plan.which === 'safe-method') {
    const before = await listed();
    for (const look of plan.looks) await send(look, first);
    const member = newcomer(before, await listed());
    if (member !== null) {
      await takeOut(before, member);
      there('fetching the link let the account in');
    }
    if (await joinsWith(first)) gone('the invite still works after its link was fetched');
    await mustJoin(await invite(guestAddress));
    there('an invite whose link was fetched cannot be accepted any more');
  }
  if (plan.which === 'replaced') {
    const second = await invite(guestAddress);
    if (await joinsWith(first)) there('the older of two invites let the account in');
    await mustJoin(second);
    gone('the older of two invites let nobody in, and the newer one does');
  }
  await mustJoin(first);
  if (plan.which === 'second-use') await judge(first, 'a used invite');
  if (plan.which === 'other-account') {
    const domain = guestAddress.includes('@') ? guestAddress.slice(guestAddress.lastIndexOf('@')) : '@example.com';
    await judge(await invite(fresh() + domain), 'an invite for another address');
  }
  const last = await invite(guestAddress);
  const revoked = await send(plan.revoke, last, inviter);
  if (!revoked.ok) cannotTell('revoking is answered ' + revoked.status);
  await judge(last, 'a revoked invite');
} finally {
  for (const one of invites) if (plan.revoke && one.invite !== undefined) await send(plan.revoke, one, inviter).catch(() => null);
}`;
