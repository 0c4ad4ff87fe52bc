import { UserError } from '../../src-shared/contract/errors.ts';
import { calls, isCallName, type CallName, type Handlers } from '../../src-shared/contract/handlers.ts';
import { request, type Failure, type Request, type Response } from '../../src-shared/contract/messages.ts';
import { checkPlain, Malformed } from '../../src-shared/contract/plain.ts';

/** A message that could be read as a request, or the answer to one that could not. */
export function readRequest(message: unknown): Request | Response {
  const parsed = request.safeParse(message);
  if (parsed.success) return parsed.data;
  return refuse(
    idOf(message),
    'malformed',
    'This is not a request: it needs an id, the name of a call and its args.',
  );
}

export function isResponse(message: Request | Response): message is Response {
  return 'ok' in message;
}

/** Answers one message from a page: every fault of it is a Failure, and only what was parsed reaches a handler. */
export async function dispatch(handlers: Partial<Handlers>, message: unknown): Promise<Response> {
  const read = readRequest(message);
  if (isResponse(read)) return read;
  const { id, call } = read;
  if (!isCallName(call)) return refuse(id, 'unknown-call', 'There is no such call.');
  const handler = handlers[call];
  if (handler === undefined) return refuse(id, 'unknown-call', 'There is no such call.');
  return answer(handler as never, call, read);
}

/** Parses the arguments of a request and runs its handler. */
export async function answer<K extends CallName>(
  handler: Handlers[K],
  call: K,
  { id, args }: Request,
): Promise<Response> {
  const parsed = parseArgs(call, args);
  if (typeof parsed === 'string') return refuse(id, 'malformed', parsed);
  try {
    return { id, ok: true, value: await handler(parsed.data as Parameters<Handlers[K]>[0]) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error, call) };
  }
}

/** @returns what is wrong, as a sentence */
function parseArgs(call: CallName, args: unknown): { data: unknown } | string {
  try {
    checkPlain(args);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
  const parsed = calls[call].args.safeParse(args);
  if (parsed.success) return { data: parsed.data };
  const issue = parsed.error.issues[0];
  const where =
    issue === undefined || issue.path.length === 0
      ? 'The arguments'
      : `"${issue.path.join('.').slice(0, 80)}"`;
  return `${where} of ${call} cannot be used (${issue?.code ?? 'unreadable'}).`;
}

export function refuse(id: number | null, code: Failure['code'], message: string): Response {
  return { id, ok: false, failure: { code, message } };
}

/** What the page is told about an error. A fault of ours is told plainly; its trace is for SPAGENE_DEBUG. */
export function failureOf(error: unknown, doing: string): Failure {
  if (error instanceof UserError) {
    const place = Object.keys(error.place).length === 0 ? {} : { place: error.place };
    return { code: error.kind, message: error.message, ...place };
  }
  const what = error instanceof Error ? error.message : String(error);
  const trace =
    process.env['SPAGENE_DEBUG'] !== undefined && error instanceof Error ? `\n${error.stack}` : '';
  process.stderr.write(`spagene: ${doing}: ${what}${trace}\n`);
  const message = `Something went wrong that is not your fault (${what.slice(0, 300)}). Please report it.`;
  return { code: 'internal', message };
}

function idOf(message: unknown): number | null {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}
