/** A field of a CSV file (RFC 4180), quoted only where a reader would otherwise cut or trim it. */
export function csvField(text: string): string {
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
