import { durationSeconds } from '../names/duration.js';
import { externalSource, type Generator, generatorOf, type Hub } from '../vocabulary/sources.js';
import type { ExternalSourceSpec } from '../vocabulary/spec.js';
import type { Say } from './say.js';

const durationHint = 'write 1h, 30m, 1h30m';

/** Problems of intervals: what is no duration, and what lets a token expire before the next one is there. */
export function checkRefresh(external: ExternalSourceSpec, say: Say): void {
  const source = externalSource(external);
  const generator = generatorOf({ source });
  const { hub, refreshInterval: interval } = source;
  const seconds = durationSeconds(interval);
  const isWrong = sayInterval(generator, interval, seconds, say) || (hub !== undefined && sayCopies(hub, say));
  if (generator && hub && !isWrong) saySum(generator, hub, interval, say);
}

/** True if something was said. */
function sayInterval(
  generator: Generator | undefined,
  interval: string,
  seconds: number | undefined,
  say: Say,
): boolean {
  const wrong = (message: string, hint: string) => {
    say('refreshInterval', `refreshInterval ${message}`, hint);
    return true;
  };
  if (seconds === undefined)
    return wrong(`"${interval}" is no duration`, generator ? durationHint : `${durationHint}; 0s reads the store once`);
  if (seconds > 0 && seconds < 1) return wrong(`${interval} is less than a second`, durationHint);
  if (!generator) return false;
  const { generator: name, lifetime, refreshInterval } = generator;
  const hint = `the default is ${refreshInterval}`;
  if (seconds <= 0) return wrong(`${interval} makes one token, and one of ${name} lasts ${lifetime}`, hint);
  const isLate = seconds >= (durationSeconds(lifetime) ?? 0);
  return isLate && wrong(`${interval} is not below the ${lifetime} that a token of ${name} lasts`, hint);
}

const copyKey = 'fanOut.hub.refreshInterval';

/** True if something was said. */
function sayCopies({ copyInterval }: Hub, say: Say): boolean {
  const seconds = durationSeconds(copyInterval);
  if (seconds !== undefined && seconds > 0) return false;
  const why =
    seconds === undefined ? `"${copyInterval}" is no duration` : `${copyInterval} never passes a new value on`;
  say(copyKey, `refreshInterval ${why}`, durationHint);
  return true;
}

/** A namespace may fetch a token just before the next one is made. */
function saySum(generator: Generator, { copyInterval }: Hub, interval: string, say: Say): void {
  const [made = 0, fetched = 0, lasts = 0] = [interval, copyInterval, generator.lifetime].map(durationSeconds);
  if (made + fetched < lasts) return;
  say(
    copyKey,
    `a token is made every ${interval} and passed on every ${copyInterval}, together not below the ${generator.lifetime} that one of ${generator.generator} lasts`,
    `the default is ${generator.refreshInterval} and ${generator.copyInterval}`,
  );
}
