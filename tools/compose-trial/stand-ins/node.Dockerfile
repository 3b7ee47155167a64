FROM stand-in/debian:local
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY npm /usr/local/lib/node_modules/npm
COPY node /usr/local/bin/node
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && node --version && npm --version
# What this machine trusts, the builds trust.
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
