import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../../traps/store.ts';
import { HallClock } from './hall-clock.ts';

/** Life of a refresh token. */
export const refreshSeconds = 7 * 86_400;

/** Somebody with an account of the hall. */
export interface Person {
  readonly id: string;
  readonly email: string;
  password: string;
  suspended: boolean;
}

/** One login: what is known of it on the server. */
export interface Login {
  readonly id: string;
  readonly person: Person;
  /** Time in milliseconds at which it ended; null while it lives. */
  endedAt: number | null;
}

/** A refresh token as the server keeps it. */
export interface Refresh {
  readonly secret: string;
  readonly login: Login;
  /** Time in milliseconds after which it is good for nothing. */
  readonly until: number;
  usedAt: number | null;
  successor: Refresh | null;
}

export type Role = 'admin' | 'member';

/** People, teams and logins of one start of the hall. */
export class House {
  readonly people: Person[];
  readonly #members = new Map<string, Map<string, Role>>();
  readonly #logins = new Map<string, Login>();
  readonly #refreshes = new Map<string, Refresh>();
  readonly clock = new HallClock();

  constructor(accounts: readonly Account[]) {
    this.people = accounts.map(({ email, password }) => ({
      id: randomUUID(),
      email,
      password,
      suspended: false,
    }));
    for (const [index, { tenant, role }] of accounts.entries()) {
      const person = this.people[index];
      if (person !== undefined) this.team(tenant).set(person.id, role === 'admin' ? 'admin' : 'member');
    }
  }

  /** Somebody new, in no team and without a password that anybody knows. */
  join(email: string): Person {
    const person = { id: randomUUID(), email, password: randomUUID(), suspended: false };
    this.people.push(person);
    return person;
  }

  team(name: string): Map<string, Role> {
    const known = this.#members.get(name) ?? new Map<string, Role>();
    this.#members.set(name, known);
    return known;
  }

  /** Roles of a person by team. */
  rolesOf(person: Person): Readonly<Record<string, Role>> {
    return Object.fromEntries(
      [...this.#members].flatMap(([team, members]) => {
        const role = members.get(person.id);
        return role === undefined ? [] : [[team, role]];
      }),
    );
  }

  open(person: Person, id: string = randomBytes(24).toString('hex')): Login {
    const login: Login = { id, person, endedAt: null };
    this.#logins.set(id, login);
    return login;
  }

  login(id: string): Login | undefined {
    return this.#logins.get(id);
  }

  loginsOf(person: Person): readonly Login[] {
    return [...this.#logins.values()].filter((login) => login.person === person);
  }

  refresh(login: Login): Refresh {
    const made: Refresh = {
      secret: randomBytes(32).toString('base64url'),
      login,
      until: this.clock.now() + refreshSeconds * 1000,
      usedAt: null,
      successor: null,
    };
    this.#refreshes.set(made.secret, made);
    return made;
  }

  refreshBy(secret: string): Refresh | undefined {
    return this.#refreshes.get(secret);
  }
}
