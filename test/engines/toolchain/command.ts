import { type ChildProcess, spawn } from 'node:child_process';

const running = new Set<ChildProcess>();

/** How a command is run. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input. */
  readonly input?: string;
}

/**
 * Runs a command and answers its standard output.
 *
 * @throws Error with the end of what it said when it fails
 */
export async function command(program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { input = '', cwd, env } = options;
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  // A program may end without reading its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await ended(child);
  if (code === 0) return out.text();
  const said = (err.text() || out.text()).slice(-4000);
  throw new Error(`${program} ${args[0]} ended with ${code}\n${[program, ...args].join(' ')}\n${said}`);
}

/** Waits for a child; meanwhile {@link stopCommands} reaches it. */
export async function ended(child: ChildProcess): Promise<number | string> {
  running.add(child);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
    });
  } finally {
    running.delete(child);
  }
}

/** Passes a signal on to the commands that run. */
export function stopCommands(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

function collect(stream: NodeJS.ReadableStream): { text(): string } {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { text: () => Buffer.concat(chunks).toString('utf8') };
}
