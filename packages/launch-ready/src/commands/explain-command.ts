import { checks, findCheck } from '@launch-ready/checks';
import type { AnyCheck } from '@launch-ready/core';
import type { RegisterCommand } from './register-command.ts';
import { UserError } from '../user-error.ts';

/** `launch-ready explain <check>`: what it looks for, how, why it matters, how to fix. */
export const explainCommand: RegisterCommand = (program, terminal) => {
  program
    .command('explain')
    .description('say what a check looks for, how, why it matters and how to fix it')
    .argument('<check>', 'id of a check, such as tenancy/cross-tenant-read')
    .action((id: string) => {
      const check = findCheck(id);
      if (check === null) throw new UserError(`there is no check ${JSON.stringify(id)}${suggest(id)}`);
      terminal.out(explanation(check));
    });
};

function suggest(id: string): string {
  const name = id.split('/').at(-1) ?? id;
  const near = checks.filter((check) => name !== '' && check.id.includes(name)).map((check) => check.id);
  return near.length > 0
    ? `: did you mean ${near.slice(0, 3).join(' or ')}?`
    : ': `launch-ready checks` lists them';
}

function explanation(check: AnyCheck): string {
  const section = (title: string, text: string): string => `${title}\n  ${text}\n\n`;
  const references = [
    ...check.references.owaspApi,
    ...check.references.asvs.map((id) => `ASVS ${id}`),
    ...check.references.cwe,
  ];
  const options = Object.entries(check.options).map(([name, value]) => `${name} = ${String(value)}`);
  return [
    `${check.id} (${check.severity})\n\n`,
    section('Good', check.title),
    section('Bad', check.failureTitle),
    section('Criterion', check.criterion),
    section('How it looks', check.how),
    section('Why it matters', check.why),
    section(
      `How to fix (${check.fix.effort})`,
      [check.fix.summary, ...check.fix.steps.map((step) => `- ${step}`)].join('\n  '),
    ),
    check.fix.today === null ? '' : section('Today', check.fix.today),
    options.length === 0 ? '' : section('Thresholds', options.join(', ')),
    section('Evidence', check.needs.join(', ')),
    section('References', references.join(', ')),
  ]
    .join('')
    .trimEnd()
    .concat('\n');
}
