import { Chart, Include } from 'cdk8s';
import type { Construct } from 'constructs';

/** What the vendor of our monitoring hands out as YAML. */
export class Monitoring extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Include(this, 'collector', { url: 'vendor/collector.yaml' });
  }
}
