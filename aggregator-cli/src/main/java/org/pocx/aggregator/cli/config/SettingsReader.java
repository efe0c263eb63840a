package org.pocx.aggregator.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.postgresql.DatabaseUrl;
import org.pocx.aggregator.protocol.client.UrlTarget;
import org.pocx.aggregator.protocol.tls.TlsFiles;
import org.pocx.aggregator.statistics.MachineProfile;

/** Converts typed values to {@link Settings}, and checks the rules that concern more than one key. */
final class SettingsReader {
    private static final int LEAST_STALE_SECS = 30;

    private final TypedValues values;
    private final NamedMaps maps;
    private final Problems problems;
    private final Path directory;
    private final ProxyEnvironment proxies;
    private final List<String> warnings = new ArrayList<>();

    SettingsReader(
            TypedValues values, NamedMaps maps, Problems problems, Path directory, ProxyEnvironment proxies) {
        this.values = values;
        this.maps = maps;
        this.problems = problems;
        this.directory = directory;
        this.proxies = proxies;
    }

    /** @throws ConfigException when anything is wrong */
    Settings read() {
        ConfigKeys.TWO_FORMS.forEach(forms -> checkForms(forms, values));
        Settings.Upstream upstream = upstream();
        Settings.Server server = server();
        Settings.Cache cache = cache(upstream);
        Settings.Database database = new Settings.Database(
                directory.resolve(values.get(ConfigKeys.DATABASE)),
                values.get(ConfigKeys.RETENTION),
                databaseServer());
        Optional<Settings.Dashboard> dashboard = dashboard(server.listen());
        Settings.Metrics metrics = metrics();
        Settings.Alerts alerts = alerts();
        Map<String, MachineProfile> machines = maps.machines();
        Settings.Verification verification = new Settings.Verification(
                values.get(ConfigKeys.VERIFICATION_MODE), values.get(ConfigKeys.VERIFICATION_CPU));
        Settings.Logging logging = logging();
        problems.throwIfAny();
        checkUpstreams(server, upstream);
        problems.throwIfAny();
        dashboard.ifPresent(this::warnOfOpenDashboard);
        upstream.endpoints().forEach(this::warnOfProxyForThisMachine);
        return new Settings(
                server,
                upstream,
                cache,
                database,
                dashboard,
                metrics,
                alerts,
                machines,
                verification,
                logging,
                warnings);
    }

    private void checkForms(ConfigKeys.TwoForms forms, TypedValues where) {
        Optional<Key<?>> one = forms.one().stream().filter(where::has).findFirst();
        Optional<Key<?>> other = forms.other().stream().filter(where::has).findFirst();
        if (one.isPresent() && other.isPresent()) {
            int line = Math.max(where.lineOf(one.get()), where.lineOf(other.get()));
            problems.add(
                    line,
                    where.path(one.get()) + " and " + where.path(other.get())
                            + " are two forms of one setting: give only one");
        }
    }

    private Optional<Settings.DatabaseServer> databaseServer() {
        Optional<Secret> password = values.find(ConfigKeys.DATABASE_PASSWORD).map(Secret::new);
        if (values.has(ConfigKeys.DATABASE_PASSWORD) && !values.has(ConfigKeys.DATABASE_URL)) {
            problems.add(
                    values.lineOf(ConfigKeys.DATABASE_PASSWORD),
                    ConfigKeys.DATABASE_PASSWORD.path() + " needs " + ConfigKeys.DATABASE_URL.path());
        }
        Optional<DatabaseUrl> url = values.find(ConfigKeys.DATABASE_URL);
        // Not a lambda, which would load the class of its parameter in each start.
        return url.isPresent()
                ? Optional.of(new Settings.DatabaseServer(url.get(), password))
                : Optional.empty();
    }

