import { sessionCookieName } from './session-cookie.ts';

/** The part of the API document that no route knows. */
export const openApiHead = (origin: string) => ({
  openapi: '3.1.0' as const,
  info: {
    title: 'Launch Ready platform',
    version: '0.1.0',
    description:
      'Sign in with POST /api/auth/login; the session travels in a cookie. x-roles names the roles that may call an operation inside ' +
      'their own organisation; those in x-own-only may do it to their own objects only. What somebody may not see is answered ' +
      'as if it did not exist.',
  },
  servers: [{ url: origin }],
  components: {
    securitySchemes: {
      session: { type: 'apiKey' as const, in: 'cookie' as const, name: sessionCookieName },
    },
  },
});
