import { durationSeconds } from '../names/duration.js';
import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import { externalSource, type Generator, generatorOf, type Hub } from '../vocabulary/sources.js';
import type { ExternalSourceSpec } from '../vocabulary/spec.js';

/** Checks intervals: what is no duration, and what lets a token expire before the next one is there. */
export function checkRefresh(external: ExternalSourceSpec, at: At): void {
  const source = externalSource(external);
  const generator = generatorOf({ source });
  const { hub, refreshInterval: interval } = source;
  const ofCopies = at.key('fanOut', 'hub', 'refreshInterval');
  const isWrong = at.hears(() => {
    checkInterval(generator, interval, at.key('refreshInterval'));
    if (hub) checkCopyInterval(hub, ofCopies);
  });
  if (generator && hub && !isWrong) checkSum(generator, hub, interval, ofCopies);
}

function checkInterval(generator: Generator | undefined, interval: string, at: At): void {
  const seconds = durationSeconds(interval);
  if (seconds === undefined) return at.refuse('duration-invalid', words`refreshInterval "${interval}" is no duration`);
  if (seconds > 0 && seconds < 1)
    return at.refuse('duration-invalid', words`refreshInterval ${interval} is less than a second`);
  if (!generator) return;
  const { generator: name, lifetime, refreshInterval } = generator;
  const hint = words`the default is ${refreshInterval}`;
  if (seconds <= 0) {
    const message = words`refreshInterval ${interval} makes one token, and one of ${name} lasts ${lifetime}`;
    return at.refuse('refresh-too-late', message, hint);
  }
  if (seconds >= (durationSeconds(lifetime) ?? 0)) {
    const message = words`refreshInterval ${interval} is not below the ${lifetime} that a token of ${name} lasts`;
    at.refuse('refresh-too-late', message, hint);
  }
}

function checkCopyInterval({ copyInterval }: Hub, at: At): void {
  const seconds = durationSeconds(copyInterval);
  if (seconds === undefined) at.refuse('duration-invalid', words`refreshInterval "${copyInterval}" is no duration`);
  else if (seconds <= 0)
    at.refuse('duration-invalid', words`refreshInterval ${copyInterval} never passes a new value on`);
}

/** A namespace may fetch a token just before the next one is made. */
function checkSum(generator: Generator, { copyInterval }: Hub, interval: string, at: At): void {
  const [made = 0, fetched = 0, lasts = 0] = [interval, copyInterval, generator.lifetime].map(durationSeconds);
  if (made + fetched < lasts) return;
  at.refuse(
    'refresh-too-late',
    words`a token is made every ${interval} and passed on every ${copyInterval}, together not below the ${generator.lifetime} that one of ${generator.generator} lasts`,
    words`the default is ${generator.refreshInterval} and ${generator.copyInterval}`,
  );
}
