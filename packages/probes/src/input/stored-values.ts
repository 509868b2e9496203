import { isJsonObject } from '../plant/json-scalars.ts';

/** Every value that stands under this property name in parsed JSON, near the top first. */
export function storedValues(json: unknown, name: string): readonly unknown[] {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth < 5 && level.length > 0; depth += 1) {
    const found = level.filter(isJsonObject).filter((object) => name in object);
    if (found.length > 0) return found.map((object) => object[name]);
    level = level.flatMap((value) => (isJsonObject(value) ? Object.values(value) : []));
  }
  return [];
}
