import type { Config } from './config/config.ts';
import type { Database } from './database/database.ts';
import type { Identity } from './identity/identity.ts';
import type { Limiter } from './limits/limiter.ts';
import type { Log } from './logging/create-logger.ts';
import type { Mailer } from './mail/mailer.ts';

/** What handlers work with. */
export interface Services {
  readonly config: Config;
  /** The one origin that browsers use. */
  readonly origin: string;
  readonly database: Database;
  readonly identity: Identity;
  readonly limiter: Limiter;
  readonly mailer: Mailer;
  readonly log: Log;
  readonly now: () => Date;
}