    private Settings.Server server() {
        return new Settings.Server(
                values.either(ConfigKeys.LISTEN, ConfigKeys.TOP_LISTEN),
                minerAuth(),
                values.get(ConfigKeys.MAX_CONNECTIONS),
                values.get(ConfigKeys.MAX_BODY_BYTES),
                new Settings.Access(
                        values.get(ConfigKeys.ALLOWED_NETWORKS),
                        values.get(ConfigKeys.TRUSTED_PROXIES),
                        values.get(ConfigKeys.CONNECTIONS_PER_ADDRESS),
                        values.get(ConfigKeys.SUBMISSIONS_PER_SECOND)),
                tls(ConfigKeys.TLS));
    }

    private Settings.MinerAuth minerAuth() {
        Map<String, Secret> users = maps.users();
        boolean enabled = values.get(ConfigKeys.AUTH_ENABLED);
        Optional<String> sharedUser = values.find(ConfigKeys.AUTH_USER);
        boolean hasShared = values.has(ConfigKeys.AUTH_USER) || values.has(ConfigKeys.AUTH_PASSWORD);
        Optional<Settings.BasicAuth> shared = users.isEmpty() || hasShared
                ? auth(ConfigKeys.AUTH_ENABLED, ConfigKeys.AUTH_USER, ConfigKeys.AUTH_PASSWORD)
                : Optional.empty();
        sharedUser.filter(users::containsKey).ifPresent(user -> problems.add(
                values.lineOf(ConfigKeys.AUTH_USER),
                ConfigKeys.AUTH_USER.path() + " is also one of " + ConfigKeys.USERS.path()
                        + ": a user that machines share cannot be the name of one; choose another name"));
        if (!enabled && !users.isEmpty()) {
            warnings.add(ConfigKeys.USERS.path() + " has passwords that nobody needs, because "
                    + ConfigKeys.AUTH_ENABLED.path() + " is false");
        }
        return new Settings.MinerAuth(enabled, sharedUser, shared, users);
    }

    private Optional<Settings.BasicAuth> auth(Key<Boolean> enabledKey, Key<String> userKey, Key<String> passwordKey) {
        boolean enabled = values.get(enabledKey);
        Optional<String> user = enabled ? values.required(userKey, enabledKey) : values.find(userKey);
        Optional<String> password = enabled ? values.required(passwordKey, enabledKey) : values.find(passwordKey);
        return enabled && user.isPresent() && password.isPresent()
                ? Optional.of(new Settings.BasicAuth(user.get(), new Secret(password.get())))
                : Optional.empty();
    }

    /** Half of a pair is a fault: a port that was meant to be encrypted must not be plain. */
    private Optional<TlsFiles> tls(ConfigKeys.TlsKeys keys) {
        if (values.has(keys.keyStore()) || values.has(keys.password())) {
            Optional<Path> file = values.required(keys.keyStore(), keys.password()).map(directory::resolve);
            Optional<String> password = values.required(keys.password(), keys.keyStore());
            return file.flatMap(path -> password.map(secret -> new TlsFiles.Pkcs12(path, secret)));
        }
        if (values.has(keys.certificate()) || values.has(keys.key())) {
            Optional<Path> certificate = values.required(keys.certificate(), keys.key()).map(directory::resolve);
            Optional<Path> key = values.required(keys.key(), keys.certificate()).map(directory::resolve);
            return certificate.flatMap(path -> key.map(other -> new TlsFiles.Pem(path, other)));
        }
        return Optional.empty();
    }

    private Settings.Upstream upstream() {
        SubmissionMode mode = values.get(ConfigKeys.MODE);
        URI url = url(values);
        return new Settings.Upstream(
                values.get(ConfigKeys.NAME),
                url,
                credentials(values),
                mode,
                seconds(values.either(ConfigKeys.BLOCK_TIME, ConfigKeys.TOP_BLOCK_TIME)),
                seconds(values.get(ConfigKeys.TIMEOUT)),
                values.get(ConfigKeys.MAX_IN_FLIGHT, switch (mode) {
                    case POOL -> 32;
                    case WALLET -> 4;
                }),
                values.get(ConfigKeys.RESEND),
                retry(),
                proxy(values, url),
                values.get(ConfigKeys.KIND),
                values.backups().stream().map(this::backup).toList(),
                new Settings.Failover(
                        seconds(values.get(ConfigKeys.FAILOVER_AFTER)),
                        seconds(values.get(ConfigKeys.FAILOVER_RETURN))));
    }

