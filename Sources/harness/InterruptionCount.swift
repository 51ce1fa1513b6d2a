/// Tells a second Ctrl-C from the echo of the first.
///
/// Programs such as `timeout` send their signal to the process and to its group, so that one
/// request arrives twice.
struct InterruptionCount {
    /// What a signal asks for.
    enum Request: Hashable {
        /// End early, and keep what there is.
        case stop
        /// Nothing more than the one before.
        case echo
        /// End at once.
        case quit
    }

    private static let echo: Duration = .milliseconds(500)
    private var first: ContinuousClock.Instant?

    /// Takes a signal in.
    mutating func add(at now: ContinuousClock.Instant) -> Request {
        guard let first else {
            first = now
            return .stop
        }
        return now - first < Self.echo ? .echo : .quit
    }
}
