import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workFolder } from '../session.js';
import { command } from '../toolchain/command.js';
import { GitServer } from './git-server.js';

/** Text of a file by its path; undefined removes the file. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** A Git repository that engines read over HTTP, and the work tree that its commits are made in. */
export class GitRepository {
  private constructor(
    /** The work tree. */
    readonly folder: string,
    readonly url: string,
    private readonly server: GitServer,
  ) {}

  /** An empty repository, with branch main. */
  static async start(): Promise<GitRepository> {
    const root = workFolder('git');
    const [bare, folder] = [join(root, 'repository.git'), join(root, 'tree')];
    await command('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
    await command('git', ['clone', '--quiet', bare, folder]);
    const server = await GitServer.start(root);
    return new GitRepository(folder, server.url('repository.git'), server);
  }

  /** Copies a folder into the root of the work tree. */
  add(from: string, to = '.'): void {
    cpSync(from, join(this.folder, to), { recursive: true });
  }

  /** Writes and removes files of the work tree. */
  change(changes: Changes): void {
    for (const [path, text] of Object.entries(changes)) {
      const file = join(this.folder, path);
      rmSync(file, { recursive: true, force: true });
      if (text === undefined) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Commits the work tree, with what is changed besides, and pushes it. Answers the commit. */
  async commit(changes: Changes = {}): Promise<string> {
    this.change(changes);
    await this.#git('add', '--all');
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    await this.#git(...who, 'commit', '--quiet', '--allow-empty', '--message=change');
    await this.#git('push', '--quiet', 'origin', 'HEAD:main');
    return (await this.#git('rev-parse', 'HEAD')).trim();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  #git(...args: string[]): Promise<string> {
    return command('git', ['-C', this.folder, ...args]);
  }
}
