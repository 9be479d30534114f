import type { Say } from './check-external.js';
import { durationSeconds } from './duration.js';
import { type Generator, generatorOf, hubOf, refreshIntervalOf } from './external-source.js';
import type { ExternalSourceSpec } from './spec.js';

const durationHint = 'write 1h, 30m, 1h30m';

/** Problems of intervals: what is no duration, and what lets a token expire before the next one is there. */
export function checkRefresh(external: ExternalSourceSpec, say: Say): void {
  const generator = generatorOf({ source: { external } });
  const hub = hubOf({ source: { external } });
  const interval = refreshIntervalOf(external);
  const seconds = durationSeconds(interval);
  const copySeconds = hub && durationSeconds(hub.copyInterval);
  if (seconds === undefined) {
    const hint = generator ? durationHint : `${durationHint}; 0s reads the store once`;
    say('refreshInterval', `refreshInterval "${interval}" is no duration`, hint);
  } else if (generator) sayLifetime(generator, interval, seconds, say);
  if (!hub) return;
  const copyKey = 'fanOut.hub.refreshInterval';
  if (copySeconds === undefined) say(copyKey, `refreshInterval "${hub.copyInterval}" is no duration`, durationHint);
  else if (copySeconds <= 0)
    say(copyKey, `refreshInterval ${hub.copyInterval} never passes a new value on`, durationHint);
  else if (generator && seconds !== undefined) {
    const lifetime = durationSeconds(generator.lifetime) ?? 0;
    if (seconds > 0 && seconds < lifetime && seconds + copySeconds >= lifetime)
      say(
        copyKey,
        `a token is made every ${interval} and passed on every ${hub.copyInterval}, together not below the ${generator.lifetime} that one of ${generator.name} lasts`,
        `the default is ${generator.refreshInterval} and ${generator.copyInterval}`,
      );
  }
}

function sayLifetime({ name, lifetime, refreshInterval }: Generator, given: string, seconds: number, say: Say): void {
  const hint = `the default is ${refreshInterval}`;
  if (seconds <= 0)
    say('refreshInterval', `refreshInterval ${given} makes one token, and one of ${name} lasts ${lifetime}`, hint);
  else if (seconds >= (durationSeconds(lifetime) ?? 0))
    say('refreshInterval', `refreshInterval ${given} is not below the ${lifetime} that a token of ${name} lasts`, hint);
}
