import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LARGEST = 2_000_000;
const KEPT = 3;

/** A text file that the processes of the app write on; when it is 2 MB long it becomes `<name>.1.log`, and so on to 3. */
export class LogFile {
  readonly #folder: string;
  readonly #name: string;
  #bytes: number | undefined;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  /** Never fails: a full disk must not end the work that is told about. */
  write(source: string, text: string): void {
    const stamp = `${new Date().toISOString()} ${source} `;
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0) return;
    const bytes = Buffer.from(lines.map((line) => `${stamp}${line}\n`).join(''));
    try {
      this.#open();
      if (this.#bytes! + bytes.length > LARGEST) this.#rotate();
      appendFileSync(this.#path(0), bytes);
      this.#bytes! += bytes.length;
    } catch {
      this.#bytes = undefined;
    }
  }

  #open(): void {
    if (this.#bytes !== undefined) return;
    mkdirSync(this.#folder, { recursive: true });
    this.#bytes = statSync(this.#path(0), { throwIfNoEntry: false })?.size ?? 0;
  }

  #rotate(): void {
    rmSync(this.#path(KEPT), { force: true });
    for (let i = KEPT - 1; i >= 0; i -= 1) {
      const from = this.#path(i);
      if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, this.#path(i + 1));
    }
    this.#bytes = 0;
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? `${this.#name}.log` : `${this.#name}.${age}.log`);
  }
}
