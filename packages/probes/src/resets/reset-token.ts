import type { ReceivedMail } from '../mail/inbox.ts';
import { tokenInLink } from '../invites/invite-token.ts';

/** The secret of a mail about a new password. */
interface MailedReset {
  readonly token: string;
  readonly link: string | null;
}

const elsewhere = /unsubscribe|privacy|terms|logo|support|\.(png|jpe?g|gif|svg|css)(\?|$)/i;
/** A path of words, such as `/choose-another-password`, is no token. */
const isWords = (text: string): boolean => /^[a-z]+([-_][a-z]+)*$/.test(text);

/** The link of a reset with its token, or a code that has to be typed; null when the mail holds neither. */
export function resetInMail(mail: ReceivedMail): MailedReset | null {
  const found = mail.links
    .filter((link) => !elsewhere.test(link))
    .flatMap((link) => {
      const token = tokenInLink(link);
      return token === null || isWords(token) ? [] : [{ token, link }];
    });
  const best = found.find(({ link }) => /reset|password|recover|token/i.test(link)) ?? found[0];
  if (best !== undefined) return best;
  const code = /\b(?:code|pin)\b[^\d\n]{0,40}\b(\d{4,10})\b/i.exec(mail.text)?.[1];
  return code === undefined ? null : { token: code, link: null };
}

/** Declared life of a reset in minutes, from a sentence of its mail. */
export function resetLifeInMail(text: string): number | null {
  const found =
    /(?:expire|valid|good for|within|works? (?:once,? )?for)[^.\n]{0,60}?\b(\d+|an|one)[ -](minute|hour|day|week)s?/i.exec(
      text.replace(/\s+/g, ' '),
    );
  const unit = found?.[2]?.toLowerCase();
  if (found === null || unit === undefined) return null;
  const count = /^\d+$/.test(found[1] ?? '') ? Number(found[1]) : 1;
  const minutes = { minute: 1, hour: 60, day: 1440, week: 10_080 }[unit] ?? null;
  return minutes === null || count === 0 ? null : count * minutes;
}
