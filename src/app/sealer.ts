import { DockerConfig, entryJson } from '../model/docker-config/docker-config.js';
import type { Registry } from '../model/registry/registry.js';
import { credentialExpiry } from '../model/sealing/credential-expiry.js';
import type { EntryRecord, EntryRecords } from '../model/sealing/entry-record.js';
import { sealedPath } from '../model/sealing/sealed-path.js';
import { dockerConfigKey } from '../model/sealing/sealed-secret.js';
import { sealingLabel } from '../model/sealing/sealing-scope.js';
import { sopsDigest } from '../model/sealing/sops-secret.js';
import { sealedHeader } from '../output/header.js';
import type { OutputFile } from '../output/output.js';
import { dayOf } from '../sealing/certificate.js';
import { shortDigest } from '../sealing/digest.js';
import { sealValue } from '../sealing/sealed-value.js';
import { encryptSops } from '../sealing/sops.js';
import { toYaml } from '../yaml/yaml.js';
import { type GlobalDocument, isRecordable } from './global-document.js';
import { type SealChoice, useOf } from './seal-choice.js';
import type { GivenCredentials } from './seal-credentials.js';
import type { SealHome } from './seal-homes.js';
import type { SealTargets } from './seal-targets.js';
import { type SopsContent, sealedManifest, sopsManifest } from './sealed-manifest.js';

/** Encrypts what was given, and makes files of it. */
export class Sealer {
  readonly #targets: SealTargets;
  readonly #given: GivenCredentials;
  readonly #document: GlobalDocument;
  readonly #now: Date;
  readonly #expires = new Set<string>();
  readonly #shared = new Map<string, SopsContent>();

  constructor(targets: SealTargets, given: GivenCredentials, document: GlobalDocument, now: Date) {
    this.#targets = targets;
    this.#given = given;
    this.#document = document;
    this.#now = now;
  }

  /** The days on which what was sealed expires, each once, sorted. */
  get expires(): string[] {
    return [...this.#expires].sort();
  }

  /** The file for a place of ciphertext. */
  async file(choice: SealChoice): Promise<OutputFile> {
    const { cluster, pullSecret, namespace } = choice.home;
    const isSops = pullSecret.source.name === 'sops';
    const manifest = isSops
      ? await this.#sops(choice)
      : choice.home.isGlobal
        ? this.#sealedWhole(choice)
        : this.#sealed(choice);
    return {
      path: sealedPath(cluster.name, pullSecret.name, namespace),
      text: sealedHeader(cluster.name) + toYaml(manifest),
    };
  }

  #sealed({ home, kept, sealed }: SealChoice): Record<string, unknown> {
    const { cluster, pullSecret, namespace, existing, donor } = home;
    const scope = pullSecret.source.name === 'sealed' ? pullSecret.source.scope : 'strict';
    const label = sealingLabel(scope, namespace, pullSecret.name);
    const encrypted: Record<string, string> = {};
    const records = new Map<string, EntryRecord>();
    const from = existing ?? donor;
    for (const { name } of kept) {
      const text = from?.source === 'sealed' ? from.encryptedData[name] : undefined;
      if (text !== undefined) encrypted[name] = text;
      records.set(name, from?.records.get(name) ?? {});
    }
    for (const registry of sealed) {
      const entry = this.#given.of(registry);
      if (!entry) continue;
      const certificate = this.#targets.certificate(cluster);
      const text = sealValue(certificate, entryJson(entry), label);
      encrypted[registry.name] = text;
      const record = this.#record(home, registry);
      records.set(registry.name, { ...record, certificate: certificate.fingerprint, digest: shortDigest(text) });
    }
    return sealedManifest(home, scope, encrypted, records);
  }

  /** The global pull secret: one value, which holds the entries of others, too. */
  #sealedWhole({ home, sealed }: SealChoice): Record<string, unknown> {
    const { cluster, pullSecret, namespace } = home;
    const certificate = this.#targets.certificate(cluster);
    const scope = pullSecret.source.name === 'sealed' ? pullSecret.source.scope : 'strict';
    const text = sealValue(certificate, this.#wholeText(home, sealed), sealingLabel(scope, namespace, pullSecret.name));
    const common = { certificate: certificate.fingerprint, digest: shortDigest(text) };
    const records = this.#wholeRecords(home, common);
    return sealedManifest(home, scope, { [dockerConfigKey]: text }, records, this.#othersOf(home));
  }

  #wholeText({ isGlobal }: SealHome, sealed: readonly Registry[]): string {
    const entries = sealed.flatMap((registry) => {
      const entry = this.#given.of(registry);
      return entry ? [{ ...entry, key: registry.key }] : [];
    });
    return isGlobal && this.#document.isKnown
      ? this.#document.merged(entries)
      : DockerConfig.fromEntries(entries).toJson();
  }

  /** Records of all entries of ours, those among them that the document had. */
  #wholeRecords(home: SealHome, common: EntryRecord): EntryRecords {
    return new Map(
      home.registries.map((registry) => [
        registry.name,
        { sealed: dayOf(this.#now), ...this.#record(home, registry), ...common, key: registry.key },
      ]),
    );
  }

  #othersOf({ isGlobal, registries }: SealHome): readonly string[] {
    return isGlobal ? this.#document.others(registries).filter(isRecordable) : [];
  }

  async #sops({ home, sealed }: SealChoice): Promise<Record<string, unknown>> {
    if (sealed.length === 0 && home.donor?.source === 'sops') return sopsManifest(home, home.donor);
    const key = JSON.stringify([home.cluster.name, sealed.map((registry) => [registry.name, registry.key])]);
    const known = this.#shared.get(key) ?? (await this.#encrypted(home, sealed));
    this.#shared.set(key, known);
    return sopsManifest(home, known);
  }

  async #encrypted(home: SealHome, sealed: readonly Registry[]): Promise<SopsContent> {
    const { cluster, pullSecret, namespace } = home;
    const recipients = this.#targets.recipients(cluster, sealedPath(cluster.name, pullSecret.name, namespace));
    const text = this.#wholeText(home, sealed);
    const texts = { [dockerConfigKey]: Buffer.from(text, 'utf8').toString('base64') };
    // SOPS dates a change to the second: one that comes within the same second shows, too.
    const dated = new Date(this.#now.getTime() - 1000);
    const { values, sops } = await encryptSops('data', texts, recipients, dated);
    const records = this.#wholeRecords(home, { digest: sopsDigest(values, sops, shortDigest) });
    return { data: values, stringData: {}, sops, records, others: this.#othersOf(home) };
  }

  #record(home: SealHome, registry: Registry): EntryRecord {
    const entry = this.#given.of(registry);
    if (!entry) return {};
    const expiry = credentialExpiry(entry.username, entry.password.reveal(), this.#now);
    const checksum = this.#given.checksum(registry, entry, useOf(home));
    if (expiry) this.#expires.add(dayOf(expiry));
    return {
      sealed: dayOf(this.#now),
      ...(expiry && { expires: dayOf(expiry) }),
      ...(checksum !== undefined && { checksum }),
    };
  }
}
