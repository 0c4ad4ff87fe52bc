/** What messages are made of: JSON, and these arrays. */
export type TypedArray = Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** Something that is not a message. `message` is plain and without what was sent. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Levels of objects and lists in each other. */
const DEEPEST = 64;
/** Values in one message, typed arrays counted as one. */
const MOST = 4_000_000;

export type Path = readonly (string | number)[];

/**
 * Throws {@link Malformed} unless `value` is made only of null, booleans, finite numbers, strings, lists, plain objects
 * and the four typed arrays, 64 levels deep at most. Keys named `__proto__` are refused; undefined is taken for a key
 * that is left out.
 * @param found called for each typed array, with the keys that lead to it
 */
export function checkPlain(value: unknown, found?: (array: TypedArray, path: Path) => void): void {
  const path: (string | number)[] = [];
  let seen = 0;
  const visit = (part: unknown): void => {
    if (++seen > MOST) throw new Malformed('The message holds too many values.');
    if (isScalar(part)) return;
    if (path.length >= DEEPEST) throw new Malformed(`The message is more than ${DEEPEST} levels deep.`);
    if (isTypedArray(part)) found?.(part, [...path]);
    else if (Array.isArray(part)) for (let i = 0; i < part.length; i += 1) step(i, part[i]);
    else for (const [key, inner] of entriesOf(part)) if (inner !== undefined) step(key, inner);
  };
  const step = (key: string | number, part: unknown): void => {
    path.push(key);
    visit(part);
    path.pop();
  };
  visit(value);
}

export function isTypedArray(value: unknown): value is TypedArray {
  return (
    value instanceof Float32Array ||
    value instanceof Uint32Array ||
    value instanceof Uint16Array ||
    value instanceof Uint8Array
  );
}

/** Whether it has no parts. Throws for a number that JSON does not know. */
function isScalar(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value !== 'number') return false;
  if (!Number.isFinite(value)) throw new Malformed('The message holds a number that is not finite.');
  return true;
}

function entriesOf(value: unknown): [string, unknown][] {
  const plain = typeof value === 'object' && value !== null && isPlainPrototype(value);
  if (!plain) throw new Malformed('The message holds something that is not data.');
  if (Object.hasOwn(value, '__proto__')) throw new Malformed('The message holds a key that is not allowed.');
  return Object.entries(value);
}

/** Also of another realm, whose Object is a different one. */
function isPlainPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
