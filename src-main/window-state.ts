import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const bounds = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
const placement = z.strictObject({ bounds, maximized: z.boolean() });
export type Placement = z.infer<typeof placement>;
type Bounds = z.infer<typeof bounds>;

const stored = z.strictObject({
  version: z.literal(1),
  /** Display on which the window was last. */
  last: z.string().nullable(),
  displays: z.record(z.string(), placement),
  dark: z.boolean(),
});
type Stored = z.infer<typeof stored>;

/** A screen: its number and the part of it that windows may cover. */
export interface Screen {
  readonly id: number;
  readonly workArea: Bounds;
}

export const smallest = { width: 1024, height: 680 };
const usual = { width: 1280, height: 800 };
const MOST_DISPLAYS = 20;
/** Pixels of the window's upper edge that must be within reach. */
const REACH = 100;

/** Where the window was on each display, and whether it was dark, in a small file. */
export class WindowState {
  readonly #file: string;
  #state: Stored;

  constructor(file: string) {
    this.#file = file;
    this.#state = read(file);
  }

  /** Whether the page was dark when it was last seen: the colour of the window before there is a page. */
  get dark(): boolean {
    return this.#state.dark;
  }

  set dark(dark: boolean) {
    if (dark !== this.#state.dark) this.#save({ ...this.#state, dark });
  }

  /** Where to open the window: as on the display that it was last on, when that is here and the place within reach. */
  place(screens: readonly Screen[], primary: Screen): Placement {
    const screen = screens.find(({ id }) => String(id) === this.#state.last) ?? primary;
    const kept = this.#state.displays[String(screen.id)];
    const inReach = kept !== undefined && isInReach(kept.bounds, screen.workArea);
    return inReach ? kept : { bounds: centred(screen.workArea), maximized: false };
  }

  remember(screen: Screen, where: Placement): void {
    const last = String(screen.id);
    const others = Object.entries(this.#state.displays).filter(([id]) => id !== last);
    const displays = Object.fromEntries([...others.slice(1 - MOST_DISPLAYS), [last, where] as const]);
    this.#save({ ...this.#state, last, displays });
  }

  /** Losing it would lose nothing of the user's, so a full disk is no reason to stop. */
  #save(state: Stored): void {
    this.#state = state;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(`${this.#file}.new`, JSON.stringify(state));
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // The window opens in its usual place next time.
    }
  }
}

function read(file: string): Stored {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { version: 1, last: null, displays: {}, dark: false };
  }
}

function isInReach(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return across >= REACH && window.y >= area.y && window.y <= area.y + area.height - REACH;
}

function centred(area: Bounds): Bounds {
  const width = Math.max(Math.min(usual.width, area.width), Math.min(smallest.width, usual.width));
  const height = Math.max(Math.min(usual.height, area.height), Math.min(smallest.height, usual.height));
  const middle = (from: number, whole: number, part: number) =>
    from + Math.max(0, Math.round((whole - part) / 2));
  return { x: middle(area.x, area.width, width), y: middle(area.y, area.height, height), width, height };
}
