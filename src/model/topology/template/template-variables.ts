import type { Naming } from './go-template-parser.js';
import { unreadable } from './go-template-pipeline.js';

/** Values that names stand for: those of a block hide those around it. */
export class Variables {
  constructor(
    private readonly own: Map<string, unknown>,
    private readonly outer?: Variables,
  ) {}

  /** The names of a block inside. */
  block(): Variables {
    return new Variables(new Map(), this);
  }

  get(name: string): unknown {
    const holder = this.holder(name);
    if (!holder) throw unreadable();
    return holder.own.get(name);
  }

  set({ names, isNew }: Naming, ...values: readonly unknown[]): void {
    for (const [index, name] of names.entries()) {
      const holder = isNew ? this : this.holder(name);
      if (!holder) throw unreadable();
      holder.own.set(name, values[index]);
    }
  }

  private holder(name: string): Variables | undefined {
    return this.own.has(name) ? this : this.outer?.holder(name);
  }
}
