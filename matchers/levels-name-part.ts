// Levels of a given name, middle name or family name alone: Jon / John → `typo`, Ann / A → `initial`, Ana / Anna Maria → `part`.
import { graded, isPart, letters } from './comparator.js';
import { soundKey } from './sound-key.js';
import { editDistance, foldText, jaroWinkler } from './string-distance.js';

export const namePart = graded(
  {
    levels: ['exact', 'accents', 'typo', 'initial', 'part', 'near', 'similar', 'same_initial', 'different'],
    near: 6,
    broad: ['initial'],
  },
  (a, b) => namePartLevel(foldText(a), foldText(b)),
);

function namePartLevel(a: string, b: string) {
  const x = letters(a);
  const y = letters(b);
  if (x === y) return 'accents';
  if (x.length === 0 || y.length === 0) return 'different';
  if (x.length === 1 || y.length === 1) return x[0] === y[0] ? 'initial' : 'different';
  const longest = Math.max(x.length, y.length);
  const distance = editDistance(x, y, 3);
  if (distance === 1 && longest > 2) return 'typo';
  if (isPart(a, b)) return 'part';
  if (distance === 2 && longest > 5) return 'near';
  if (soundKey(x) === soundKey(y) && longest > 3) return 'near';
  if (jaroWinkler(x, y) >= 0.85 || (distance === 3 && longest > 7)) return 'similar';
  return x[0] === y[0] ? 'same_initial' : 'different';
}
