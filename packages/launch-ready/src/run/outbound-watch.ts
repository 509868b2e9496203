import { isSafeMethod, type OutboundEffects } from '@launch-ready/core';
import type { Answer, OutgoingBody, OutgoingRequest, Target } from '@launch-ready/probes';

/** Notes what may leave the target because of the requests of a run. */
export interface OutboundWatch {
  note(request: OutgoingRequest, answer: Pick<Answer, 'status'>): void;
  seen(mails: number | null): OutboundEffects;
}

const address = /[\w.+-]{1,64}@([a-z\d-]+(?:\.[a-z\d-]+)+)/gi;
const link = /https?:\/\/([a-z\d.-]+(?::\d+)?)/gi;

/** Accounts of the target file and the target's own addresses are not counted: they were there before. */
export function createOutboundWatch(
  target: Pick<Target, 'origins'>,
  ownNames: () => readonly string[],
): OutboundWatch {
  const addresses = new Map<string, Set<string>>();
  const operations = new Map<string, Set<string>>();
  const hosts = new Map<string, Set<string>>();
  const own = new Set(Object.values(target.origins).map((origin) => new URL(origin).host));
  const add = (map: Map<string, Set<string>>, key: string, value: string): void =>
    void map.set(key, (map.get(key) ?? new Set()).add(value));

  return {
    note: ({ method, effect, operation, url, body }, { status }) => {
      // What was refused was not acted upon; an error may come after the mail.
      if (body === undefined || isSafeMethod(method) || effect.kind === 'session') return;
      if (status >= 400 && status < 500) return;
      const text = textOf(body);
      const where = operation?.id ?? `${method} ${new URL(url).pathname}`;
      const known = new Set(ownNames().map((name) => name.toLowerCase()));
      for (const [whole, domain = ''] of text.matchAll(address)) {
        if (known.has(whole.toLowerCase())) continue;
        add(addresses, domain.toLowerCase(), whole.toLowerCase());
        add(operations, domain.toLowerCase(), where);
      }
      for (const [, host = ''] of text.matchAll(link))
        if (!own.has(host)) add(hosts, host.toLowerCase(), where);
    },
    seen: (mails) => ({
      domains: [...addresses].map(([domain, list]) => ({
        domain,
        addresses: list.size,
        operations: [...(operations.get(domain) ?? [])],
      })),
      hosts: [...hosts].map(([host, list]) => ({ host, operations: [...list] })),
      mails,
    }),
  };
}

function textOf(body: OutgoingBody): string {
  if (body.kind === 'json') return JSON.stringify(body.value) ?? '';
  if (body.kind === 'form' || body.kind === 'multipart') return Object.values(body.fields).join('\n');
  return body.kind === 'text' ? body.text : new TextDecoder().decode(body.bytes.subarray(0, 64 * 1024));
}
