import type { OutgoingBody } from '../transport/transport.ts';

/** JSON under the name of plain text, which a page elsewhere may send without asking first. */
export const plainText = (value: unknown): OutgoingBody => ({
  kind: 'text',
  text: JSON.stringify(value),
  contentType: 'text/plain;charset=UTF-8',
});
