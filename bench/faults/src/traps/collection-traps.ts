import { absentForeignTrap } from './collections/absent-foreign.ts';
import { badRequestForForeignTrap } from './collections/bad-request-for-foreign.ts';
import { countingIdsTrap } from './collections/counting-ids.ts';
import { defaultObjectTrap } from './collections/default-object.ts';
import { deferredDeleteTrap } from './collections/deferred-delete.ts';
import { echoWithoutSavingTrap } from './collections/echo-without-saving.ts';
import { echoingNotFoundTrap } from './collections/echoing-not-found.ts';
import { forbiddenWithTextTrap } from './collections/forbidden-with-text.ts';
import { globalCountTrap } from './collections/global-count.ts';
import { lenientNumbersTrap } from './collections/lenient-numbers.ts';
import { openByPermissionTrap } from './collections/open-by-permission.ts';
import { ownDataWhateverIdTrap } from './collections/own-data-whatever-id.ts';
import { publicByDesignTrap } from './collections/public-by-design.ts';
import { redirectForForeignTrap } from './collections/redirect-for-foreign.ts';
import { rejectedWithSuccessStatusTrap } from './collections/rejected-with-success-status.ts';
import { searchEchoTrap } from './collections/search-echo.ts';
import { shortPagesTrap } from './collections/short-pages.ts';
import { silentDeleteTrap } from './collections/silent-delete.ts';
import { silentUpdateTrap } from './collections/silent-update.ts';
import { singlePageShellTrap } from './collections/single-page-shell.ts';
import { softDeleteTrap } from './collections/soft-delete.ts';
import { successFalseTrap } from './collections/success-false.ts';
import { unauthorisedForForeignTrap } from './collections/unauthorised-for-foreign.ts';
import { updateWithoutEffectTrap } from './collections/update-without-effect.ts';
import { upsertIntoOwnTenantTrap } from './collections/upsert-into-own-tenant.ts';
import { viewCounterTrap } from './collections/view-counter.ts';
import { wordsOfATraceTrap } from './collections/words-of-a-trace.ts';
import type { CollectionTrap } from './trap.ts';

/** Traps that are collections of objects; one server holds them all. */
export const collectionTraps: readonly CollectionTrap[] = [
  absentForeignTrap,
  forbiddenWithTextTrap,
  badRequestForForeignTrap,
  successFalseTrap,
  singlePageShellTrap,
  publicByDesignTrap,
  openByPermissionTrap,
  ownDataWhateverIdTrap,
  defaultObjectTrap,
  updateWithoutEffectTrap,
  silentUpdateTrap,
  silentDeleteTrap,
  deferredDeleteTrap,
  softDeleteTrap,
  echoWithoutSavingTrap,
  upsertIntoOwnTenantTrap,
  viewCounterTrap,
  echoingNotFoundTrap,
  unauthorisedForForeignTrap,
  redirectForForeignTrap,
  globalCountTrap,
  countingIdsTrap,
  shortPagesTrap,
  searchEchoTrap,
  rejectedWithSuccessStatusTrap,
  lenientNumbersTrap,
  wordsOfATraceTrap,
];
