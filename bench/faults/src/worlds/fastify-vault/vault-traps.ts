import type { Trap } from '../../traps/trap.ts';

const trap = (id: string, looksLike: string, isSafeBecause: string, operation: string): Trap => ({
  id,
  family: 'CK-TENANT',
  looksLike,
  isSafeBecause,
  metWhen: [{ kind: 'crossTenant', mentions: operation }],
});

/** Secure behaviour of the vault that looks guilty. */
export const vaultTraps: readonly Trap[] = [
  trap(
    'vault-own-export',
    'a compressed export of contacts to whoever asks',
    'it holds those of the own tenant alone',
    'GET /api/export',
  ),
  trap(
    'vault-own-report',
    'a report in PDF to whoever asks',
    'it shows those of the own tenant alone',
    'GET /api/report',
  ),
  trap(
    'vault-own-numbers',
    'a bare list of telephone numbers to whoever asks',
    'they are those of the own tenant, and nine digits in a row are not always ours',
    'GET /api/phonebook',
  ),
  trap(
    'vault-header-repeats-question',
    'a header in base64 beside a 404 on a foreign contact',
    'it repeats the id that was asked for, and nothing of the contact',
    'GET /api/contacts/{contact}',
  ),
  trap(
    'vault-mail-to-own-admin',
    'a mail with the name of a contact that its reader never saw',
    'it goes to an admin of the same tenant',
    'GET /api/contacts',
  ),
];
