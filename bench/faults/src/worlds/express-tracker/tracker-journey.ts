import type { Journey } from '../journey.ts';
import { textAt } from '../text-at.ts';

/** A day in the tracker. */
export const trackerJourney: Journey = {
  async signIn(visitor, { email, password }) {
    const { json } = await visitor.send('GET', '/api/csrf-token');
    visitor.carry('x-csrf-token', textAt(json, 'csrfToken'));
    await visitor.send('POST', '/api/auth/login', { email, password });
    await visitor.send('GET', '/api/auth/me');
  },
  async visit(visitor, { role, tenant }) {
    const titled = (title: string): string => `${title} of ${role} in ${tenant}`;
    const ids: string[] = [];
    for (const title of ['Roof', 'Cellar']) {
      const made = await visitor.send('POST', '/api/projects', {
        title: titled(title),
        brief: 'Until autumn',
      });
      ids.push(textAt(made.json, 'id'));
    }
    await visitor.send('GET', '/api/projects');
    for (const project of ids) {
      const at = `/api/projects/${project}`;
      await visitor.send('GET', at);
      await visitor.send('PATCH', at, { title: titled('Attic') });
      const task = await visitor.send('POST', `${at}/tasks`, { title: titled('Measure'), detail: 'Twice' });
      const atTask = `${at}/tasks/${textAt(task.json, 'id')}`;
      await visitor.send('GET', `${at}/tasks`);
      await visitor.send('GET', atTask);
      await visitor.send('PATCH', atTask, { detail: 'Three times' });
      await visitor.send('GET', '/api/search?q=Measure');
      for (const path of ['activity', 'stats', 'export', 'audit']) await visitor.send('GET', `/api/${path}`);
      await visitor.send('DELETE', atTask);
      await visitor.send('DELETE', at);
    }
    await visitor.send('POST', '/api/account/password', {
      currentPassword: 'not this one',
      newPassword: 'and so not this one',
    });
    await visitor.send('POST', '/api/auth/logout');
  },
};
