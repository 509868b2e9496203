import { setTimeout as sleep } from 'node:timers/promises';
import { accounts, type Secrets } from '../../common/accounts.ts';
import { applicationId } from './model.ts';

/** Makes the accounts, and the roles of each tenant that entries are shared with. */
export async function makeAccounts(url: string, secrets: Secrets): Promise<void> {
  const send = async (path: string, body: object): Promise<string> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-parse-application-id': applicationId,
        'x-parse-master-key': secrets['PARSE_MASTER_KEY'] ?? '',
      },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { readonly objectId?: unknown };
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return String(answer.objectId);
  };
  for (let waited = 0; !(await isHealthy(url)) && waited < 60_000; waited += 250) await sleep(250);

  const members = new Map<string, string[]>();
  for (const { tenant, role, email, variable } of accounts) {
    const id = await send('/users', {
      username: email,
      email,
      password: secrets[variable],
      tenant,
      position: role,
    });
    for (const circle of role === 'admin' ? [tenant, `${tenant}-admins`] : [tenant])
      members.set(circle, [...(members.get(circle) ?? []), id]);
  }
  for (const [name, ids] of members) {
    const objects = ids.map((objectId) => ({ __type: 'Pointer', className: '_User', objectId }));
    await send('/roles', { name, ACL: {}, users: { __op: 'AddRelation', objects } });
  }
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health`, { headers: { 'x-parse-application-id': applicationId } });
  return response.ok && (await response.text()).includes('ok');
}
