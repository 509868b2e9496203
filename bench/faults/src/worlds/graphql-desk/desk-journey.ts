import type { Journey } from '../journey.ts';
import { textAt } from '../text-at.ts';

const ticketFields = 'fragment ticketFields on Ticket { id subject details urgent closed }';

/** A day at the desk, said as its pages say it: with variables, fragments and names of their own. */
export const deskJourney: Journey = {
  async signIn(visitor, { email, password }) {
    const query =
      'mutation SignIn($email: String!, $password: String!) { login(email: $email, password: $password) { token user { id role } } }';
    const { json } = await visitor.send('POST', '/graphql', { query, variables: { email, password } });
    visitor.carry('authorization', `Bearer ${textAt(json, 'data', 'login', 'token')}`);
  },
  async visit(visitor, { role, tenant }) {
    const say = async (query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
      (await visitor.send('POST', '/graphql', { query, variables })).json;
    await say('{ me { id email role tenant } }');
    for (const round of ['spring', 'autumn']) {
      const made = await say(
        `mutation Make($input: NewTicket!) { createTicket(input: $input) { ticket { ...ticketFields } } } ${ticketFields}`,
        { input: { subject: `${round} of ${role} in ${tenant}`, details: 'by and by', urgent: false } },
      );
      const id = textAt(made, 'data', 'createTicket', 'ticket', 'id');
      await say(
        'query List($search: String) { tickets(search: $search) { total edges { cursor node { id subject } } } recentSubjects }',
        { search: round },
      );
      await say(
        `query One($id: ID!) { seen: ticket(id: $id) { ...ticketFields comments { id text } related { id subject } } } ${ticketFields}`,
        { id },
      );
      const comment = await say(
        'mutation Say($on: ID!, $text: String!) { addComment(ticketId: $on, text: $text) { id text } }',
        { on: id, text: `first of ${role}` },
      );
      const commentId = textAt(comment, 'data', 'addComment', 'id');
      await say('query ($id: ID!) { comments(ticketId: $id) { id text } }', { id });
      await say('query ($id: ID!) { comment(id: $id) { id text ticket { id subject } } }', { id: commentId });
      await say(
        'mutation ($input: ChangedTicket!) { updateTicket(input: $input) { ticket { id subject details urgent } } }',
        { input: { id, subject: `changed in ${round}` } },
      );
      await say('mutation ($id: ID!) { closeTicket(id: $id) { id closed } }', { id });
      await say('mutation ($id: ID!) { deleteComment(id: $id) }', { id: commentId });
      await say('mutation ($id: ID!) { deleteTicket(id: $id) }', { id });
    }
    await say('mutation { logout }');
  },
};
