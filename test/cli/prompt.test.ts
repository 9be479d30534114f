import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { resolve } from 'node:path';
import { askHidden, type PromptTerminal } from '../../src/cli/prompt.js';
import { makeCertificate } from '../sealing/certificates.js';
import { cli, deployment, filesOf, folderOf, where } from '../support.js';

/** A terminal that remembers what was asked of it. */
class Terminal extends EventEmitter {
  readonly done: string[] = [];
  shown = '';
  stop = () => {};
  isKept = false;
  isInterrupted = false;

  setRawMode(isRaw: boolean): never {
    this.done.push(isRaw ? 'raw' : 'cooked');
    return undefined as never;
  }
  setEncoding = (): never => undefined as never;
  resume = (): never => undefined as never;
  pause(): never {
    this.done.push('pause');
    return undefined as never;
  }

  ask(): Promise<string> {
    return askHidden('Password: ', {
      input: this as unknown as PromptTerminal['input'],
      show: (text) => {
        this.shown += text;
      },
      interrupted: (stop) => {
        this.stop = stop;
        return () => {
          this.isKept = true;
        };
      },
      interrupt: () => {
        this.isInterrupted = true;
      },
    });
  }
}

test.each([
  ['a line', ['hunter2\r'], 'hunter2'],
  ['letter by letter', ['h', 'u', 'n', '\r'], 'hun'],
  ['with a line feed', ['hunter2\nmore'], 'hunter2'],
  ['with corrections', ['hunx\u007fy\bter\r'], 'hunter'],
  ['begun anew', ['wrong\u0015right\r'], 'right'],
  ['with letters of several bytes', ['p\u00e4ss\u{1f511}\u007f\u{1f511}\r'], 'p\u00e4ss\u{1f511}'],
  ['ended by the end of input', ['hunter2\u0004'], 'hunter2'],
])('a password is taken as it is typed: %s', async (_what, parts, expected) => {
  const terminal = new Terminal();
  const answer = terminal.ask();
  for (const part of parts) terminal.emit('data', part);
  expect(await answer).toBe(expected);
  expect(terminal.shown).toBe('Password: \n');
  expect(terminal.done).toEqual(['raw', 'cooked', 'pause']);
  expect([terminal.isKept, terminal.listenerCount('data')]).toEqual([true, 0]);
});

test.each(['\u0004', 'end'])('nothing typed is refused (%j)', async (what) => {
  const terminal = new Terminal();
  const answer = terminal.ask();
  terminal.emit(what === 'end' ? 'end' : 'data', what);
  await expect(answer).rejects.toThrow('no password was typed');
  expect(terminal.done).toEqual(['raw', 'cooked', 'pause']);
});

test('a typed interruption gives the terminal back before the process ends', () => {
  const terminal = new Terminal();
  terminal.ask();
  terminal.emit('data', 'hunt\u0003');
  expect([terminal.isInterrupted, terminal.done]).toEqual([true, ['raw', 'cooked', 'pause']]);
});

test('a signal gives the terminal back, too', () => {
  const terminal = new Terminal();
  terminal.ask();
  terminal.stop();
  expect(terminal.done).toEqual(['raw', 'cooked', 'pause']);
});

const certificate = makeCertificate();
const config = `version: 1
registries: { quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [quay], source: { sealed: {} } } }
workloads: [apps]
clusters: { prod: { sealing: { certificate: prod.pem } } }
`;
const repository = () =>
  folderOf({
    'image-pull.yaml': config,
    'prod.pem': certificate.pem,
    'apps/a.yaml': deployment('team-a', 'web', ['quay.io/acme/web']),
  });

test('nobody is asked in a pipe', async () => {
  const { code, err } = await cli(repository(), 'seal', 'pull', '--username', 'robot');
  expect(code).toBe(2);
  expect(err).toContain('standard input is no terminal');
  expect(err).toContain('--password-stdin');
});

/** Runs seal at a terminal of its own, types what it is given once it is asked, and says what the terminal showed. */
const atTerminal = `
import os, pty, select, sys, termios, time
folder, node, program, typed = sys.argv[1:5]
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.execv(node, [node, program, 'seal', 'pull', '--username', 'robot'])
shown, isTyped, echo = b'', False, None
while True:
    if not select.select([terminal], [], [], 60)[0]: break
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part: break
    shown += part
    if b'Password of robot' in shown and not isTyped:
        isTyped = True
        time.sleep(0.3)
        echo = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
        os.write(terminal, typed.encode().decode('unicode_escape').encode('latin1'))
    try:
        after = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
    except termios.error:
        pass
status = os.waitpid(pid, 0)[1]
print(repr(shown), 'echo', echo, 'after', after, 'signal', os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
`;
const hasPty = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;

where(hasPty, 'at a terminal of its own', 'Python, which makes a terminal, is not here', () => {
  const run = (folder: string, typed: string) =>
    spawnSync('python3', ['-c', atTerminal, folder, process.execPath, resolve('lib/cli/bin.js'), typed], {
      encoding: 'utf8',
    }).stdout;

  test('the password is not shown, and what is typed is sealed', () => {
    const folder = repository();
    const said = run(folder, 'hunter2-unseen\\r');
    expect(said).toContain('1 namespace sealed');
    expect(said).toMatch(/echo False after True signal 0/);
    expect(said + Object.values(filesOf(folder)).join()).not.toContain('hunter2');
  });

  test('an interruption leaves nothing but a terminal that shows again what is typed', () => {
    const folder = repository();
    const before = filesOf(folder);
    expect(run(folder, 'hunt\\x03')).toMatch(/echo False after True signal 2/);
    expect(filesOf(folder)).toEqual(before);
  });
});
