import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';
import type { Clock, Random } from '../clock.ts';
import type { Inbox, ReceivedMail } from './inbox.ts';
import { linksInMail } from './links-in-mail.ts';

const pollMs = 100;
/** Time stamps of files may lag behind the clock by a tick of the system. */
const stampLagMs = 50;
const recipientHeaders = new Set([
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'x-rcpt-to',
]);

/**
 * An inbox of `.eml` files in a folder, as test servers write them. A file counts once its size holds still between two
 * looks, and arrives when it was last written.
 */
export function openInbox(options: {
  readonly folder: string;
  readonly domain: string;
  readonly clock: Clock;
  readonly random: Random;
}): Inbox {
  const { folder, clock } = options;
  const sizes = new Map<string, number>();
  const mails = new Map<string, ReceivedMail>();

  const look = async (): Promise<void> => {
    for (const path of emlFiles(folder)) {
      const { size, mtime } = statSync(path);
      const key = `${path} ${size} ${mtime.getTime()}`;
      const settled = sizes.get(path) === size;
      sizes.set(path, size);
      if (settled && size > 0 && !mails.has(key)) mails.set(key, await readMail(path, mtime));
    }
  };

  return {
    waitFor: async (address, { since, timeoutMs, matches }) => {
      const until = clock.monotonic() + timeoutMs;
      for (;;) {
        await look();
        const found = [...mails.values()]
          .filter((mail) => mail.receivedAt.getTime() >= since.getTime() - stampLagMs)
          .filter((mail) => mail.to.includes(address.toLowerCase()) && (matches?.(mail) ?? true))
          .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
        if (found[0]) return found[0];
        if (clock.monotonic() >= until) return null;
        await clock.sleep(pollMs);
      }
    },
    received: async () => {
      await look();
      // A file counts when its size holds still.
      await clock.sleep(pollMs);
      await look();
      return [...mails.values()];
    },
    // Letters and digits only, so that it passes strict forms and is recognised as ours.
    freshAddress: (label) =>
      `lr${label
        .toLowerCase()
        .replace(/[^a-z\d]/g, '')
        .slice(0, 16)}${options.random.token(10)}@${options.domain}`,
  };
}

function emlFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function readMail(path: string, receivedAt: Date): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(readFileSync(path));
  const listed = [...(mail.to ?? []), ...(mail.cc ?? []), ...(mail.bcc ?? [])].flatMap(addressesOf);
  const delivered = mail.headers
    .filter(({ key }) => recipientHeaders.has(key))
    .flatMap(({ value }) => value.split(','))
    .map((value) => value.trim().replace(/^<|>$/g, ''));
  const text = mail.text ?? '';
  const html = mail.html ?? null;
  return {
    to: [...new Set([...listed, ...delivered].map((address) => address.toLowerCase()))],
    from: mail.from ? (addressesOf(mail.from)[0] ?? '') : '',
    subject: mail.subject ?? '',
    text,
    html,
    links: linksInMail(text, html),
    attachments: mail.attachments.map(({ filename, content }) => ({
      name: filename ?? '',
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    })),
    receivedAt,
  };
}

function addressesOf(address: Address): readonly string[] {
  if (address.group) return address.group.flatMap(addressesOf);
  return address.address ? [address.address] : [];
}
