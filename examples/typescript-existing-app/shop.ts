import { Chart, type ChartProps } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** The shop as it was: nothing in it knows of pull secrets. */
export class Shop extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    const storefront = new kplus.Deployment(this, 'storefront', {
      containers: [{ image: 'ghcr.io/acme/storefront:v31', portNumber: 8080 }],
    });
    storefront.exposeViaService({ name: 'storefront' });

    new kplus.StatefulSet(this, 'orders', {
      serviceAccount: new kplus.ServiceAccount(this, 'orders-account', { metadata: { name: 'orders' } }),
      service: new kplus.Service(this, 'orders-service', { metadata: { name: 'orders' }, ports: [{ port: 8080 }] }),
      containers: [{ image: 'ghcr.io/acme/orders:v8', portNumber: 8080 }],
    });
  }
}
