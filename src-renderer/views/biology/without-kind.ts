/** Parameters of an analysis as its form holds them. */
export function withoutKind<T extends { readonly kind: string }>(parameters: T): Omit<T, 'kind'> {
  const rest: Partial<T> = { ...parameters };
  delete rest.kind;
  return rest as Omit<T, 'kind'>;
}
