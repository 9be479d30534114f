import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import { recognise } from '../registry/registry-table.js';
import { generatorKinds } from '../vocabulary/generators.js';
import { plaintextEntry } from '../vocabulary/plaintext.js';
import type { SourceSpec } from '../vocabulary/spec.js';

/**
 * Warnings about tokens that expire and that nothing of ours renews: a registry with one user name for everybody, as
 * Amazon ECR, has no other credentials.
 */
export function expiringTokens(
  name: string,
  { external, plaintext }: SourceSpec,
  registries: readonly Registry[],
  path: ModelPath,
): Problem[] {
  return registries.flatMap((registry): Problem[] => {
    const { username, tokens } = recognise(registry.host)?.row ?? {};
    if (username?.fixed === undefined || !tokens) return [];
    const fromStore = external !== undefined && external.generator === undefined;
    const isStatic = plaintext && plaintextEntry(plaintext, registry, registry.key)?.username === username.fixed;
    if (!fromStore && !isStatic) return [];
    const { lifetime } = generatorKinds[tokens.generator];
    return [
      {
        code: 'token-expires',
        message: `pull secret ${name} ${fromStore ? 'reads from a store' : 'holds'} a token of ${registry.host}, which lasts ${lifetime}`,
        path: [...path, fromStore ? 'external' : 'plaintext'],
        hint: `source: { external: { generator: { ${tokens.generator}: … } } } renews it${fromStore ? '; else something must fill the store more often than that' : ''}`,
      },
    ];
  });
}
