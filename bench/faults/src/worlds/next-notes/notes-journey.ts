import type { Journey } from '../journey.ts';
import { textAt } from '../text-at.ts';

/** A day with the notes. */
export const notesJourney: Journey = {
  async signIn(visitor, { email, password }) {
    await visitor.send('GET', '/login');
    await visitor.submit('/login', { email, password });
    await visitor.send('GET', '/api/me');
  },
  async visit(visitor, { role, tenant }) {
    const named = (name: string): string => `${name} of ${role} in ${tenant}`;
    for (const title of ['Garden', 'Kitchen']) {
      const book = await visitor.send('POST', '/api/notebooks', { name: named(title) });
      const atBook = `/api/notebooks/${textAt(book.json, 'id')}`;
      const note = await visitor.send('POST', '/api/notes', { title: named('Seeds'), text: 'Buy some' });
      const atNote = `/api/notes/${textAt(note.json, 'id')}`;
      await visitor.send('POST', `${atBook}/notes`, { title: named('Pots'), text: 'Three' });
      for (const path of ['/api/notes', atNote, '/api/notebooks', atBook, `${atBook}/notes`])
        await visitor.send('GET', path);
      await visitor.send('PATCH', atNote, { text: 'Buy two' });
      await visitor.send('GET', '/api/find?q=Seeds');
      await visitor.send('GET', '/api/summary');
      await visitor.send('DELETE', atNote);
      await visitor.send('DELETE', atBook);
    }
    await visitor.send('POST', '/api/password', {
      currentPassword: 'not this one',
      newPassword: 'and so not this one',
    });
    await visitor.send('POST', '/api/logout');
  },
};
