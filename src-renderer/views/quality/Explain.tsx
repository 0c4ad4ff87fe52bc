/** Held-out genes in plain words. */
export function Explain() {
  return (
    <section className="quality-explain" aria-label="What an evaluation is">
      <h1>How far can imputed genes be trusted?</h1>
      <p>
        Some genes were measured in the tissue as well as in the reference. An evaluation hides a part of
        them, lets each method impute them as if they had never been measured, and compares the result with
        the measurement. Then the next part is hidden, until every shared gene has been left out once.
      </p>
      <p className="muted">
        A correlation of 1 is a perfect map, 0 is no better than chance. Next to SpaGene run other published
        methods, and floors: simple predictions that a method has to beat to be worth its time. If a floor
        wins on your data, the verdict says so.
      </p>
    </section>
  );
}
