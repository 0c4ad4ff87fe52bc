import { randomBytes, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

/** Who may use this server: whoever opened the printed address, once, and has had the cookie since. */
export class Sessions {
  readonly #cookies: Buffer[] = [];
  #token: Buffer | undefined;

  /** A token for a new address; the one before it no longer works. */
  newToken(): string {
    this.#token = randomBytes(BYTES);
    return this.#token.toString('base64url');
  }

  /** The cookie's value for a token, which does not work again; undefined when it is not the one. */
  exchange(token: string): string | undefined {
    if (this.#token === undefined || !same(this.#token, token)) return undefined;
    this.#token = undefined;
    const cookie = randomBytes(BYTES);
    this.#cookies.push(cookie);
    return cookie.toString('base64url');
  }

  /** Whether a Cookie header holds one that was given out. */
  knows(header: string | undefined, name: string): boolean {
    const value = cookieValue(header ?? '', name);
    return value !== undefined && this.#cookies.some((cookie) => same(cookie, value));
  }
}

/** In a time that does not tell how much was right. */
function same(secret: Buffer, text: string): boolean {
  const given = Buffer.from(text, 'base64url');
  return given.length === secret.length && timingSafeEqual(given, secret);
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return undefined;
}
