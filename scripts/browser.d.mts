export function installedBrowser(): string | undefined;
export function obtainBrowser(): string | undefined;
