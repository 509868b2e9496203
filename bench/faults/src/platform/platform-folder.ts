import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the platform that copies are made of. */
export const platformFolder = dirname(
  fileURLToPath(import.meta.resolve('@launch-ready/platform/package.json')),
);
