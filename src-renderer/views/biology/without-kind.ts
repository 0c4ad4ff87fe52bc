/** Parameters of an analysis as its form holds them. */
export function withoutKind<T extends { readonly kind: string }>(parameters: T): Omit<T, 'kind'> {
  const entries = Object.entries(parameters).filter(([name]) => name !== 'kind');
  return Object.fromEntries(entries) as unknown as Omit<T, 'kind'>;
}
