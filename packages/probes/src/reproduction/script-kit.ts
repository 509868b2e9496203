import { basicKit } from './basic-kit.ts';

/** An environment variable of a script, and what its reader puts into it. */
export type Need = readonly [name: string, meaning: string];

/** What one reproduction script is made of. */
export interface ScriptParts {
  /** What it does, in one or two lines of a comment. */
  readonly does: readonly string[];
  /** Environment variables it cannot do without. */
  readonly needs: readonly Need[];
  /** Environment variables that it can do without. */
  readonly may?: readonly Need[];
  /** Data of the script; `origin` is the address that `BASE_URL` replaces. */
  readonly plan: { readonly origin: string } & Readonly<Record<string, unknown>>;
  /** Statements that end with `there`, `gone` or `cannotTell`. */
  readonly body: string;
  /** Functions that the statements use, beside those of every script. */
  readonly uses?: readonly string[];
}

/** A Node script without dependencies: exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell. */
export function reproductionScriptOf({ does, needs, may = [], plan, body, uses = [] }: ScriptParts): string {
  const variables: readonly Need[] = [
    ...unique(needs),
    ...unique(may),
    ['BASE_URL', `another address than ${plan.origin} (not needed)`],
    ['EXTRA_HEADERS', 'header lines that go along with every request (not needed)'],
  ];
  const width = Math.max(...variables.map(([name]) => name.length));
  const listed = variables.map(([name, meaning]) => `//   ${name.padEnd(width)}  ${meaning}`);
  return `${does.map((line) => `// ${line}`).join('\n')}
//
// Exits 1 while the fault is there, 0 when it is gone, 2 when it cannot tell, and says in one line what it saw.
// Save it as finding.mjs, set the variables, and run: node finding.mjs (Node 18.15 or newer, no packages).
${listed.join('\n')}
import { randomBytes } from 'node:crypto';

// What breaks shows nothing: it must never look like a fault.
process.on('uncaughtException', (error) => {
  console.log('cannot tell: ' + error.message);
  process.exit(2);
});

const plan = ${JSON.stringify(plan, null, 2)};

async function main() {
  for (const name of ${JSON.stringify([...new Set(needs.map(([name]) => name))])}) env(name);
${body.trim().replace(/^(?=.)/gm, '  ')}
}

// What follows is the same in all scripts of this kind.
${[basicKit, ...new Set(uses)].map((part) => part.trim()).join('\n')}

const verdict = await main().then(() => new Verdict(2, 'cannot tell: nothing was seen'), (error) => error);
console.log(verdict.message);
process.exitCode = verdict.code ?? 2;
`;
}

/** A script for what no script can do safely or alone: it says what it would need and never claims to have seen anything. */
export function scriptByHand(what: string): string {
  return `// Exits 2, since no script can tell this alone: ${what}
console.log(${JSON.stringify(`cannot tell: ${what}`)});
process.exitCode = 2;
`;
}

const unique = (needs: readonly Need[]): readonly Need[] => [...new Map(needs)];
