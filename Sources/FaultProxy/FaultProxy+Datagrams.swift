public import Faults
public import HistoryModel
import Vocabulary

// What happens to single datagrams on links that are not cut.

extension FaultProxy {
    /// How often it is looked whether anything has happened.
    private static let pollInterval = Duration.milliseconds(20)

    /// Lets somebody look at every datagram before anything else happens to it, and change it.
    ///
    /// - Parameter tap: Gets the link and the bytes, and returns the bytes that go on. It is called on the
    ///   proxy's event loop, so it holds up all traffic.
    public func setTap(_ tap: @escaping @Sendable (DirectedLink, [UInt8]) -> [UInt8]) {
        board.tap = tap
    }

    /// Says what happens to single datagrams from now on, on every link.
    public func setConditions(_ conditions: DatagramConditions) {
        for relay in board.relays.values { relay.conditions = conditions }
    }

    /// Says what happens to single datagrams of these links from now on, and counts them anew.
    ///
    /// - Throws: `FaultProxyError.noDatagrams`; then nothing was changed.
    public func disturb(_ links: [DirectedLink], _ conditions: DatagramConditions) throws {
        for relay in try relays(of: links) {
            relay.conditions = conditions
            relay.touched = 0
        }
    }

    /// Lets these links deliver every datagram at once again.
    ///
    /// What is late already stays late.
    /// - Throws: `FaultProxyError.noDatagrams`; then nothing was changed.
    /// - Returns: how many datagrams were lost, doubled or delayed since these links were disturbed.
    @discardableResult
    public func calm(_ links: [DirectedLink]) throws -> Int {
        let touched = try touched(on: links)
        for relay in try relays(of: links) { relay.conditions = DatagramConditions() }
        return touched
    }

    /// How many datagrams were lost, doubled or delayed since these links were disturbed.
    ///
    /// - Throws: `FaultProxyError.noDatagrams`.
    public func touched(on links: [DirectedLink]) throws -> Int {
        try relays(of: links).reduce(0) { $0 + $1.touched }
    }

    /// Waits until something has happened to a datagram of one of these links, at most for `timeout`.
    ///
    /// - Throws: `FaultProxyError.noDatagrams`.
    public func proveDisturbed(
        _ links: [DirectedLink], timeout: Duration
    ) async throws -> FaultRecord.Proof {
        let deadline = SuspendingClock.now + timeout
        while try touched(on: links) == 0 {
            guard SuspendingClock.now < deadline else {
                return .missing("no datagram was lost, doubled or late within \(timeout)")
            }
            try await Task.sleep(for: Self.pollInterval)
        }
        return .seen(at: now())
    }

    private func relays(of links: [DirectedLink]) throws -> [DatagramRelay] {
        try links.map { link in
            guard let relay = board.relays[link] else { throw FaultProxyError.noDatagrams(link) }
            return relay
        }
    }
}
