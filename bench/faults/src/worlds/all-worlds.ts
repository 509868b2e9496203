import { answerFaces } from '../traps/answer-faces.ts';
import { changeFaces } from '../traps/change-faces.ts';
import { collectionTraps } from '../traps/collection-traps.ts';
import { absentForeignTrap } from '../traps/collections/absent-foreign.ts';
import { adminsDocumentTrap } from '../traps/collections/admins-document.ts';
import { searchEchoTrap } from '../traps/collections/search-echo.ts';
import { silentDeleteTrap } from '../traps/collections/silent-delete.ts';
import { fixedOriginTrap, openDataTrap } from '../traps/cors-traps.ts';
import { inviteTrap, inviteTraps } from '../traps/invite-traps.ts';
import { optionalLoginTrap } from '../traps/optional-login-trap.ts';
import { refusalFaces } from '../traps/refusal-faces.ts';
import { roleFaces } from '../traps/role-faces.ts';
import { sharedByGrantTrap } from '../traps/shared-by-grant-trap.ts';
import { signInTraps as lies } from '../traps/sign-in-traps.ts';
import { strangerFaces } from '../traps/stranger-faces.ts';
import { loopbackOnlyTrap, resetByGetTrap, shellEverywhereTrap } from '../traps/whole-server-traps.ts';
import type { SignIn } from '../traps/trap-server.ts';
import { trackerWorld } from './express-tracker/tracker-world.ts';
import { lodgeWorld, slowLodgeWorld } from './fastify-lodge/lodge-world.ts';
import { marketWorld } from './fastify-market/market-world.ts';
import { commonsWorld } from './commons/commons-world.ts';
import { cookieDeskWorld, deskWorld } from './graphql-desk/desk-world.ts';
import { newsWorld } from './graphql-desk/news-world.ts';
import { guardWorld } from './guard-shop/guard-world.ts';
import { helpDeskWorld } from './hono-desk/help-desk-world.ts';
import { portalWorld } from './hono-portal/portal-world.ts';
import { idsElsewhereWorld } from './ids-elsewhere/ids-elsewhere-world.ts';
import { liveWorld } from './live-desk/live-world.ts';
import { boardWorld } from './trpc-board/board-world.ts';
import { notesWorld } from './next-notes/notes-world.ts';
import { sourceDeskWorld } from './source-desk/source-desk-world.ts';
import { rowsWorld } from './postgrest-notes/rows-world.ts';
import { serverWorld } from './server-world.ts';
import { loungeWorld } from './socket-lounge/lounge-world.ts';
import { secondStepWorld } from './second-step/second-step-world.ts';
import { cookieHall, keyHall, tokenHall } from './session-hall/hall-worlds.ts';
import { tenancyDeskWorld } from './tenancy-desk/tenancy-desk-world.ts';
import { tenantCornersWorld } from './tenant-corners/tenant-corners-world.ts';
import { tenantDoorsWorld } from './tenant-doors/tenant-doors-world.ts';
import { vaultWorld } from './fastify-vault/vault-world.ts';
import type { World } from './world.ts';

const usual: SignIn = {
  by: 'bearer',
  tokenSeconds: 3600,
  afterFiveFailures: 'answer-429',
  shortestCounted: 0,
  endedSession: 'answer-401',
};

/** Every world: small servers with traps, faults or both. */
export const allWorlds: readonly World[] = [
  serverWorld({
    id: 'collections',
    signIn: usual,
    signInTraps: [lies.limitByStatus429, lies.tooLargeClosed],
    collections: collectionTraps.filter((trap) => trap !== searchEchoTrap),
    routes: [openDataTrap, optionalLoginTrap],
  }),
  serverWorld({
    id: 'cookies',
    signIn: { ...usual, by: 'cookie', afterFiveFailures: 'answer-403' },
    signInTraps: [lies.preferenceCookie, lies.formsWithLaxCookie, lies.lockOutBy403],
    collections: [adminsDocumentTrap],
    routes: [fixedOriginTrap],
    also: [absentForeignTrap],
  }),
  serverWorld({
    id: 'suspension',
    signIn: { ...usual, afterFiveFailures: 'suspend-and-answer-401', shortestCounted: 8 },
    signInTraps: [lies.suspensionBy401, lies.shortPasswordsUncounted],
    collections: [searchEchoTrap],
    routes: [loopbackOnlyTrap],
    also: [absentForeignTrap],
  }),
  serverWorld({
    id: 'short-tokens',
    signIn: { ...usual, tokenSeconds: 5 },
    signInTraps: [lies.shortTokens],
    collections: [],
    routes: [resetByGetTrap],
    also: [absentForeignTrap, silentDeleteTrap],
  }),
  serverWorld({
    id: 'friendly-failures',
    signIn: {
      ...usual,
      by: 'cookie',
      afterFiveFailures: 'answer-200-with-error',
      endedSession: 'answer-403',
    },
    signInTraps: [lies.failureBy200, lies.endedBy403],
    collections: [],
    routes: [shellEverywhereTrap],
    also: [absentForeignTrap],
  }),
  serverWorld({
    id: 'discreet-invites',
    signIn: usual,
    signInTraps: inviteTraps,
    collections: [],
    routes: [inviteTrap],
    also: [absentForeignTrap],
  }),
  serverWorld({
    id: 'refusals',
    signIn: usual,
    signInTraps: [],
    collections: [...refusalFaces, ...strangerFaces],
    routes: [sharedByGrantTrap],
  }),
  serverWorld({
    id: 'answers',
    signIn: { ...usual, by: 'cookie' },
    signInTraps: [],
    collections: [...changeFaces, ...answerFaces, ...roleFaces],
    routes: [],
  }),
  trackerWorld,
  marketWorld,
  portalWorld,
  helpDeskWorld,
  notesWorld,
  deskWorld,
  cookieDeskWorld,
  newsWorld,
  commonsWorld,
  rowsWorld,
  boardWorld,
  liveWorld,
  sourceDeskWorld,
  tokenHall,
  keyHall,
  cookieHall,
  secondStepWorld,
  tenancyDeskWorld,
  tenantCornersWorld,
  tenantDoorsWorld,
  vaultWorld,
  lodgeWorld,
  slowLodgeWorld,
  guardWorld,
  loungeWorld,
  idsElsewhereWorld,
];