    /** The proxy of an upstream: its own, else for a backup that of the first one, else that of the environment. */
    private ProxySettings proxy(TypedValues where, URI url) {
        return Stream.of(where, values)
                .filter(place -> place.has(ConfigKeys.PROXY))
                .findFirst()
                .map(SettingsReader::proxyIn)
                .orElseGet(() -> proxyOfTheEnvironment(url, "upstream"));
    }

    /** Names the key of this place in messages. */
    private static ProxySettings proxyIn(TypedValues place) {
        return place.find(ConfigKeys.PROXY)
                .map(proxy -> ProxySettings.parse(proxy.text(), place.path(ConfigKeys.PROXY)))
                .orElseGet(ProxySettings.None::new);
    }

    /** @param section the section that needs the proxy */
    private ProxySettings proxyOfTheEnvironment(URI url, String section) {
        try {
            return proxies.proxyFor(url);
        } catch (IllegalArgumentException invalid) {
            problems.add(values.lineOfSection(section), String.valueOf(invalid.getMessage()));
            return new ProxySettings.None();
        }
    }

    private Settings.Endpoint backup(TypedValues where) {
        ConfigKeys.TWO_FORMS_OF_UPSTREAM.forEach(forms -> checkForms(forms, where));
        if (!where.has(ConfigKeys.NAME)) {
            problems.add(where.line(), where.path(ConfigKeys.NAME) + " is missing: each upstream needs a name");
        }
        URI url = url(where);
        return new Settings.Endpoint(where.get(ConfigKeys.NAME), url, credentials(where), proxy(where, url),
                where.get(ConfigKeys.KIND));
    }

    private URI url(TypedValues where) {
        String scheme = where.get(ConfigKeys.RPC_TRANSPORT).name().toLowerCase(Locale.ROOT);
        HostPort host = new HostPort(where.get(ConfigKeys.RPC_HOST), where.get(ConfigKeys.RPC_PORT));
        URI url = where.find(ConfigKeys.URL).orElseGet(() -> URI.create(scheme + "://" + host + "/"));
        if ("https".equalsIgnoreCase(url.getScheme())) {
            Key<?> key = where.has(ConfigKeys.URL) ? ConfigKeys.URL : ConfigKeys.RPC_HOST;
            refuseUnderscore(key, url, " with https, as no certificate can be for such a name", where);
        }
        return url;
    }

    /** Records a problem if the host of a URL has an underscore where that is not possible. */
    private void refuseUnderscore(Key<?> key, URI url, String why, TypedValues where) {
        if (UrlTarget.of(url).filter(UrlTarget::hasUnderscore).isPresent()) {
            problems.add(
                    where.lineOf(key),
                    where.path(key) + " must not have a host with an underscore in its name" + why
                            + ": use another name of the host, or its address");
        }
    }

    private UpstreamCredentials credentials(TypedValues where) {
        Optional<String> token = where.find(ConfigKeys.AUTH_TOKEN);
        if (token.isPresent()) {
            return new UpstreamCredentials.Bearer(new Secret(token.get()));
        }
        Key<?> type = ConfigKeys.RPC_AUTH_TYPE;
        return switch (where.get(ConfigKeys.RPC_AUTH_TYPE)) {
            case NONE -> noCredentials(where);
            case USER_PASS -> new UpstreamCredentials.UserPassword(
                    where.required(ConfigKeys.RPC_USER, type).orElse(""),
                    new Secret(where.required(ConfigKeys.RPC_PASSWORD, type).orElse("")));
            case COOKIE -> new UpstreamCredentials.CookieFile(
                    directory.resolve(where.required(ConfigKeys.COOKIE_PATH, type).orElse("")));
        };
    }

