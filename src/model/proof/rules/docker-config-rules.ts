import { At } from '../../problem/at.js';
import type { dockerConfigCodes } from '../../problem/codes/docker-config-codes.js';
import type { Problem } from '../../problem/problem.js';
import { sentence, words } from '../../problem/shown.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import { pullSecretsOf } from './declared-secrets.js';
import { perState } from './per-state.js';
import { aboutSecret, secretText } from './subjects.js';

/** Codes of what a document holds that the kubelet passes over in silence or reads otherwise than it looks. */
type RemarkCode = Exclude<keyof typeof dockerConfigCodes, 'docker-config-invalid'>;

const codes: readonly RemarkCode[] = [
  'docker-config-empty',
  'docker-config-shape',
  'docker-config-key-ignored',
  'docker-config-key-dead',
  'docker-config-key-cut',
  'docker-config-blank',
  'docker-config-token',
  'docker-config-helper',
  'docker-config-line-break',
  'docker-config-user-colon',
  'docker-config-prefix',
  'docker-config-duplicate',
  'docker-config-shadowed',
  'docker-config-glob',
];

/** Remarks on the docker configs of Secrets that were read: a row for each code. */
export const dockerConfigRules: readonly ProofRule[] = codes.map((code) => ({
  code,
  about: ['Secret'],
  check: (state) => remarksOf(state).get(code) ?? [],
}));

const remarksOf = perState((state: ProofState): ReadonlyMap<string, readonly Problem[]> => {
  const byCode = new Map<string, Problem[]>();
  for (const { secret, content } of pullSecretsOf(state)) {
    if (content.state !== 'read') continue;
    for (const remark of content.config?.remarks ?? []) {
      // A key that is there twice is refused where it would be written; the kubelet takes the last.
      const code = remark.code === 'auths-key-duplicate' ? 'docker-config-duplicate' : (remark.code as RemarkCode);
      const problem = aboutSecret(
        secret,
        At.of(secret.place).warn(
          code,
          words`${secretText(secret)}: ${sentence(remark.message)}`,
          remark.hint === undefined ? null : sentence(remark.hint),
        ),
      );
      const known = byCode.get(code);
      if (known) known.push(problem);
      else byCode.set(code, [problem]);
    }
  }
  return byCode;
});
