/** Takes note of what is wrong with a key of a source; a dot leads to a key inside. */
export type Say = (key: string, message: string, hint?: string) => void;
