import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { limitVariables } from '../limits/limits.ts';
import { ConfigError, readConfig } from './config.ts';

const safe = {
  NODE_ENV: 'production',
  ORIGIN: 'https://app.example.com',
  DATABASE_URL: 'postgresql://db.example.com/platform',
  PLATFORM_SECRET: 'k'.repeat(40),
  SMTP_URL: 'smtps://mail.example.com',
  MAIL_FROM: 'Platform <no-reply@example.com>',
};

const problemsOf = (env: Record<string, string | undefined>): string => {
  try {
    readConfig(env);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

it('accepts a safe configuration for production, and nothing at all for development', () => {
  expect(problemsOf(safe)).toBe('');
  expect(problemsOf({})).toBe('');
});

it.each([
  ['ORIGIN', 'http://app.example.com'],
  ['ORIGIN', undefined],
  ['DATABASE_URL', undefined],
  ['PLATFORM_SECRET', undefined],
  ['PLATFORM_SECRET', 'short'],
  ['SMTP_URL', undefined],
  ['MAIL_FROM', undefined],
  ['MAIL_FOLDER', '/tmp/mails'],
  ['PASSWORD_HASH', 'fast'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['DEBUG', 'true'],
  ['LOG_LEVEL', 'debug'],
])('refuses production with %s = %s', (name, value) => {
  expect(problemsOf({ ...safe, [name]: value })).toMatch(new RegExp(`\\b${name}\\b`));
});

it.each([
  ['PORT', '99999'],
  ['ORIGIN', 'https://app.example.com/path'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'https://a.example.com, not-an-origin'],
  ['TRUSTED_PROXIES', 'everybody'],
  ['INVITE_HOURS', '500'],
  ['ORGANISATION_CREATION', 'sometimes'],
  ['DATABASE_URL', 'mysql://x'],
])('names what is malformed: %s = %s', (name, value) => {
  expect(problemsOf({ [name]: value })).toContain(name);
});

it('is described in the README, with its standard numbers', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  for (const { variable, standard } of Object.values(limitVariables)) {
    const line = readme.split('\n').find((one) => one.includes(`\`${variable}\``));
    expect([variable, line]).toEqual([variable, expect.stringMatching(new RegExp(`\\b${standard}\\b`))]);
  }
  for (const name of [
    ...Object.keys(safe),
    'TRUSTED_PROXIES',
    'CORS_ORIGINS',
    'OPERATORS',
    'DATA_FOLDER',
  ].filter((one) => one !== 'NODE_ENV')) {
    expect(readme).toContain(`\`${name}\``);
  }
});
