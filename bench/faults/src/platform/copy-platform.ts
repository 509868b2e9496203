import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { platformFolder } from './platform-folder.ts';

const copied = ['src', 'migrations', 'package.json', 'permissions.json'] as const;

/**
 * Copies the platform's sources below a temporary folder, with the installed packages within reach.
 * @returns the folder of the copy
 */
export function copyPlatform(below: string): string {
  const copy = join(below, 'apps', 'platform');
  mkdirSync(copy, { recursive: true });
  for (const name of copied) {
    cpSync(join(platformFolder, name), join(copy, name), {
      recursive: true,
      filter: (source) => !source.endsWith('.test.ts'),
    });
  }
  link(resolve(platformFolder, '../../node_modules'), join(below, 'node_modules'));
  link(join(platformFolder, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function link(folder: string, at: string): void {
  if (existsSync(folder) && !existsSync(at)) symlinkSync(folder, at);
}
