package org.pocx.aggregator.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.control.ControlClient.NotThereException;
import org.pocx.aggregator.core.testkit.Await;

@Timeout(180)
final class ControlServerTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final ControlReply DONE = new ControlReply(2, List.of("one", "two"));

    @TempDir Path folder;

    private ControlServer start(Path database, Supplier<ControlReply> command) {
        return ControlServer.start(database, Map.of("do", command), LONG).orElseThrow();
    }

    @Test
    void command_isAnswered() throws Exception {
        Path database = folder.resolve("a.db");
        try (ControlServer server = start(database, () -> DONE)) {
            assertThat(ControlClient.ask(database, "do", LONG)).isEqualTo(DONE);
            assertThat(ControlClient.ask(database, "do", LONG)).isEqualTo(DONE);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unknownCommand_isAnError() throws Exception {
        Path database = folder.resolve("a.db");
        try (ControlServer server = start(database, () -> DONE)) {
            ControlReply reply = ControlClient.ask(database, "fly", LONG);
            assertThat(reply.status()).isEqualTo(1);
            assertThat(reply.lines()).singleElement().asString().contains("does not know this command");
        }
    }

    @Test
    void socket_isForItsOwnerOnly() throws IOException {
        Path database = folder.resolve("a.db");
        try (ControlServer server = start(database, () -> DONE)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.db.control"))))
                    .isEqualTo("rw-------");
        }
    }

    /** A socket's path may have about 100 bytes. */
    @Test
    void databaseWithALongPath_isFoundByTheFileNextToIt() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(120)));
        Path database = deep.resolve("a.db");
        try (ControlServer server = start(database, () -> DONE)) {
            assertThat(deep.resolve("a.db.control")).isRegularFile();
            assertThat(ControlClient.ask(database, "do", LONG)).isEqualTo(DONE);
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void socketOfAKilledProgram_isNotThere_andIsReplaced() throws Exception {
        Path database = folder.resolve("a.db");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("a.db.control")));
        }
        assertThatThrownBy(() -> ControlClient.ask(database, "do", LONG)).isInstanceOf(NotThereException.class);
        try (ControlServer server = start(database, () -> DONE)) {
            assertThat(ControlClient.ask(database, "do", LONG)).isEqualTo(DONE);
        }
    }

    @Test
    void noSocket_isNotThere() {
        assertThatThrownBy(() -> ControlClient.ask(folder.resolve("a.db"), "do", LONG))
                .isInstanceOf(NotThereException.class)
                .hasMessageContaining("a.db.control");
    }

    @Test
    void programThatHangs_isATimeout() throws IOException {
        try (ServerSocketChannel hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hanging.bind(UnixDomainSocketAddress.of(folder.resolve("a.db.control")));
            assertThatThrownBy(() -> ControlClient.ask(folder.resolve("a.db"), "do", Duration.ofMillis(100)))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void folderThatDoesNotExist_meansNoServer() {
        assertThat(ControlServer.start(folder.resolve("none/a.db"), Map.of(), LONG)).isEmpty();
    }

    @Test
    void clientThatSendsNoCommand_isDisconnectedAtTheLimit() throws IOException {
        Path database = folder.resolve("a.db");
        try (ControlServer server =
                ControlServer.start(database, Map.of(), Duration.ofMillis(50)).orElseThrow();
                SocketChannel silent = connect()) {
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void commandWithoutEnd_isDisconnected() throws IOException {
        try (ControlServer server = start(folder.resolve("a.db"), () -> DONE);
                SocketChannel endless = connect()) {
            endless.write(ByteBuffer.wrap("x".repeat(64).getBytes(StandardCharsets.US_ASCII)));
            assertThat(endless.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void tooManyConnections_areClosedUntilOthersEnd() throws Exception {
        Path database = folder.resolve("a.db");
        CountDownLatch running = new CountDownLatch(ControlServer.MAX_CONNECTIONS);
        CountDownLatch done = new CountDownLatch(1);
        try (ControlServer server = start(database, () -> {
            running.countDown();
            await(done);
            return DONE;
        })) {
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < ControlServer.MAX_CONNECTIONS; i++) {
                SocketChannel client = connect();
                client.write(ByteBuffer.wrap("do\n".getBytes(StandardCharsets.US_ASCII)));
                clients.add(client);
            }
            await(running);
            try (SocketChannel more = connect()) {
                assertThat(more.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            done.countDown();
            Await.until("places are free again", () -> answers(database));
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static boolean answers(Path database) {
        try {
            return ControlClient.ask(database, "do", LONG).equals(DONE);
        } catch (NotThereException | TimeoutException e) {
            return false;
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("a.db.control")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
