# The program with its own Java in a bare Debian, as a user without rights. How to run it: docs/installing.md
#
#   docker build -t pocx-aggregator .

FROM debian:trixie-slim AS build
RUN apt-get -qq update \
    && DEBIAN_FRONTEND=noninteractive apt-get -qqy install --no-install-recommends \
        ca-certificates curl openjdk-25-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN ./mvnw -Pdist -DskipTests package \
    && mkdir /opt/pocx-aggregator \
    && tar -xzf packaging/dist/target/pocx-aggregator-*.tar.gz -C /opt/pocx-aggregator --strip-components=1

FROM debian:trixie-slim
RUN apt-get -qq update \
    && DEBIAN_FRONTEND=noninteractive apt-get -qqy install --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin pocx-aggregator \
    && install -d -o pocx-aggregator -g pocx-aggregator -m 0750 /data \
    && install -d /config
COPY --from=build /opt/pocx-aggregator /opt/pocx-aggregator
# The start archive halves the time and the memory of a start, and of each healthcheck.
RUN ln -s /opt/pocx-aggregator/pocx-aggregator /usr/local/bin/pocx-aggregator \
    && POCX_PREPARE=1 pocx-aggregator

USER pocx-aggregator
# Relative paths in the configuration start here.
WORKDIR /data
VOLUME ["/config", "/data"]
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD ["pocx-aggregator", "healthcheck", "-c", "/config/aggregator_config.yaml"]
# The launcher becomes the JVM: signals reach it.
ENTRYPOINT ["pocx-aggregator"]
CMD ["-c", "/config/aggregator_config.yaml"]
