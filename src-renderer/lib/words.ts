/** Numbers and durations as people say them. */

/** 1234567 → 1,234,567. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** "1 cell", "3,000 cells". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}

/** Bytes with a unit: 1.4 GB. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let at = 0;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at += 1;
  }
  return `${size.toFixed(at > 0 && size < 10 ? 1 : 0)} ${units[at]!}`;
}

/** "40 seconds", "5 minutes", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under a second';
  if (seconds < 90) return counted(Math.round(seconds), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? counted(hours, 'hour') : `${hours} h ${minutes % 60} min`;
}
