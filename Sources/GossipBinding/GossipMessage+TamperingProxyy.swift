public import GossipCore
public import Vocabulary

/// How often messages are altered on their way by somebody malicious, and what is altered.
public struct Forgery: Hashable, Sendable {
    /// Messages in a thousand with a version from the far future.
    public var versionsPerMille: Int
    /// Messages in a thousand with a value that nobody wrote.
    public var valuesPerMille: Int
    /// The greatest version that can be honest.
    public var versionMax: Version

    /// Makes a forgery; see the properties.
    public init(versionsPerMille: Int = 0, valuesPerMille: Int = 0, versionMax: Version) {
        self.versionsPerMille = versionsPerMille
        self.valuesPerMille = valuesPerMille
        self.versionMax = versionMax
    }

    /// Alters a message, or leaves it as it is, as chance has it.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - now: The time, which forged values are named after.
    ///   - random: What chance is drawn from; nothing is drawn for what never happens.
    public func alter(_ message: inout GossipMessage, now: Instant, random: inout RandomStream) {
        if random.draws(perMille: versionsPerMille) {
            let far = versionMax.addingReportingOverflow(1_000).partialValue
            message.forgeVersion(max(far, versionMax))
        }
        if random.draws(perMille: valuesPerMille) {
            message.changeEntries { $0.value = "forged-\(now.nanoseconds)" }
        }
    }
}

extension GossipMessage {
    /// Lets the first write, or else the sender's claim how far it is complete, be of a version.
    fileprivate mutating func forgeVersion(_ version: Version) {
        var isForged = false
        changeEntries { entry in
            if !isForged { entry.stamp.version = version }
            isForged = true
        }
        guard !isForged, case .digest(var digest) = self, !digest.maxima.isEmpty else { return }
        digest.maxima[0].version = version
        self = .digest(digest)
    }

    /// Changes all writes that a message carries.
    fileprivate mutating func changeEntries(_ change: (inout Entry) -> Void) {
        switch self {
        case .rumors(var exchange):
            for place in exchange.rumors.indices { change(&exchange.rumors[place]) }
            self = .rumors(exchange)
        case .state(var exchange):
            for place in exchange.entries.indices { change(&exchange.entries[place]) }
            self = .state(exchange)
        case .delta(var delta):
            for part in delta.parts.indices {
                for place in delta.parts[part].entries.indices {
                    change(&delta.parts[part].entries[place])
                }
            }
            self = .delta(delta)
        case .ranges(var exchange):
            for place in exchange.entries.indices { change(&exchange.entries[place]) }
            self = .ranges(exchange)
        case .digest: break
        }
    }
}
