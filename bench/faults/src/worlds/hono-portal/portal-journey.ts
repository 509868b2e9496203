import type { Journey } from '../journey.ts';
import { textAt } from '../text-at.ts';

/** A day in the portal. */
export const portalJourney: Journey = {
  async signIn(visitor, { email, password }) {
    const { json } = await visitor.send('POST', '/login', { email, password });
    visitor.carry('authorization', `Bearer ${textAt(json, 'accessToken')}`);
  },
  async visit(visitor, { role, tenant }) {
    const named = (name: string): string => `${name} of ${role} in ${tenant}`;
    const at = `/t/${tenant}`;
    const me = await visitor.send('GET', '/me');
    for (const round of ['spring', 'autumn']) {
      const folder = await visitor.send('POST', `${at}/folders`, { name: named(round) });
      const folderId = textAt(folder.json, 'id');
      const paper = await visitor.send('POST', `${at}/documents`, {
        title: named('Contract'),
        body: 'We agree',
        folderId,
      });
      const atPaper = `${at}/documents/${textAt(paper.json, 'id')}`;
      const message = await visitor.send('POST', `${at}/messages`, { text: named('Please sign') });
      const atMessage = `${at}/messages/${textAt(message.json, 'id')}`;
      const invoice = await visitor.send('POST', `${at}/invoices`, { label: named('Advice'), amount: 90 });
      const atInvoice = `${at}/invoices/${textAt(invoice.json, 'id') || 'none'}`;
      for (const list of ['folders', 'documents', 'messages', 'invoices', 'people'])
        await visitor.send('GET', `${at}/${list}`);
      await visitor.send('GET', `${at}/documents?ids=${textAt(paper.json, 'id')}`);
      await visitor.send('GET', `${at}/folders/${folderId}`);
      await visitor.send('GET', atPaper);
      await visitor.send('PATCH', atPaper, { title: named('Agreement') });
      await visitor.send('GET', `${atPaper}/download`);
      await visitor.send('GET', atMessage);
      await visitor.send('GET', atInvoice);
      await visitor.send('PATCH', `${at}/people/${textAt(me.json, 'id')}`, { role });
      for (const path of [atInvoice, atMessage, atPaper, `${at}/folders/${folderId}`])
        await visitor.send('DELETE', path);
    }
    await visitor.send('POST', '/me/password', {
      currentPassword: 'not this one',
      newPassword: 'and so not this one',
    });
    await visitor.send('POST', '/logout');
  },
};
