import type { ActorId } from '@launch-ready/core';

const named = (actor: ActorId): string => actor.replace(/[^a-z\d]+/gi, '_').toUpperCase();

/** Name of the environment variable that holds an actor's credential as whole header lines. */
export const credentialVariable = (actor: ActorId): string => `${named(actor)}_AUTH`;

/** Name of the environment variable that holds the account name an actor logs in with. */
export const usernameVariable = (actor: ActorId): string => `${named(actor)}_USERNAME`;

/** Name of the environment variable that holds an actor's password. */
export const passwordVariable = (actor: ActorId): string => `${named(actor)}_PASSWORD`;
