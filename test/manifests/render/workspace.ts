import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Renderer, type RendererOptions } from '../../../src/manifests/render/renderer.js';
import { problemText } from '../../../src/model/problem/problem.js';
import type { Rendering } from '../../../src/model/topology/rendering.js';

/** A repository and a folder of PATH with programs of the test's own, all in one folder that goes away. */
export class Workspace {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'image-pull-test-')));
  readonly root = path.join(this.folder, 'repository');
  readonly programs = path.join(this.folder, 'programs');

  constructor() {
    fs.mkdirSync(this.root);
    fs.mkdirSync(this.programs);
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [file, content] of Object.entries(files)) {
      const at = path.join(this.root, file);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.writeFileSync(at, content);
    }
  }

  link(file: string, target: string): void {
    const at = path.join(this.root, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.symlinkSync(target, at);
  }

  /** A program on PATH: a script of the shell, which says its version where `version` is its first argument. */
  program(name: string, script: string, version = 'v5.8.1'): void {
    const text = `#!/bin/sh\nif [ "$1" = version ]; then echo ${version}; exit 0; fi\n${script}\n`;
    fs.writeFileSync(path.join(this.programs, name), text, { mode: 0o755 });
  }

  /** What the programs have noted, line by line. */
  notes(): string[] {
    const file = path.join(this.folder, 'notes');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  renderer(options: Partial<RendererOptions> = {}): Renderer {
    return new Renderer({ base: this.root, root: this.root, environment: { PATH: this.programs }, ...options });
  }

  /** Renders, with problems as texts and reached paths relative to the repository. */
  async render(renderings: readonly Rendering[], options: Partial<RendererOptions> = {}) {
    const outcomes = await this.renderer(options).render(renderings);
    return outcomes.map(({ texts, problems, reached, missingChart }) => ({
      texts,
      problems: problems.map(problemText),
      codes: problems.map(({ code }) => code),
      reached: reached.map((file) => path.relative(this.root, file) || '.').sort(),
      missingChart,
    }));
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
