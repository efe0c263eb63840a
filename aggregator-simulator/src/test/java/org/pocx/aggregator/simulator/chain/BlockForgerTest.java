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
    void fixedInterval_forgesInItsRhythm() {
        forger(new ForgingRule.EveryInterval(Duration.ofSeconds(10))).start();
        scheduler.advance(Duration.ofSeconds(9));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(30));
        assertThat(chain.tip().height()).isEqualTo(4);
    }

    @Test
    void acceptedNonce_forgesWhenItsPocTimeHasPassed() {
        forger(new ForgingRule.ByPocTime(new Speed(10))).start();
        long quality = qualityFor(50);
        scheduler.advance(Duration.ofSeconds(2));
        chain.judge(new Nonces(chain.tip()).of(quality));
        scheduler.advance(Duration.ofMillis(2_900));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofMillis(200));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void nonceThatIsOverdue_forgesAtOnce() {
        forger(new ForgingRule.ByPocTime(Speed.REAL)).start();
        scheduler.advance(Duration.ofSeconds(60));
        chain.judge(new Nonces(chain.tip()).of(qualityFor(50)));
        scheduler.advance(Duration.ZERO);
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void roundWithoutNonces_endsAfterFourBlockTimes() {
        forger(new ForgingRule.ByPocTime(Speed.REAL)).start();
        scheduler.advance(Duration.ofSeconds(479));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void evenRounds_endNeitherSoonerNorLater() {
        forger(new ForgingRule.ByPocTime(Speed.REAL, 0.5, 1.5)).start();
        chain.judge(new Nonces(chain.tip()).of(qualityFor(1)));
        scheduler.advance(Duration.ofSeconds(59));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);

        chain.judge(new Nonces(chain.tip()).of(qualityFor(400)));
        scheduler.advance(Duration.ofSeconds(179));
        assertThat(chain.tip().height()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(2);
    }

    @Test
    void fork_beginsTheRoundAnew() {
        forger(new ForgingRule.EveryInterval(Duration.ofSeconds(10))).start();
        scheduler.advance(Duration.ofSeconds(15));
        chain.fork(1);
        scheduler.advance(Duration.ofSeconds(9));
        assertThat(chain.tip().height()).isZero();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(chain.tip().height()).isEqualTo(1);
    }

    @Test
    void closedForger_forgesNoMore() {
        BlockForger forger = forger(new ForgingRule.EveryInterval(Duration.ofSeconds(10)));
        forger.start();
        forger.close();
        forger.close();
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(chain.tip().height()).isZero();
    }

    private BlockForger forger(ForgingRule rule) {
        return new BlockForger(chain, scheduler, rule);
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
