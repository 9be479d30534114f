import type {
  ExternalSourceSpec,
  PlaintextSourceSpec,
  SealedSourceSpec,
  SopsSourceSpec,
  SourceSpec,
} from '../model/vocabulary/spec.js';

/**
 * Where a credential's value comes from: `Source.external(x)` is `{ external: x }`.
 *
 * @example
 * ```ts
 * import { Source } from 'cdk8s-image-pull';
 *
 * const made = Source.existing(); // somebody else makes the Secret
 * const stored = Source.external({ store: 'vault', key: 'registries/ghcr' });
 * const minted = Source.external({ generator: { ecr: { region: 'eu-west-1' } } });
 * ```
 */
export class Source {
  private constructor() {}

  /** Only referenced: somebody else makes the Secret. */
  static existing(): SourceSpec {
    return { existing: {} };
  }

  /** An ExternalSecret; the value stays in its store. */
  static external(external: ExternalSourceSpec): SourceSpec {
    return { external };
  }

  /** A SealedSecret; constructs take its ciphertexts, which `seal` keeps in `sealed/`. */
  static sealed(sealed: SealedSourceSpec): SourceSpec {
    return { sealed };
  }

  /** A Secret that SOPS encrypted; constructs take its ciphertexts, which `seal` keeps in `sealed/`. */
  static sops(sops: SopsSourceSpec): SourceSpec {
    return { sops };
  }

  /** A docker config or literals in plain text; needs `acceptPlaintextInGit: true`. */
  static plaintext(plaintext: PlaintextSourceSpec): SourceSpec {
    return { plaintext };
  }
}
