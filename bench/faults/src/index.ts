export { worldTarget } from './walk/world-target.ts';
export { crowdWorld } from './worlds/crowd-world.ts';
