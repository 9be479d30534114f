/** The colours of a text, by what is said in them. */
const codes = { bad: 31, good: 32, doubtful: 33, strong: 1, weak: 2 } as const;

/** Paints a text that is safe for a terminal already. */
export type Paint = (tone: keyof typeof codes, text: string) => string;

/** Paints, or leaves texts as they are where no colours are wanted. */
export function painter(isColoured: boolean): Paint {
  return (tone, text) => (isColoured ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text);
}
