/** The sentence of an error, as it is shown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
