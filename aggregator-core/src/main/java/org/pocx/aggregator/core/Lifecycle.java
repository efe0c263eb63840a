package org.pocx.aggregator.core;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Where an aggregator is between its construction and its end. Thread-safe: the state changes under this object's monitor and
 * is read without it; a lock is held during a start, so that closing can wait for it.
 */
final class Lifecycle {
    private final ReentrantLock starting = new ReentrantLock();
    private volatile State state = State.NEW;
    private boolean ran;

    private enum State {
        NEW("the aggregator is not started: call start(), and wait until it returns"),
        STARTING(NEW.advice),
        RUNNING("the aggregator is started already: an aggregator is started once"),
        FAILED("start() failed before: close this aggregator and build another one"),
        CLOSED("the aggregator is closed: build and start another one");

        private final String advice;

        State(String advice) {
            this.advice = advice;
        }

        IllegalStateException refusal(String what) {
            return new IllegalStateException("cannot " + what + ": " + advice);
        }
    }

    /**
     * Runs the start.
     *
     * @throws IllegalStateException when it was run before, or the end has come, even meanwhile
     */
    void start(Runnable work) {
        starting.lock();
        try {
            if (!move(State.NEW, State.STARTING)) {
                throw state.refusal("start");
            }
            try {
                work.run();
                ran = true;
            } finally {
                move(State.STARTING, ran ? State.RUNNING : State.FAILED);
            }
            requireRunning("start");
        } finally {
            starting.unlock();
        }
    }

    private synchronized boolean move(State from, State to) {
        boolean moves = state == from;
        if (moves) {
            state = to;
        }
        return moves;
    }

    /** @throws IllegalStateException when the aggregator is not running, which says so and what to do */
    void requireRunning(String what) {
        State now = state;
        if (now != State.RUNNING) {
            throw now.refusal(what);
        }
    }

    /** Ends it: nothing is running any more. Returns false when it had ended before. */
    synchronized boolean end() {
        boolean ends = state != State.CLOSED;
        state = State.CLOSED;
        return ends;
    }

    /** Waits for a start that is under way; returns whether one has ever succeeded. To be called after {@link #end}. */
    boolean hasRun() {
        starting.lock();
        try {
            return ran;
        } finally {
            starting.unlock();
        }
    }
}
