/** A name for one piece of work, so that its progress is recognised and it can be stopped. */
export function newTicket(kind: string): string {
  return `${kind}-${crypto.randomUUID().slice(0, 13)}`;
}
