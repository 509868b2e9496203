import * as crypto from 'node:crypto';

/** Requests of the installation's operator. */
export interface Operator {
  /** Entries that match the filter, at most one by default. */
  find(path: string, filter: object): Promise<Readonly<Record<string, unknown>> | null>;
  /** Sends and throws with the application's message when it refuses. */
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** Id of the entry that matches, made when there is none, brought up to date when there is. */
  ensure(path: string, filter: object, values: object): Promise<string>;
}

export function operatorOf(url: string, token: string): Operator {
  const send: Operator['send'] = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 401)
      throw new Error('the kept database has another operator token; start once with --fresh');
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return text === '' ? null : (JSON.parse(text) as { readonly data?: unknown }).data;
  };
  const find: Operator['find'] = async (path, filter) => {
    const rows = await send('GET', `${path}?limit=1&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    return (rows as readonly Readonly<Record<string, unknown>>[])[0] ?? null;
  };
  const ensure: Operator['ensure'] = async (path, filter, values) => {
    const found = await find(path, filter);
    if (found === null) {
      const id = crypto.randomUUID();
      await send('POST', path, { id, ...values });
      return id;
    }
    await send('PATCH', `${path}/${String(found['id'])}`, values);
    return String(found['id']);
  };
  return { send, find, ensure };
}
