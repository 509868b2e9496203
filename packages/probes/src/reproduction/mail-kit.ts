import type { Need } from './script-kit.ts';

/** The variable by which a script finds the mails of the application. */
export const mailFolderVariable = 'MAIL_FOLDER';

export const mailNeed: Need = [
  mailFolderVariable,
  'folder into which the application writes its mails as .eml files; without it the script asks for the link on the terminal',
];

/** Functions of scripts that wait for mails: `mailTo(address, since, fits)`, `linkIn(mail)`, `tokenIn(mail)`, `tokenOf(link)`. */
export const mailKit = String.raw`
const { existsSync, readdirSync, readFileSync, statSync } = await import('node:fs');
const { join } = await import('node:path');

/** The text of an .eml file, whatever its parts are encoded in. */
function readable(raw) {
  const quoted = raw.replace(/=\r?\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const parts = [...raw.matchAll(/content-transfer-encoding:\s*base64[\s\S]*?\r?\n\r?\n([A-Za-z\d+/=\r\n]+)/gi)].map(([, part]) => Buffer.from(part, 'base64').toString());
  return [/quoted-printable/i.test(raw) ? quoted : raw, ...parts].join('\n').replace(/&amp;/g, '&');
}
/** Every mail of the folder that came since a moment, the newest first. */
function mailsSince(since) {
  const folder = process.env.${mailFolderVariable};
  if (!existsSync(folder)) cannotTell('there is no folder ' + folder);
  const files = (at) => readdirSync(at, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? files(join(at, one.name)) : one.name.endsWith('.eml') ? [join(at, one.name)] : []));
  return files(folder).map((path) => ({ path, at: statSync(path).mtimeMs })).filter(({ at }) => at >= since - 50).sort((a, b) => b.at - a.at)
    .map(({ path, at }) => ({ path, at, text: readable(readFileSync(path, 'utf8')) }));
}
const seenMails = new Set();
/** The newest mail to this address since a moment that nobody asked for yet; null when none comes within ten seconds. */
async function mailTo(address, since, fits = () => true) {
  if (!process.env.${mailFolderVariable}) return typed(address);
  for (let tries = 0; tries < 50; tries += 1) {
    await pause(200);
    const found = mailsSince(since).find(({ path, text }) => !seenMails.has(path) && text.toLowerCase().includes(address.toLowerCase()) && fits(text));
    if (found) {
      seenMails.add(found.path);
      return found.text;
    }
  }
  return null;
}
/** Asks whoever runs the script on a terminal. */
async function typed(address) {
  if (!process.stdin.isTTY) cannotTell('set ${mailFolderVariable}, or run it on a terminal to paste the link of the mail');
  const terminal = (await import('node:readline/promises')).createInterface({ input: process.stdin, output: process.stderr });
  const text = await terminal.question('Paste the link or code of the newest mail to ' + address + ': ');
  terminal.close();
  return /^https?:/.test(text.trim()) ? text.trim() : 'code ' + text.trim();
}
/** The token of a link: in its query, behind #, or the last long part of its path. */
function tokenOf(link) {
  const url = new URL(link);
  const behind = url.hash.slice(1);
  for (const list of [url.searchParams, new URLSearchParams(behind.slice(behind.indexOf('?') + 1))])
    for (const [name, value] of list) if (/token|code|invit|key|secret|^t$|^id$/i.test(name) && value.length >= 4) return value;
  const last = [...url.pathname.split('/'), ...behind.split(/[/?]/)].filter((part) => part.length >= 6 && !part.includes('=') && !/^[a-z]+([-_][a-z]+)*$/.test(part)).pop();
  return last === undefined ? null : decodeURIComponent(last);
}
/** The link with a token that a mail holds. */
function linkIn(mail) {
  const links = (mail.match(/https?:\/\/[^\s"'<>\])]+/g) ?? []).map((link) => link.replace(/[.,;]+$/, ''))
    .filter((link) => /^https?:\/\/[\w.-]+/.test(link) && !/unsubscribe|privacy|terms|logo|\.(png|jpe?g|gif|svg|css)(\?|$)/i.test(link));
  return links.find((link) => tokenOf(link) !== null) ?? null;
}
function tokenIn(mail) {
  const link = linkIn(mail);
  return link ? tokenOf(link) : (/\b(?:code|pin)\b[^\d\n]{0,40}\b(\w{4,})\b/i.exec(mail)?.[1] ?? null);
}
`;
