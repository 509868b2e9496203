import { type DestinationStream, type Logger, pino } from 'pino';

/** Something that happened which somebody who guards the platform wants to know. */
type SecurityEvent =
  | 'login.succeeded'
  | 'login.failed'
  | 'login.limited'
  | 'logout'
  | 'password.changed'
  | 'password.reset'
  | 'password.reset-requested'
  | 'account.created'
  | 'address.verified'
  | 'session.revoked'
  | 'organisation.created'
  | 'organisation.deleted'
  | 'member.joined'
  | 'member.left'
  | 'member.removed'
  | 'role.changed'
  | 'invite.created'
  | 'invite.revoked'
  | 'invite.refused'
  | 'request.cross-site'
  | 'request.forbidden'
  | 'limit.reached';

/** Facts that may stand in a log. There is no field for a text that a person or a client wrote. */
export interface LogFacts {
  readonly request?: string;
  readonly method?: string;
  /** The pattern of the route, never the URL, which may hold secrets. */
  readonly route?: string;
  readonly status?: number;
  readonly ms?: number;
  readonly user?: string;
  readonly tenant?: string;
  readonly limit?: string;
  readonly role?: string;
  readonly errorName?: string;
  readonly errorCode?: string;
  /** Where in the code, without the error's message, which may quote input. */
  readonly errorAt?: readonly string[];
  readonly port?: number;
  readonly checks?: number;
  readonly reason?: string;
}

export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
  security(event: SecurityEvent, facts?: LogFacts): void;
}

/** Names of the facts, so that nothing else gets through where types do not hold. */
const allowed: readonly (keyof LogFacts)[] = [
  'request',
  'method',
  'route',
  'status',
  'ms',
  'user',
  'tenant',
  'limit',
  'role',
  'errorName',
  'errorCode',
  'errorAt',
  'port',
  'checks',
  'reason',
];

const pick = (facts: LogFacts): Record<string, unknown> =>
  Object.fromEntries(allowed.filter((name) => facts[name] !== undefined).map((name) => [name, facts[name]]));

/** A log of JSON lines that holds allow-listed facts only. */
export const createLog = (level: string, destination?: DestinationStream): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' };
  const logger: Logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    info: (event, facts = {}) => logger.info(pick(facts), event),
    warn: (event, facts = {}) => logger.warn(pick(facts), event),
    error: (event, facts = {}) => logger.error(pick(facts), event),
    security: (event, facts = {}) => logger.info({ security: true, ...pick(facts) }, event),
  };
};

/** Name, code and places of an error, without its message. */
export const errorFacts = (error: unknown): LogFacts => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const places = (error.stack ?? '')
    .replace(error.message, () => '')

    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
  return {
    errorName: error.name,
    ...('code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {}),
    errorAt: places,
  };
};
