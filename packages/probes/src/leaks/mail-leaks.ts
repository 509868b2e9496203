import type { CrossTenantTrial } from '../cross-tenant/front.ts';
import type { Sighting } from './leak-index.ts';
import { unpackedTexts } from './unpacked-texts.ts';
import type { ReceivedMail } from '../mail/inbox.ts';
import type { Workshop } from '../plant/workshop.ts';

type Seen = Omit<Sighting, 'exchange' | 'where'> & { readonly mail: ReceivedMail };

/**
 * Mails to an account of one tenant that hold canaries of another, which that account never sent. One such mail may be an
 * accident of the mailbox; two objects are a leak.
 */
export async function mailLeaks(workshop: Workshop): Promise<readonly CrossTenantTrial[]> {
  const { inbox, leaks, ledger, sessions, target } = workshop.context;
  if (inbox === null) return [];
  const accounts = new Map(
    target.actors.flatMap(({ id }) => {
      const name = sessions.secretOf(id)?.username.toLowerCase();
      return name === undefined ? [] : [[name, id] as const];
    }),
  );
  const seen = (await inbox.received()).flatMap((mail): readonly Seen[] =>
    mail.to.flatMap((address) => {
      const actor = accounts.get(address);
      if (actor === undefined) return [];
      return leaks.foreignIn(textOf(mail), actor).map((sighting) => ({ ...sighting, mail }));
    }),
  );
  const groups = Map.groupBy(seen, ({ ref, actor }) => `${ledger.entry(ref).operation} ${actor}`);
  return [...groups.values()].flatMap((group): readonly CrossTenantTrial[] => {
    const [first] = group;
    if (!first) return [];
    const entry = ledger.entry(first.ref);
    const refs = new Set(group.map(({ ref }) => ref));
    const role = target.actors.find(({ id }) => id === first.actor)?.role ?? 'actor';
    const isSure = refs.size > 1;
    return [
      {
        operation: entry.operation,
        action: 'read',
        slot: 'mail',
        relation: `foreign ${role}`,
        attacker: first.actor,
        owner: entry.actor,
        objectType: entry.type,
        verdict: isSure ? 'leak' : 'inconclusive',
        confirmations: Math.min(2, refs.size),
        seenIn: 'mail',
        because: isSure
          ? `mails to ${first.actor} hold canaries of ${refs.size} ${entry.type} of ${entry.tenant} ("${first.mail.subject.slice(0, 60)}")`
          : `a mail to ${first.actor} holds a canary of ${entry.actor}, but no second object shows it again`,
        exchanges: workshop.objects.filter(({ ref }) => refs.has(ref)).flatMap(({ exchanges }) => exchanges),
        reproduce: null,
      },
    ];
  });
}

function textOf({ subject, text, html, attachments }: ReceivedMail): string {
  const files = attachments.flatMap(({ name, bytes }) => {
    const inside = new TextDecoder().decode(bytes);
    return [name, inside, ...unpackedTexts(bytes, inside).map((one) => one.text)];
  });
  return [subject, text, html ?? '', ...files].join('\n');
}
