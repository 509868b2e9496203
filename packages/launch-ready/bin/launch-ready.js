#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read this far and be told so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `launch-ready needs Node 22.18 or newer; this is ${process.version}. Install a newer Node and try again.\n`,
  );
  process.exitCode = 64;
} else {
  const { endOnStrayError } = await import('../src/end-on-stray-error.ts');
  endOnStrayError();
  const { main } = await import('../src/main.ts');
  const code = await main(process.argv.slice(2));
  // A stopped run may leave a timer behind; what was printed must still reach its reader before the process ends.
  process.stdout.write('', () => process.exit(code));
}
