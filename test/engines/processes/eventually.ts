import { setTimeout as sleep } from 'node:timers/promises';

/** In milliseconds. */
const longestPause = 5000;

/** How long to wait. */
export interface Patience {
  /** Seconds. @default 60 */
  readonly seconds?: number;
  /** Why waiting is in vain; asked after each try. @default - it never is */
  readonly hopeless?: () => string | undefined;
  /** What to say besides the last answer when it never comes. */
  readonly otherwise?: () => string;
}

/**
 * Asks until an answer comes that is not undefined; an error counts as no answer. After a long answer comes a long pause.
 *
 * @throws Error with the last error when patience ends, or with the reason why it is hopeless
 */
export async function eventually<T>(ask: () => Promise<T | undefined>, patience: Patience = {}): Promise<T> {
  const { seconds = 60, hopeless, otherwise } = patience;
  const end = Date.now() + seconds * 1000;
  let last = 'no answer';
  for (;;) {
    const begin = Date.now();
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    const reason = hopeless?.() ?? (Date.now() > end ? `not after ${seconds} seconds: ${last}` : undefined);
    if (reason !== undefined) throw new Error(`${reason}\n${otherwise?.() ?? ''}`);
    await sleep(Math.min(Math.max(100, 4 * (Date.now() - begin)), longestPause));
  }
}
