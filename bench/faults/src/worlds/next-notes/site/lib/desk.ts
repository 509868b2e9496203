import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';

const writer = z.object({ email: z.string(), tenant: z.string(), role: z.string(), password: z.string() });
export type Writer = z.infer<typeof writer>;

/** A note or notebook of a team. */
export interface Sheet {
  readonly id: string;
  readonly team: string;
  fields: Record<string, unknown>;
}

/** Everything that this server keeps: Next.js bundles each route by itself, so that it hangs on the process. */
class Desk {
  readonly writers: Writer[] = z.array(writer).parse(JSON.parse(process.env['NOTES_ACCOUNTS'] ?? '[]'));
  readonly switches = new Set((process.env['NOTES_SWITCHES'] ?? '').split(','));
  readonly sessions = new Map<string, Writer>();
  readonly notes = new Map<string, Sheet>();
  readonly notebooks = new Map<string, Sheet>();

  isOn(fault: string): boolean {
    return this.switches.has(fault);
  }

  open(account: Writer): string {
    const secret = randomBytes(24).toString('base64url');
    this.sessions.set(secret, account);
    return secret;
  }

  add(sheets: Map<string, Sheet>, team: string, fields: Record<string, unknown>): Sheet {
    const sheet = { id: randomUUID(), team, fields };
    sheets.set(sheet.id, sheet);
    return sheet;
  }
}

const place = Symbol.for('notes.desk');
const held: unknown = Reflect.get(globalThis, place);

/** The one desk of this process. */
export const desk: Desk = held instanceof Desk ? held : new Desk();
if (held === undefined) Reflect.set(globalThis, place, desk);
