FROM stand-in/debian:local
# As the official image has it, so that what it takes to run such a file is tried, too.
RUN apt-get update \
 && apt-get install -y --no-install-recommends caddy libcap2-bin \
 && rm -rf /var/lib/apt/lists/* \
 && setcap cap_net_bind_service=+ep /usr/bin/caddy
