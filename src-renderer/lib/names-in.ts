/** Names that were pasted, once each, in their order; separated by spaces, commas, semicolons or lines. */
export function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter((name) => name !== ''))];
}
