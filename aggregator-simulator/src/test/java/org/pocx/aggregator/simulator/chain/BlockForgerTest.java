package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.simulator.time.Speed;

class BlockForgerTest {
    private static final long BLOCK_TIME = 120;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final SimulatedChain chain = new SimulatedChain(ChainSettings.genesis(Duration.ofSeconds(BLOCK_TIME)));

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void fixedRoundLength_forgesAtFixedIntervals() {
        forger(new BlockTiming(new Speed(12), 1, 1)).start();
        scheduler.advance(Duration.ofSeconds(9));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(chain.tip().height()).isEqualTo(4);
    }

    @Test
    void acceptedNonce_forgesAfterItsPocTime() {
        forger(new BlockTiming(new Speed(10))).start();
        long quality = qualityFor(50);
        scheduler.advance(Duration.ofSeconds(2));
        chain.submit(new ChainNonces(chain.tip()).of(quality));
        scheduler.advance(Duration.ofMillis(2_900));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofMillis(200));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void nonceAfterItsPocTime_forgesImmediately() {
        forger(new BlockTiming(Speed.REAL)).start();
        scheduler.advance(Duration.ofSeconds(60));
        chain.submit(new ChainNonces(chain.tip()).of(qualityFor(50)));
        scheduler.advance(Duration.ZERO);
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void roundWithoutNonces_endsAfterFourBlockTimes() {
        forger(new BlockTiming(Speed.REAL)).start();
        scheduler.advance(Duration.ofSeconds(479));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void limitedRoundLength_endsRoundsWithinTheLimits() {
        forger(new BlockTiming(Speed.REAL, 0.5, 1.5)).start();
        chain.submit(new ChainNonces(chain.tip()).of(qualityFor(1)));
        scheduler.advance(Duration.ofSeconds(59));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);

        chain.submit(new ChainNonces(chain.tip()).of(qualityFor(400)));
        scheduler.advance(Duration.ofSeconds(179));
        assertThat(chain.tip().height()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(2);
    }

    @Test
    void fork_restartsTheTimeOfTheRound() {
        forger(new BlockTiming(new Speed(12), 1, 1)).start();
        scheduler.advance(Duration.ofSeconds(15));
        chain.fork(1);
        scheduler.advance(Duration.ofSeconds(9));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void closedForger_doesNotForge() {
        BlockForger forger = forger(new BlockTiming(new Speed(12), 1, 1));
        forger.start();
        forger.close();
        forger.close();
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(chain.tip().height()).isZero();
    }

    private BlockForger forger(BlockTiming timing) {
        return new BlockForger(chain, scheduler, timing);
    }

    /** A quality whose poc_time is this many seconds at the chain's base target. */
    private long qualityFor(long seconds) {
        PocTime pocTime = PocTime.forBlockTime(BLOCK_TIME);
        long low = 0;
        for (long high = 1L << 62; low < high;) {
            long middle = (low + high) >>> 1;
            if (pocTime.seconds(middle, chain.tip().baseTarget()) < seconds) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
