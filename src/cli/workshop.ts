import type { Workshop } from '../manifests/make.js';
import type { Io } from './io.js';

/** Things from outside that making manifests takes, with a line of progress on a terminal. */
export function workshopOf({ environment, isTerminal, err, interrupted }: Io): Workshop {
  if (!isTerminal) return { environment, interrupted };
  return {
    environment,
    interrupted,
    progress: (done, of) => err(done < of ? `\rrendering ${done} of ${of}` : '\r\x1b[K'),
  };
}
