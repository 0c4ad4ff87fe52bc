/** Ridge regression of standardised columns, written for the test only: rows are cells, columns genes. */
export function ridge(x: number[][], y: number[][], xNew: number[][], penalty: number): number[][] {
  const [a, aNew] = [standardise(x), standardise(xNew)];
  const n = a[0]!.length;
  const gram = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_j, j) => a.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  for (let i = 0; i < n; i++) gram[i]![i]! += penalty;
  const b = standardise(y);
  const right = Array.from({ length: n }, (_, i) =>
    b[0]!.map((_value, j) => a.reduce((sum, row, r) => sum + row[i]! * b[r]![j]!, 0)),
  );
  const weights = solve(gram, right);
  return aNew.map((row) =>
    weights[0]!.map((_value, j) => row.reduce((sum, value, i) => sum + value * weights[i]![j]!, 0)),
  );
}

/** Pearson's correlation per column. */
export function columnCorrelations(a: number[][], b: number[][]): number[] {
  const [p, q] = [standardise(a), standardise(b)];
  return p[0]!.map((_value, j) => p.reduce((sum, row, r) => sum + row[j]! * q[r]![j]!, 0) / p.length);
}

function standardise(rows: number[][]): number[][] {
  const columns = rows[0]!.map((_value, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length;
    return { mean, scale: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
  });
  return rows.map((row) => row.map((value, j) => (value - columns[j]!.mean) * columns[j]!.scale));
}

/** Gauss–Jordan elimination with pivoting. */
function solve(matrix: number[][], right: number[][]): number[][] {
  const rows = matrix.map((row, i) => [...row, ...right[i]!]);
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let r = k + 1; r < rows.length; r++)
      if (Math.abs(rows[r]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = r;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let r = 0; r < rows.length; r++) {
      if (r === k) continue;
      const factor = rows[r]![k]! / rows[k]![k]!;
      for (let j = k; j < rows[k]!.length; j++) rows[r]![j]! -= factor * rows[k]![j]!;
    }
  }
  return rows.map((row, k) => row.slice(rows.length).map((value) => value / row[k]!));
}
