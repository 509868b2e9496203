export { checks } from './all-checks.ts';
export { findCheck } from './find-check.ts';
export * from './profiles/profiles.ts';
export { findProfile, profiles } from './profiles/profiles.ts';
