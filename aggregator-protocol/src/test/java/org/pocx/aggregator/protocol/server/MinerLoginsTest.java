package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.protocol.server.BasicAuthChecker.AuthResult;

class MinerLoginsTest {
    private static final List<BasicCredentials> USERS = List.of(
            new BasicCredentials("farm", "shared"),
            new BasicCredentials("rig-07", "seven"),
            new BasicCredentials("guest", "ten:11"));

    private static AuthResult check(MinerLogins logins, String login) {
        Headers headers = new Headers();
        headers.set("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
        return new BasicAuthChecker(logins).check(headers);
    }

    @ParameterizedTest
    @CsvSource({"farm:shared,''", "rig-07:seven,rig-07", "guest:ten:11,guest"})
    void eachUser_isAdmittedAndNamesItsMachine_exceptTheSharedOne(String login, String name) {
        assertThat(check(new MinerLogins(USERS, "farm"), login)).isEqualTo(new AuthResult.Granted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"farm:seven", "rig-07:shared", "rig-07:", "rig-07", ":", "", "Rig-07:seven", "x:y"})
    void otherCredentials_areDenied(String login) {
        assertThat(check(new MinerLogins(USERS, "farm"), login)).isInstanceOf(AuthResult.Denied.class);
    }

    @ParameterizedTest
    @CsvSource({"rig-08:anything,rig-08", "farm:anything,''", "rig,''", ":x,''", "'',''"})
    void userWithoutLogin_namesItsMachine_exceptTheSharedOne(String login, String name) {
        assertThat(check(new MinerLogins(List.of(), "farm"), login)).isEqualTo(new AuthResult.Granted(name));
    }

    @Test
    void otherSchemes_nameNothing() {
        Headers headers = new Headers();
        headers.set("Authorization", "Bearer cmlnOng=");

        assertThat(new BasicAuthChecker(MinerLogins.NONE).check(headers)).isEqualTo(new AuthResult.Granted(""));
    }
}
