import { isIP } from 'node:net';
import * as z from 'zod';
import { type Limits, limitsFrom } from '../limits/limits.ts';

/** Everything about one running platform that is decided outside its code. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The one origin that browsers use; null until the port is known. */
  readonly origin: string | null;
  /** Database role that may create roles and owns the schema; null runs the embedded server. */
  readonly databaseUrl: string | null;
  /** Where the embedded server keeps its data. */
  readonly dataFolder: string | null;
  readonly secret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Folder of the embedded mail sink; only outside production. */
  readonly mailFolder: string | null;
  readonly trustedProxies: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly organisationCreation: 'open' | 'operators';
  readonly operators: readonly string[];
  readonly fastPasswordHash: boolean;
  readonly inviteHours: number;
  readonly logLevel: string;
  readonly limits: Limits;
}

/** Configuration that must be changed before the platform starts; one line for each reason. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const flag = z
  .enum(['true', 'false', '1', '0', ''])
  .default('')
  .transform((text) => text === 'true' || text === '1');

const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be scheme, host and port only, such as https://app.example.com',
  );

/** An address, or a network in CIDR notation. */
const isNetwork = (value: string): boolean => {
  const [address = '', bits, ...more] = value.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
};

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  ORIGIN: origin.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATA_FOLDER: z.string().min(1).optional(),
  PLATFORM_SECRET: z.string().optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).optional(),
  MAIL_FOLDER: z.string().min(1).optional(),
  TRUSTED_PROXIES: list.pipe(
    z.array(z.string().refine(isNetwork, 'must be addresses or networks such as 10.0.0.0/8')),
  ),
  CORS_ORIGINS: list.pipe(z.array(origin)),
  ORGANISATION_CREATION: z.enum(['open', 'operators']).default('open'),
  OPERATORS: list,
  PASSWORD_HASH: z.enum(['strong', 'fast']).default('strong'),
  INVITE_HOURS: z.coerce.number().int().min(24).max(72).default(48),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DEBUG: flag,
});

/**
 * Reads the configuration from environment variables.
 *
 * @throws ConfigError naming every variable that is malformed or, in production, unsafe.
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const problems = [...(production ? unsafeInProduction(values) : [])];
  if (values.OPERATORS.length === 0 && values.ORGANISATION_CREATION === 'operators') {
    problems.push('OPERATORS: name at least one address when ORGANISATION_CREATION is operators');
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    origin: values.ORIGIN ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    dataFolder: values.DATA_FOLDER ?? null,
    secret: values.PLATFORM_SECRET ?? developmentSecret,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? 'Launch Ready <no-reply@platform.test>',
    mailFolder: values.MAIL_FOLDER ?? null,
    trustedProxies: values.TRUSTED_PROXIES,
    corsOrigins: values.CORS_ORIGINS,
    organisationCreation: values.ORGANISATION_CREATION,
    operators: values.OPERATORS.map((address) => address.toLowerCase()),
    fastPasswordHash: values.PASSWORD_HASH === 'fast',
    inviteHours: values.INVITE_HOURS,
    logLevel: values.LOG_LEVEL,
    limits: limitsFrom(present),
  };
};

/** Good enough on one's own machine, where nobody else can reach the database; refused in production. */
export const developmentSecret = 'development only, never in production';

const unsafeInProduction = (values: z.infer<typeof environment>): readonly string[] => {
  const problems: string[] = [];
  if (values.ORIGIN === undefined || !values.ORIGIN.startsWith('https://')) {
    problems.push('ORIGIN: production needs an https origin');
  }
  if (values.DATABASE_URL === undefined)
    problems.push('DATABASE_URL: production needs a PostgreSQL server of its own');
  if (
    values.PLATFORM_SECRET === undefined ||
    values.PLATFORM_SECRET.length < 32 ||
    values.PLATFORM_SECRET === developmentSecret
  ) {
    problems.push('PLATFORM_SECRET: production needs a random secret of at least 32 characters');
  }
  if (values.SMTP_URL === undefined) problems.push('SMTP_URL: production needs a mail server');
  if (values.MAIL_FROM === undefined)
    problems.push('MAIL_FROM: production needs the address mails come from');
  if (values.MAIL_FOLDER !== undefined)
    problems.push('MAIL_FOLDER: the mail sink keeps mails in clear; remove it in production');
  if (values.PASSWORD_HASH === 'fast')
    problems.push('PASSWORD_HASH: fast is for tests; remove it in production');
  if (values.TRUSTED_PROXIES.some((proxy) => proxy === '0.0.0.0/0' || proxy === '::/0')) {
    problems.push('TRUSTED_PROXIES: trusting every address lets anybody choose the address that limits see');
  }
  if (values.DEBUG || values.LOG_LEVEL === 'debug')
    problems.push('DEBUG, LOG_LEVEL: no debug output in production');
  return problems;
};
