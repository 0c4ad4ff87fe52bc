import { writeFileSync } from 'node:fs';

/** A column of a Parquet file; `null` makes it a column that may be missing. */
export type ParquetColumn =
  | { readonly name: string; readonly type: 'double' | 'int64'; readonly values: readonly (number | null)[] }
  | { readonly name: string; readonly type: 'string'; readonly values: readonly (string | null)[] };

/** Thrift's compact protocol, as much of it as Parquet's metadata need. */
class Struct {
  readonly #bytes: number[] = [];
  #last = 0;

  static varint(value: number): number[] {
    const bytes: number[] = [];
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
    return [...bytes, value];
  }

  #field(id: number, type: number): void {
    this.#bytes.push(((id - this.#last) << 4) | type);
    this.#last = id;
  }

  integer(id: number, value: number, wide = false): this {
    this.#field(id, wide ? 6 : 5);
    this.#bytes.push(...Struct.varint(value * 2));
    return this;
  }

  text(id: number, value: string): this {
    this.#field(id, 8);
    this.#bytes.push(...Struct.varint(value.length), ...Buffer.from(value));
    return this;
  }

  struct(id: number, value: Struct): this {
    this.#field(id, 12);
    this.#bytes.push(...value.done());
    return this;
  }

  list(id: number, type: number, items: readonly (readonly number[])[]): this {
    this.#field(id, 9);
    this.#bytes.push(items.length < 15 ? (items.length << 4) | type : 0xf0 | type);
    if (items.length >= 15) this.#bytes.push(...Struct.varint(items.length));
    for (const item of items) this.#bytes.push(...item);
    return this;
  }

  done(): number[] {
    return [...this.#bytes, 0];
  }
}

const types = { double: 5, int64: 2, string: 6 } as const;
const STRUCT = 12;

/** Writes a Parquet file of one row group with plain, unpacked pages. `codec` only claims that it is packed so. */
export function writeParquet(path: string, columns: readonly ParquetColumn[], codec = 0): void {
  const rows = columns[0]!.values.length;
  const parts: Buffer[] = [Buffer.from('PAR1')];
  let offset = 4;
  const chunks = columns.map((column) => {
    const body = pageOf(column);
    const data = new Struct().integer(1, rows).integer(2, 0).integer(3, 3).integer(4, 3);
    const head = new Struct().integer(1, 0).integer(2, body.length).integer(3, body.length).struct(5, data);
    const page = Buffer.concat([Buffer.from(head.done()), body]);
    const about = new Struct()
      .integer(1, types[column.type])
      .list(2, 5, [[0]])
      .list(3, 8, [[...Struct.varint(column.name.length), ...Buffer.from(column.name)]])
      .integer(4, codec)
      .integer(5, rows, true)
      .integer(6, page.length, true)
      .integer(7, page.length, true)
      .integer(9, offset, true);
    const chunk = new Struct().integer(2, offset, true).struct(3, about);
    parts.push(page);
    offset += page.length;
    return chunk.done();
  });
  const group = new Struct().list(1, STRUCT, chunks).integer(2, offset, true).integer(3, rows, true);
  const schema = [
    new Struct().text(4, 'schema').integer(5, columns.length).done(),
    ...columns.map(({ name, type }) => {
      const element = new Struct().integer(1, types[type]).integer(3, 1).text(4, name);
      return (type === 'string' ? element.integer(6, 0) : element).done();
    }),
  ];
  const footer = Buffer.from(
    new Struct()
      .integer(1, 1)
      .list(2, STRUCT, schema)
      .integer(3, rows, true)
      .list(4, STRUCT, [group.done()])
      .done(),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  writeFileSync(path, Buffer.concat([...parts, footer, length, Buffer.from('PAR1')]));
}

/** Definition levels (which values are there), then the values that are. */
function pageOf({ type, values }: ParquetColumn): Buffer {
  const levels = values.flatMap((value) => [...Struct.varint(2), value === null ? 0 : 1]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(levels.length);
  const present = values.filter((value) => value !== null);
  const plain = present.map((value) => {
    if (type === 'string') {
      const text = Buffer.from(String(value));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(text.length);
      return Buffer.concat([length, text]);
    }
    const bytes = Buffer.alloc(8);
    if (type === 'double') bytes.writeDoubleLE(Number(value));
    else bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  });
  return Buffer.concat([size, Buffer.from(levels), ...plain]);
}
