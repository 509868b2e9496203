import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files of a repository that may hold code of the application. */
export interface SourceFiles {
  readonly root: string;
  /** Absolute paths of code, in a fixed order. */
  readonly code: readonly string[];
  /** Absolute paths of `package.json` files. */
  readonly packages: readonly string[];
  readonly problems: readonly string[];
}

const skippedFolders =
  /^(node_modules|dist|build|out|coverage|vendor|tests?|__tests__|__mocks__|e2e|spec|specs|fixtures|mocks|cypress|playwright|storybook|migrations|bower_components|target|tmp|temp)$/i;
/** Files for browsers lie in these beside a manifest; deeper down they are ordinary names. */
const assetFolders = /^(public|static|assets)$/i;
const codeFile = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const notCode = /\.d\.[cm]?ts$|[.-](?:test|spec|stories|e2e-spec|e2e|bench|mock)\.[cm]?[jt]sx?$|\.min\.js$/;
const largestFile = 400_000;
const mostFiles = 20_000;

/** Lists the code of a repository. Installed packages, results of builds and tests are passed over; links are not followed. */
export function sourceFiles(root: string): SourceFiles {
  const code: string[] = [];
  const packages: string[] = [];
  const problems: string[] = [];
  const waiting = [root];
  while (waiting.length > 0) {
    const folder = waiting.pop() ?? root;
    const entries = entriesOf(folder, root, problems);
    const hasManifest = folder === root || entries.some(({ name }) => name === 'package.json');
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const skipped =
          entry.name.startsWith('.') ||
          skippedFolders.test(entry.name) ||
          (hasManifest && assetFolders.test(entry.name));
        if (!skipped) waiting.push(path);
      } else if (entry.isFile()) {
        if (entry.name === 'package.json') packages.push(path);
        else if (codeFile.test(entry.name) && !notCode.test(entry.name)) code.push(path);
      }
    }
    if (code.length > mostFiles) {
      problems.push(`only the first ${mostFiles} files were looked at`);
      break;
    }
  }
  const small = code.slice(0, mostFiles).filter((path) => {
    if (statSync(path).size <= largestFile) return true;
    problems.push(`${relative(root, path).split(sep).join('/')}: too large to be read`);
    return false;
  });
  return { root, code: small.toSorted(), packages, problems };
}

function entriesOf(folder: string, root: string, problems: string[]): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    problems.push(`${relative(root, folder) || '.'}: the folder cannot be read`);
    return [];
  }
}
