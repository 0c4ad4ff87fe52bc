/** Short words that are no symbols of genes and molecules. */
const PLAIN = new Set(
  (
    'a acid and axon bile by cell cold cone down drug early fat for from gene heat heme hair host in into ion iron ' +
    'late like loss mast of off on or pore rod role site skin stem the to tube type up via with'
  ).split(' '),
);

/**
 * A term as people write it: without the prefix of its collection and in sentence case, where it is all in capitals;
 * symbols such as KRAS, G2M and DNA keep theirs. `HALLMARK_KRAS_SIGNALING_UP` → `KRAS signaling up`.
 */
export function termWords(term: string, category = ''): string {
  const bare = term.startsWith(`${category}_`) ? term.slice(category.length + 1) : term;
  const spaced = bare.replaceAll('_', ' ').trim();
  if (!/[A-Z]{2}/u.test(spaced) || /[a-z]/u.test(spaced)) return spaced;
  const words = spaced.split(' ').map((word) => (isSymbol(word) ? word : word.toLowerCase()));
  const sentence = words.join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function isSymbol(word: string): boolean {
  return (word.length <= 4 || /\d/u.test(word)) && !PLAIN.has(word.toLowerCase());
}
