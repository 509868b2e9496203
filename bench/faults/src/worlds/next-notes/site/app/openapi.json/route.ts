import { desk } from '../../lib/desk.ts';
import { absent, json } from '../../lib/enter.ts';
import { notesDocument } from '../../lib/notes-document.ts';

export const dynamic = 'force-dynamic';
export const GET = (): Response => (desk.isOn('without-document') ? absent() : json(notesDocument));
