// Makes sure that the programs which tests need are there: installs them when root on Debian, otherwise names the command that does.
// Plain JavaScript, so that any Node can run it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const parts = [
  { program: '/usr/bin/chromium', package: 'chromium', for: 'the tests that open reports in a browser' },
];

const missing = parts.filter((part) => !existsSync(part.program));
if (missing.length > 0) {
  const packages = missing.map((part) => part.package);
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (isRootOnDebian) {
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update', '-qq');
    const installed = apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
    if (installed.status !== 0) report();
  } else {
    report();
  }
}

function report() {
  for (const part of missing) {
    process.stderr.write(
      `${part.program} is missing: ${part.for} will be skipped; \`sudo apt-get install ${part.package}\` installs it\n`,
    );
  }
}
