import { encode } from '../../src-shared/contract/wire.ts';
import type { CallName } from '../../src-shared/contract/handlers.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { validArgs } from './valid-calls.ts';

/** A message that no engine may act on, and how it came to be. */
export interface Malformation {
  readonly how: string;
  readonly data: string | Uint8Array;
}

type Bag = Record<string | number, unknown>;
interface Spot {
  readonly holder: Bag;
  readonly key: string;
  /** Keys from the message down, joined by dots. */
  readonly path: string;
}
type Mutation = (message: Bag, random: Random) => string | Uint8Array | undefined;

/** Keys below the arguments that may be missing. */
const mayBeMissing =
  /^(?:.*\.choice\.|.*\.spatial\.)(?:matrix|coordinates|section|labels)$|^(?:app:change-settings|project:change|job:change|files:list|project:example|files:choose)\..*|^(?:dataset:import|run:estimate|run:start|evaluation:start|analysis:start)\.name$|^export:write\.(?:genes|folder)$/u;
const isRequired = (call: string, path: string): boolean =>
  !mayBeMissing.test(`${call}.${path.replace(/^args\./u, '')}`) || path === 'job:change.id';
/** Records that take any key. */
const takesAnyKey = /(?:^|\.)(?:parameters|view)$/u;
const boundless = /\.(?:matrix|section|labels)$|\.parameters\./u;

const pick = <T>(list: readonly T[], random: Random): T => list[random.below(list.length)]!;
const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Every place in a message, those in lists too. */
function spots(holder: Bag, above = ''): Spot[] {
  return Object.keys(holder).flatMap((key) => {
    const path = above === '' ? key : `${above}.${key}`;
    const value = holder[key];
    return [{ holder, key, path }, ...(isBag(value) ? spots(value, path) : [])];
  });
}

function bags(message: Bag): { readonly bag: Bag; readonly path: string }[] {
  const inner = spots(message).filter(({ holder, key }) => isBag(holder[key]) && !Array.isArray(holder[key]));
  return [
    { bag: message, path: '' },
    ...inner.map(({ holder, key, path }) => ({ bag: holder[key] as Bag, path })),
  ];
}

const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

/** Puts text where JSON.stringify would never put it. */
function withText(
  message: Bag,
  place: (bag: Bag) => void,
  holder: Bag,
  from: string,
  to: string,
): string | undefined {
  place(holder);
  const text = encode(message);
  return typeof text === 'string' ? text.replace(from, to) : undefined;
}

const mutations: Readonly<Record<string, Mutation>> = {
  'wrong type': (message, random) => {
    const { holder, key, path } = pick(spots(message), random);
    const poisons: unknown[] = [[[]]];
    if (typeof holder[key] !== 'boolean') poisons.push(true);
    if (!takesAnyKey.test(path)) poisons.push({ poison: 1 });
    holder[key] = pick(poisons, random);
    return encode(message);
  },
  'missing key': (message, random) => {
    const call = message['call'] as string;
    const possible = spots(message).filter(
      ({ holder, path }) =>
        !Array.isArray(holder) &&
        !path.includes('parameters.') &&
        (isRequired(call, path) || path === 'call'),
    );
    const { holder, key } = pick(possible, random);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a key that is missing is what is wanted
    delete holder[key];
    return encode(message);
  },
  'extra key': (message, random) => {
    const { bag } = pick(
      bags(message).filter(({ path }) => !takesAnyKey.test(path)),
      random,
    );
    bag[pick(['constructor', 'more', 'toString', 'id2', '', 'path '], random)] = pick(
      [1, null, 'x', {}],
      random,
    );
    return encode(message);
  },
  __proto__: (message, random) => {
    const { bag } = pick(bags(message), random);
    return withText(message, (target) => (target['PROTO'] = { path: '/etc' }), bag, '"PROTO"', '"__proto__"');
  },
  'huge string': (message, random) => {
    const possible = spots(message).filter(
      ({ holder, key, path }) => typeof holder[key] === 'string' && !boundless.test(path),
    );
    const { holder, key } = pick(possible, random);
    holder[key] = 'x'.repeat(20_001 + random.below(200_000));
    return encode(message);
  },
  'deep nesting': (message, random) => {
    const text = encode({ ...message, args: 'ARGS' }) as string;
    const depth = 64 + random.below(5000);
    const view = `{"view":{"a":${nested(depth)}}}`;
    return text.replace('"ARGS"', random.below(2) === 0 ? view : nested(depth));
  },
  'no number': (message, random) => {
    const possible = spots(message).filter(({ holder, key }) => typeof holder[key] === 'number');
    const { holder, key } = pick(possible, random);
    const to = pick(['1e999', '-1e999', '-1', '1.5', 'NaN'], random);
    const anyFits = key.includes('.') && (to === '-1' || to === '1.5');
    if (anyFits) return undefined;
    return withText(message, (bag) => (bag[key] = 'NUMBER'), holder, '"NUMBER"', to);
  },
  'unknown call': (message, random) => {
    const names = [
      'constructor',
      '__proto__',
      'toString',
      'app:Info',
      'app:info ',
      '',
      'run:start\0',
      'hasOwnProperty',
    ];
    return encode({ ...message, call: pick(names, random) });
  },
  'not a request': (message, random) => {
    const text = encode({ id: message['id'], call: message['call'], args: {} }) as string;
    return pick(
      ['null', '7', '"x"', '[]', '{}', `[${text}]`, JSON.stringify(text), '', ' ', `${text},`],
      random,
    );
  },
  'cut off': (message, random) => {
    const data = encode(message);
    return data.slice(0, random.below(data.length));
  },
  garbage: (_, random) => {
    const bytes = Uint8Array.from({ length: random.below(2000) }, () => random.below(256));
    return random.below(2) === 0 ? bytes : Buffer.from(bytes).toString('latin1');
  },
  'wrong header': (message, random) => {
    const arrays = [{ path: ['args', 'cells'], type: 'u32', length: 2 }];
    const wrong = pick<Bag>(
      [
        { type: 'f32' },
        { type: 'u16', length: 4 },
        { type: 'u8', length: 8 },
        { length: 1 + 2 ** random.below(50) * 3 },
        { length: -1 },
        { path: [] },
        { path: ['args'] },
        { path: ['args', '__proto__'] },
        { path: ['args', 'cells', 'length'] },
      ],
      random,
    );
    const head = { message: { ...message, args: { cells: null } }, arrays: [{ ...arrays[0], ...wrong }] };
    return frame({ ...head, message: { ...head.message, call: 'map:cell-names' } }, new Uint8Array(8));
  },
};

function frame(head: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = Math.ceil((4 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(data, start);
  return bytes;
}

/** `count` messages made from valid ones, the same for the same seed; each kind of damage as often as the others. */
export function* malformations(count: number, seed: number): Generator<Malformation> {
  const random = new Random(seed);
  const names = Object.keys(validArgs) as CallName[];
  const kinds = Object.keys(mutations);
  for (let made = 0; made < count;) {
    const [kind, call] = [kinds[made % kinds.length]!, pick(names, random)];
    const message = structuredClone({ id: made, call, args: validArgs[call] }) as unknown as Bag;
    const data = mutations[kind]!(message, random);
    if (data === undefined) continue;
    made += 1;
    yield { how: `${kind} of ${call}`, data };
  }
}
