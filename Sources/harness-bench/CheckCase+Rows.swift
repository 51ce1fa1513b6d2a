internal import Checkers
internal import HistoryModel

extension CheckCase {
    /// All rows, in the order in which they are printed.
    static let all: [CheckCase] = [
        CheckCase(
            name: "register, unique values, 1 M × 10, 1 % unknown",
            load: registers(1_000_000, 10, values: nil, unknown: 10), wantedSeconds: 0.15,
            peer: "10 k × 20: 22 s"),
        CheckCase(
            name: "register, unique values, 1 M × 100, 1 % unknown",
            load: registers(1_000_000, 100, values: nil, unknown: 10), wantedSeconds: 0.2,
            peer: "1 k × 50: undecided after 60 s"),
        CheckCase(
            name: "register, unique values, 1 M × 100 over 1,000 keys",
            load: registers(1_000_000, 100, values: nil, keys: 1_000), wantedSeconds: 0.2),
        CheckCase(
            name: "kv, unique values, 100 M × 100 over 10,000 keys, all cores",
            load: registers(100_000_000, 100, values: nil, keys: 10_000), way: .onAllCores,
            wantedSeconds: 10),
        CheckCase(
            name: "register, unique values, 10 M × 10, streaming",
            load: registers(10_000_000, 10, values: nil, unknown: 10), way: .streaming,
            wantedSeconds: 2.5),
        CheckCase(
            name: "queue, 1 M × 20",
            load: CheckLoad(object: .queue, operations: 1_000_000, clients: 20), model: .queue,
            wantedSeconds: 0.2, peer: "fastlin: 0.8 s", peerSeconds: 0.8),
        CheckCase(
            name: "set, 1 M × 20",
            load: CheckLoad(object: .set, operations: 1_000_000, clients: 20), model: .set,
            wantedSeconds: 0.2),
        CheckCase(
            name: "cas, 5 values, 10 k × 10", load: registers(10_000, 10), wantedSeconds: 0.01),
        CheckCase(
            name: "cas, 5 values, 100 k × 10", load: registers(100_000, 10), wantedSeconds: 0.15,
            peer: "4.7 s, 5 GB", peerSeconds: 4.7),
        CheckCase(
            name: "cas, 5 values, 1 M × 10", load: registers(1_000_000, 10), wantedSeconds: 1.5,
            peer: "out of memory"),
        CheckCase(
            name: "cas, 5 values, 10 k × 20", load: registers(10_000, 20), wantedSeconds: 0.1,
            peer: "9.4 s, 2.9 GB", peerSeconds: 9.4),
        CheckCase(
            name: "cas, 5 values, 10 k × 30", load: registers(10_000, 30), wantedSeconds: 1,
            peer: "1 k: 2–3 s"),
        CheckCase(
            name: "cas, 5 values, 10 k × 10, 2 % unknown",
            load: registers(10_000, 10, unknown: 20), wantedSeconds: 1),
        CheckCase(
            name: "cas, 5 values, 1 k × 25, one late stale read",
            load: registers(1_000, 25, stale: true), wantedSeconds: 0.2, verdict: .invalid,
            peer: "20: undecided after 60 s"),
        CheckCase(
            name: "cas, 5 values, 1 M × 100 over 1,000 keys",
            load: registers(1_000_000, 100, keys: 1_000), wantedSeconds: 0.3, peer: "1.05 s, 1 GB",
            peerSeconds: 1.05),
        CheckCase(
            name: "the same, 5 % unknown, one late stale read",
            load: registers(1_000_000, 100, keys: 1_000, unknown: 50, stale: true),
            wantedSeconds: 0.5, verdict: .invalid, peer: "undecided after 60 s"),
        CheckCase(
            name: "cas, 5 values, 1 k × 2, 5 % unknown, one late stale read",
            load: registers(1_000, 2, unknown: 50, stale: true), wantedSeconds: 0.01,
            verdict: .invalid, peer: "undecided after 60 s"),
    ]
}
