import { join } from 'node:path';

/** Everything the tier keeps between runs; git ignores it. */
export const cacheFolder = join(process.cwd(), '.cache/engines');

/** The Go tools modules, one folder each. */
export const modulesFolder = join(process.cwd(), 'test/engines/modules');
