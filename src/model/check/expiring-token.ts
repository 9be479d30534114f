import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import { recognise } from '../registry/registry-table.js';
import { generatorKinds } from '../vocabulary/generators.js';
import { plaintextEntry } from '../vocabulary/plaintext.js';
import type { SourceSpec } from '../vocabulary/spec.js';

/**
 * Warns of tokens that expire and that nothing of ours renews: a registry with one user name for everybody, as Amazon
 * ECR, has no other credentials.
 *
 * @param at the source
 */
export function warnOfTokens({ external, plaintext }: SourceSpec, registries: readonly Registry[], at: At): void {
  for (const registry of registries) {
    const { username, tokens } = recognise(registry.host)?.row ?? {};
    if (username?.fixed === undefined || !tokens) continue;
    const fromStore = external !== undefined && external.generator === undefined;
    const isStatic = plaintext && plaintextEntry(plaintext, registry, registry.key)?.username === username.fixed;
    if (!fromStore && !isStatic) continue;
    const { lifetime } = generatorKinds[tokens.generator];
    at.key(fromStore ? 'external' : 'plaintext').warn(
      'token-expires',
      words`it ${fromStore ? 'reads from a store' : 'holds'} a token of ${registry.host}, which lasts ${lifetime}`,
      words`source: { external: { generator: { ${tokens.generator}: … } } } renews it${fromStore ? '; else something must fill the store more often than that' : ''}`,
    );
  }
}
