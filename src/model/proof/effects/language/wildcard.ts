/** Whether a text matches a pattern of Kyverno: `*` is any run of characters, `?` one. Time is the product of the lengths. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let starAt = -1;
  let resume = 0;
  let at = 0;
  let index = 0;
  while (index < text.length) {
    const char = pattern[at];
    if (char === '*') {
      starAt = at++;
      resume = index;
    } else if (char === '?' || (char !== undefined && char === text[index])) {
      at++;
      index++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      index = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Whether a text is a pattern at all. */
export function isWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
