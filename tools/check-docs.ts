import { checks, profiles } from '@launch-ready/checks';

type Check = (typeof checks)[number];

/** The page that lists every check, made from the checks themselves. */
export function checkDocs(): string {
  const subjects = [...new Set(checks.map(({ id }) => subjectOf(id)))];
  return [
    '# Checks',
    'Made from the checks by `npm run docs`; do not edit. `launch-ready explain <check>` prints one of them.',
    ...subjects.flatMap((subject) => [
      `## ${subject}`,
      ...checks.filter(({ id }) => subjectOf(id) === subject).map(section),
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}

const subjectOf = (id: string): string => id.split('/')[0] ?? id;

function section(check: Check): string {
  const lines = profiles
    .flatMap((profile) => profile.lines)
    .filter((line) => line.checks.some(({ id }) => id === check.id))
    .map(({ id }) => id);
  const { cwe, owaspApi, asvs } = check.references;
  const references = [...owaspApi, ...asvs.map((id) => `ASVS ${id}`), ...cwe];
  const options = Object.entries(check.options).map(([name, value]) => `${name} ${String(value)}`);
  return [
    `### ${check.id}`,
    `${check.title}. If not: ${check.failureTitle.charAt(0).toLowerCase()}${check.failureTitle.slice(1)} (${check.severity}).`,
    `- **Criterion:** ${check.criterion}`,
    `- **How:** ${check.how}`,
    `- **Why:** ${check.why}`,
    `- **Fix:** ${check.fix.summary}`,
    ...(options.length === 0 ? [] : [`- **Thresholds:** ${options.join(', ')}`]),
    `- **Lines:** ${[...new Set(lines)].toSorted().join(', ')}`,
    `- **Evidence:** ${check.needs.join(', ')}`,
    `- **References:** ${references.join(', ')}`,
  ]
    .join('\n')
    .replace('\n', '\n\n')
    .replace('\n- ', '\n\n- ');
}