    private UpstreamCredentials noCredentials(TypedValues where) {
        Stream.of(ConfigKeys.RPC_USER, ConfigKeys.RPC_PASSWORD, ConfigKeys.COOKIE_PATH)
                .filter(key -> where.find(key).isPresent())
                .map(key -> where.path(key) + " is not used, because " + where.path(ConfigKeys.RPC_AUTH_TYPE)
                        + " is none")
                .forEach(warnings::add);
        return new UpstreamCredentials.None();
    }

    private Settings.Retry retry() {
        int base = values.get(ConfigKeys.RETRY_BASE);
        int max = values.get(ConfigKeys.RETRY_MAX);
        if (max < base) {
            Key<?> wrong = values.has(ConfigKeys.RETRY_MAX) ? ConfigKeys.RETRY_MAX : ConfigKeys.RETRY_BASE;
            problems.add(
                    values.lineOf(wrong),
                    ConfigKeys.RETRY_MAX.path() + " (" + values.shown(ConfigKeys.RETRY_MAX) + ") must not be below "
                            + ConfigKeys.RETRY_BASE.path() + " (" + values.shown(ConfigKeys.RETRY_BASE) + ")");
        }
        return new Settings.Retry(
                values.get(ConfigKeys.RETRY_ATTEMPTS), Duration.ofMillis(base), Duration.ofMillis(max));
    }

    private Settings.Cache cache(Settings.Upstream upstream) {
        int stale = Math.max(LEAST_STALE_SECS, (int) upstream.blockTime().toSeconds());
        int pollMillis = values.get(ConfigKeys.POLL_INTERVAL, switch (upstream.mode()) {
            case POOL -> 1_000;
            case WALLET -> 250;
        });
        return new Settings.Cache(
                Duration.ofMillis(pollMillis),
                seconds(values.get(ConfigKeys.TTL)),
                seconds(values.get(ConfigKeys.STALE_IF_ERROR, stale)));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private Optional<Settings.Dashboard> dashboard(HostPort minerPort) {
        boolean enabled = values.get(ConfigKeys.DASHBOARD_ENABLED);
        HostPort listen = values.get(ConfigKeys.DASHBOARD_LISTEN);
        Optional<Settings.BasicAuth> auth = auth(
                ConfigKeys.DASHBOARD_AUTH_ENABLED,
                ConfigKeys.DASHBOARD_AUTH_USER,
                ConfigKeys.DASHBOARD_AUTH_PASSWORD);
        Optional<TlsFiles> tls = tls(ConfigKeys.DASHBOARD_TLS);
        if (!enabled || !values.hasSection("dashboard")) {
            return Optional.empty();
        }
        if (listen.equals(minerPort)) {
            problems.add(
                    values.lineOf(ConfigKeys.DASHBOARD_LISTEN),
                    ConfigKeys.DASHBOARD_LISTEN.path() + " is the miners' port, "
                            + values.shown(ConfigKeys.DASHBOARD_LISTEN) + ": they need two");
        }
        return Optional.of(new Settings.Dashboard(listen, auth, tls));
    }

    private Settings.Metrics metrics() {
        int max = values.get(ConfigKeys.MAX_MACHINES);
        return new Settings.Metrics(values.get(ConfigKeys.PER_MACHINE) ? max : 0);
    }

    private Settings.Alerts alerts() {
        Optional<URI> webhook = values.find(ConfigKeys.WEBHOOK);
        webhook.ifPresent(url -> refuseUnderscore(ConfigKeys.WEBHOOK, url, "", values));
        return new Settings.Alerts(
                webhook.map(url -> new Secret(url.toString())),
                values.get(ConfigKeys.FARM_NAME),
                values.get(ConfigKeys.SILENT_ROUNDS),
                values.get(ConfigKeys.ALERTS_PER_HOUR),
                webhook.map(url -> proxyOfTheEnvironment(url, "alerts")).orElseGet(ProxySettings.None::new));
    }

    private Settings.Logging logging() {
        return new Settings.Logging(
                values.get(ConfigKeys.LOG_LEVEL),
                Optional.of(values.get(ConfigKeys.LOG_FILE)).filter(file -> !file.isBlank()).map(directory::resolve));
    }

    private void warnOfOpenDashboard(Settings.Dashboard dashboard) {
        if (dashboard.auth().isEmpty() && !dashboard.listen().loopback()) {
            warnings.add("the dashboard at " + dashboard.listen()
                    + " is open to everyone on the network: set " + ConfigKeys.DASHBOARD_AUTH_ENABLED.path() + ", or "
                    + ConfigKeys.DASHBOARD_LISTEN.path() + " to 127.0.0.1");
        }
    }

    /** For a proxy on another machine, an address of the loopback interface is its own. */
    private void warnOfProxyForThisMachine(Settings.Endpoint upstream) {
        if (upstream.proxy() instanceof ProxySettings.Via proxy
                && OwnAddress.isLoopback(upstream.url())
                && !proxy.setting().startsWith(ConfigKeys.PROXY.section() + ".")) {
            warnings.add("the upstream " + Problems.quote(upstream.name()) + " is on this machine, but "
                    + proxy.setting() + " sends its requests"
                    + proxy.suffix() + ": if that is not intended, set " + ConfigKeys.PROXY.path()
                    + " to none, or add the upstream's host to NO_PROXY");
        }
    }

    private void checkUpstreams(Settings.Server server, Settings.Upstream upstream) {
        List<TypedValues> places = new ArrayList<>(List.of(values));
        places.addAll(values.backups());
        checkAddress(values, values.lineOfSection("upstream"), "the upstream");
        places.stream().skip(1).forEach(place -> checkAddress(place, place.line(), "this upstream"));
        problems.throwIfAny();
        List<Settings.Endpoint> endpoints = upstream.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            checkLoop(server, endpoints.get(i), places.get(i));
            checkUnique(endpoints, i, places.get(i));
        }
    }

