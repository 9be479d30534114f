import path from 'node:path';
import { At } from '../../model/problem/at.js';
import type { Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import { findProgram } from '../../run/find-program.js';
import { runProgram } from '../../run/run-program.js';

/** A program that renders, as `renderers` pins it. */
export type RendererName = 'kustomize' | 'helm';

/** A program on PATH. */
export interface FoundRenderer {
  readonly program: string;
  /** Words in front of the arguments of a build: `kustomize` of kubectl. */
  readonly command: readonly string[];
  /** As it says itself, without `v`. */
  readonly version: string;
}

/** The programs of each renderer: the first that is on PATH counts, asked for its version. */
const candidates: Readonly<Record<RendererName, readonly Candidate[]>> = {
  kustomize: [
    { name: 'kustomize', command: ['build'], ask: ['version'] },
    { name: 'kubectl', command: ['kustomize'], ask: ['version', '--client'] },
  ],
  helm: [{ name: 'helm', command: ['template'], ask: ['version', '--template', '{{.Version}}'] }],
};

interface Candidate {
  readonly name: string;
  readonly command: readonly string[];
  readonly ask: readonly string[];
}

const install: Readonly<Record<RendererName, string>> = {
  kustomize:
    'install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize) or kubectl, and put it on PATH',
  helm: 'install helm (https://helm.sh/docs/intro/install), and put it on PATH',
};

/** How programs are run. */
export interface RunOptions {
  readonly searchPath: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Finds a renderer, and holds its version against the one that is pinned. */
export async function findRenderer(
  name: RendererName,
  pin: string | undefined,
  options: RunOptions,
): Promise<FoundRenderer | Problem> {
  for (const { name: program, command, ask } of candidates[name]) {
    const found = findProgram(program, options.searchPath);
    if (found === undefined) continue;
    const version = await versionOf(found, ask, options);
    if (typeof version !== 'string') return brokenProblem(name, found, version.reason);
    if (pin !== undefined && !isPinned(version, pin)) return versionProblem(name, program, version, pin);
    return { program: found, command, version };
  }
  return At.of().find(
    'renderer-missing',
    words`${name} is not on PATH, so nothing that it renders was seen`,
    words`${install[name]}`,
  );
}

async function versionOf(
  program: string,
  ask: readonly string[],
  { cwd, env, timeoutMs, signal }: RunOptions,
): Promise<string | { readonly reason: string }> {
  const end = await runProgram({ program, args: ask, cwd, env, timeoutMs, mostBytes: 1024 * 1024, signal });
  if (end.ended !== 'well') return { reason: end.ended === 'unstarted' ? end.reason : `it does not say its version` };
  return versionIn(end.stdout.toString('utf8')) ?? { reason: 'it does not say its version' };
}

/** A version out of what a program says: of kubectl the one of its kustomize. */
function versionIn(text: string): string | undefined {
  const line = text.split('\n').find((each) => /kustomize version/i.test(each)) ?? text;
  return /\bv?(\d+\.\d+(?:\.\d+)?(?:[-+][\w.+-]*)?)/.exec(line)?.[1];
}

/** True if a version begins with the parts of a pin. */
function isPinned(version: string, pin: string): boolean {
  const parts = version.split(/[.+-]/);
  return pin
    .replace(/^v/, '')
    .split(/[.+-]/)
    .every((part, index) => part === parts[index]);
}

function versionProblem(name: RendererName, program: string, version: string, pin: string): Problem {
  return At.of().refuse(
    'renderer-version',
    words`${program} on PATH renders with ${name} ${version}, and renderers.${name} is ${pin}`,
    words`install ${name} ${pin}, or change renderers.${name}`,
  );
}

function brokenProblem(name: RendererName, program: string, reason: string): Problem {
  return At.of().find(
    'renderer-missing',
    words`${path.basename(program)} on PATH cannot be used: ${reason}`,
    words`${install[name]}`,
  );
}

/**
 * The whole environment of a renderer: nothing of the user's own, no way to the network, no configuration and no
 * credential to be found.
 */
export function rendererEnvironment(searchPath: string | undefined, home: string): Record<string, string> {
  // Nobody listens at the port for discarded text.
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  return {
    PATH: searchPath ?? '',
    HOME: home,
    TMPDIR: home,
    LANG: 'C',
    ...Object.fromEntries(proxies.map((name) => [name, 'http://127.0.0.1:9'])),
    NO_PROXY: '',
    no_proxy: '',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
}
