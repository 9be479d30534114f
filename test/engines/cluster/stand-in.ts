import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../engine.js';
import { ApiError } from './api-server.js';

/** In milliseconds. */
const longestPause = 5000;

/**
 * Something of ours that takes the place of a controller: it looks at the cluster again and again until stopped. After a
 * long look comes a long pause, so that many objects are not more load than a controller with a watch is.
 */
export abstract class StandIn implements Running {
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  /** @param every - milliseconds between two looks */
  protected constructor(private readonly every: number) {}

  /** Looks at every object once. */
  abstract reconcile(): Promise<unknown>;

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const begin = Date.now();
      try {
        await this.reconcile();
      } catch (error) {
        if (!isPassing(error)) throw error;
      }
      await sleep(Math.min(Math.max(this.every, 4 * (Date.now() - begin)), longestPause));
    }
  }
}

/** Something went or changed meanwhile, a namespace is going, or a connection broke off: the next look sees. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError
    ? [403, 404, 409].includes(error.status)
    : error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
