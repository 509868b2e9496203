import { collectionDocument } from './collection-document.ts';
import type { CollectionTrap } from './trap.ts';
import type { RouteTrap, SignIn } from './trap-server.ts';

const done = { '200': { description: 'done' } } as const;
const loginBody = {
  required: true,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['email', 'password'],
        properties: { email: { type: 'string' }, password: { type: 'string' } },
      },
    },
  },
} as const;

/** The API document as a reader of this role gets it; null is nobody. */
export function apiDocument(
  signIn: SignIn,
  collections: readonly CollectionTrap[],
  routes: readonly RouteTrap[],
  role: string | null,
): unknown {
  const shown = collections.filter(({ inDocumentOf }) => inDocumentOf === undefined || inDocumentOf === role);
  const scheme =
    signIn.by === 'bearer'
      ? { type: 'http', scheme: 'bearer' }
      : { type: 'apiKey', in: 'cookie', name: 'trap_session' };
  return {
    openapi: '3.1.0',
    info: { title: 'Traps', version: '1' },
    security: [{ session: [] }],
    components: { securitySchemes: { session: scheme } },
    paths: {
      '/api/auth/login': { post: { security: [], requestBody: loginBody, responses: done } },
      '/api/auth/logout': { post: { responses: done } },
      '/api/me': { get: { responses: done } },
      ...Object.assign({}, ...shown.map(collectionDocument)),
      ...Object.assign({}, ...routes.map((trap) => trap.paths)),
    },
  };
}
