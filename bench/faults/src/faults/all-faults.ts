import type { Fault } from '../fault.ts';
import { accessFaults } from './access.ts';
import { browserFaults } from './browser.ts';
import { inputFaults } from './input.ts';
import { inviteFaults } from './invites.ts';
import { limitFaults } from './limits.ts';
import { roleFaults } from './roles.ts';
import { sessionFaults } from './sessions.ts';
import { tenancyFaults } from './tenancy.ts';

/** Every fault of the bench. */
export const allFaults: readonly Fault[] = [
  ...accessFaults,
  ...tenancyFaults,
  ...roleFaults,
  ...sessionFaults,
  ...inviteFaults,
  ...browserFaults,
  ...limitFaults,
  ...inputFaults,
];
