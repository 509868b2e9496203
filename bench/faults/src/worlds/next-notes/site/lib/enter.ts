import { desk, type Sheet, type Writer } from './desk.ts';

const name = 'notes_session';

export const sessionOf = (request: Request): string | undefined =>
  new RegExp(`(?:^|; ?)${name}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1];

/** The session cookie as it is set; an empty secret takes it away. */
export function sessionCookie(secret: string): string {
  const hidden = desk.isOn('notes-cookie-for-scripts') ? '' : '; HttpOnly';
  const site = desk.isOn('notes-cookie-for-other-sites') ? 'None' : 'Lax';
  const age = secret === '' ? '; Max-Age=0' : '';
  return `${name}=${secret}; Path=/; Secure; SameSite=${site}${hidden}${age}`;
}

export const json = (value: unknown, status = 200): Response =>
  Response.json(value, {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
export const absent = (): Response => json({ error: 'not found' }, 404);
export const show = ({ id, fields }: Sheet): Record<string, unknown> => ({ id, ...fields });

const nobody: Writer = { email: '', tenant: '', role: 'nobody', password: '' };

/** Lets a signed-in writer in, and nobody else unless a fault says so. */
export async function enter(
  request: Request,
  handle: (account: Writer) => Response | Promise<Response>,
  openBy?: string,
): Promise<Response> {
  const account = desk.sessions.get(sessionOf(request) ?? '');
  const open = openBy !== undefined && desk.isOn(openBy);
  if (account === undefined && !open) return json({ error: 'sign in first' }, 401);
  const answer = await handle(account ?? nobody);
  const origin = request.headers.get('origin');
  if (origin !== null && isTrusted(origin)) {
    answer.headers.set('access-control-allow-origin', origin);
    answer.headers.set('access-control-allow-credentials', 'true');
  }
  return answer;
}

/** Whether pages of this origin may read answers. Nobody's may, unless a fault compares carelessly. */
function isTrusted(origin: string): boolean {
  if (desk.isOn('notes-cors-null')) return origin === 'null';
  return desk.isOn('notes-cors-begins-alike') && /^https?:\/\/127\.0\.0\.1/.test(origin);
}

/** The sheet with this id of a team; of any team when a fault says so. */
export function find(
  sheets: ReadonlyMap<string, Sheet>,
  account: Writer,
  id: string,
  byIdAlone: string,
): Sheet | undefined {
  const sheet = sheets.get(id);
  return sheet?.team === account.tenant || desk.isOn(byIdAlone) ? sheet : undefined;
}

/** Sheets of a team; of all when a fault says so. */
export const visible = (
  sheets: ReadonlyMap<string, Sheet>,
  account: Writer,
  everything: string,
): readonly Sheet[] =>
  [...sheets.values()].filter(({ team }) => team === account.tenant || desk.isOn(everything));
