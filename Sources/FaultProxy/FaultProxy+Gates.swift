public import Faults
public import HistoryModel
public import Vocabulary

extension FaultProxy {
    /// Cuts all these links at the same moment.
    ///
    /// Connections stay open and new ones are accepted, but nothing comes through: neither
    /// bytes, nor the news that the other side has gone.
    /// - Throws: `FaultProxyError.noSuchGate`; then nothing was cut.
    public func apply(cut links: [DirectedLink]) throws {
        for gate in try gates(of: links) { gate.close() }
    }

    /// Opens all these links at the same moment.
    ///
    /// With `.resume` what was held is delivered in order; with `.reset` connections that held
    /// something are reset on both sides, and what they held is lost with them.
    ///
    /// - Throws: `FaultProxyError.noSuchGate`; then nothing was opened.
    /// - Returns: what was touched since these links were cut.
    @discardableResult
    public func heal(_ links: [DirectedLink], _ mode: HealMode) throws -> HoldCount {
        let flows = try gates(of: links).flatMap { $0.open() }
        for flow in flows {
            switch mode {
            case .resume: flow.release()
            case .reset: flow.reset()
            }
        }
        return try held(on: links)
    }

    /// Opens every link that is cut.
    ///
    /// - Returns: what was touched since these links were cut.
    @discardableResult
    public func healAll(_ mode: HealMode) throws -> HoldCount {
        try heal(cutLinks, mode)
    }

    /// The links that are cut now, in order.
    public var cutLinks: [DirectedLink] {
        board.gates.filter { $0.value.isClosed }.map(\.key).sorted()
    }

    /// What has been touched on these links since they were last cut.
    ///
    /// - Throws: `FaultProxyError.noSuchGate`.
    public func held(on links: [DirectedLink]) throws -> HoldCount {
        var count = HoldCount()
        var connections: Set<Int> = []
        for gate in try gates(of: links) {
            count.bytes += gate.bytesHeld
            connections.formUnion(gate.connectionsHeld)
        }
        count.connections = connections.count
        return count
    }

    /// When the first bytes crossed each of these links after it was last healed.
    ///
    /// Links that nothing has crossed since are missing. A probe does not count.
    /// - Throws: `FaultProxyError.noSuchGate`.
    public func firstDeliveries(across links: [DirectedLink]) throws -> [DirectedLink: Instant] {
        let first = zip(links, try gates(of: links)).compactMap { link, gate in
            gate.firstDelivery.map { (link, $0) }
        }
        return Dictionary(first, uniquingKeysWith: { earlier, _ in earlier })
    }

    /// Makes a gate report that it is closed and let everything through.
    package func breakGate(_ link: DirectedLink) throws {
        for gate in try gates(of: [link]) { gate.isBroken = true }
    }

    private func gates(of links: [DirectedLink]) throws -> [Gate] {
        try links.map { link in
            guard let gate = board.gates[link] else { throw FaultProxyError.noSuchGate(link) }
            return gate
        }
    }
}
