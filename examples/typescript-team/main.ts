import { App, Cron } from 'cdk8s';
import { Team } from './team.js';

const app = new App();

new Team(app, 'catalog', {
  services: { search: { image: 'ghcr.io/acme/search:v7', port: 8080 } },
  tasks: { reindex: { image: 'ghcr.io/acme/search-index:v7', schedule: Cron.daily() } },
});

new Team(app, 'checkout', {
  services: {
    cart: { image: 'ghcr.io/acme/cart:v12', port: 8080 },
    payment: { image: 'quay.io/acme-partner/payment:v3', port: 8443 },
  },
});

app.synth();
