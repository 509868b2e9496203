import { json } from '../../lib/enter.ts';
import { notesDocument } from '../../lib/notes-document.ts';

export const dynamic = 'force-dynamic';
export const GET = (): Response => json(notesDocument);
