/** Nothing from elsewhere, no inline script, no eval; deck.gl and Recharts place things with style attributes. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/**
 * Headers of every answer.
 * @param host of the WebSocket: some browsers do not take ws: for 'self'; left out where there is none
 */
export function safeHeaders(host?: string): Record<string, string> {
  const socket = host === undefined ? '' : ` ws://${host}`;
  const csp = policy.map((rule) => (rule.startsWith('connect-src') ? `${rule}${socket}` : rule));
  return {
    'Content-Security-Policy': csp.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  };
}
