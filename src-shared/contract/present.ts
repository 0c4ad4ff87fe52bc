/** A request's optional parts as exactOptionalPropertyTypes wants them: the keys that are undefined left out. */
export function present<T extends object>(
  value: T,
): { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } & {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as never;
}