    /** Nothing can be mined without an address, and the default would be the miner port itself. */
    private void checkAddress(TypedValues where, int line, String what) {
        if (Stream.of(ConfigKeys.URL, ConfigKeys.RPC_HOST, ConfigKeys.RPC_PORT).noneMatch(where::has)) {
            problems.add(
                    line,
                    what + " has no address: set " + where.path(ConfigKeys.URL)
                            + " to that of your pool or node, such as"
                            + " \"http://127.0.0.1:8332/\" for a node on this machine, or "
                            + where.path(ConfigKeys.RPC_HOST) + " and "
                            + where.path(ConfigKeys.RPC_PORT));
        }
    }

    /** An aggregator whose upstream is itself never gets an answer. */
    private void checkLoop(Settings.Server server, Settings.Endpoint upstream, TypedValues where) {
        URI url = upstream.url();
        if (OwnAddress.is(url, server.listen())) {
            // Not the whole URL: the rest may contain a token.
            problems.add(
                    where.lineOf(where.has(ConfigKeys.URL) ? ConfigKeys.URL : ConfigKeys.RPC_PORT),
                    "the upstream, " + url.getScheme() + "://" + url.getRawAuthority()
                            + "/, is the miner port of this aggregator (" + server.listen()
                            + "): set it to the address of your pool or node, or choose another "
                            + ConfigKeys.LISTEN.path());
        }
    }

    /** Names tell the upstreams apart for people, addresses and users for the program. */
    private void checkUnique(List<Settings.Endpoint> endpoints, int index, TypedValues where) {
        Settings.Endpoint endpoint = endpoints.get(index);
        for (Settings.Endpoint other : endpoints.subList(0, index)) {
            if (other.name().equals(endpoint.name())) {
                problems.add(
                        where.lineOf(ConfigKeys.NAME),
                        where.path(ConfigKeys.NAME) + " is the name of another upstream, too: give each its own");
            } else if (other.isSameAs(endpoint)) {
                problems.add(
                        where.line(),
                        "the upstreams " + Problems.quote(other.name()) + " and " + Problems.quote(endpoint.name())
                                + " have the same address and user: a backup must be another pool or node");
            }
        }
    }
}
