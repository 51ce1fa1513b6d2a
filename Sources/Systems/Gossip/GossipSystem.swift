internal import Files
public import Faults
internal import Foundation
public import GossipCore
internal import HistoryModel
internal import NIOCore
internal import NodeWire
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// The gossip key-value store that comes with the harness: one `gossip-node` process per node, every
/// connection and every datagram between them through the fault proxy.
public struct GossipSystem: SystemUnderTest {
    private let intercept: Interception?

    /// Sees a packet on its way from one node to another, and may change it.
    public typealias Interception = @Sendable (inout GossipPacket) -> Void

    /// Makes the system.
    ///
    /// - Parameter intercept: Called with everything that one node sends another in a datagram, on the
    ///   proxy's event loop; what it leaves is what arrives.
    public init(intercepting intercept: Interception? = nil) { self.intercept = intercept }

    /// `gossip`.
    public var name: String { "gossip" }
    /// What it is, in a line.
    public var summary: String {
        "the bundled store that only agrees in the end, as real processes"
    }
    /// All of them.
    public var primitives: Set<FaultAction.Primitive> { Set(FaultAction.Primitive.allCases) }
    /// The bugs that the node program can put back.
    public var defects: [DefectDescription] {
        GossipDefect.allCases.map {
            DefectDescription(name: $0.rawValue, summary: Self.summary($0))
        }
    }

    private static func summary(_ defect: GossipDefect) -> String {
        switch defect {
        case .noTieBreak: "of two writes with equal versions the first that comes stays"
        case .wallClock: "versions are read off the clock, so that a fast clock wins for long"
        case .timerTombstones: "tombstones are removed after a while, whoever has not seen them"
        case .incarnationNotRaised: "a member that is held dead objects without a new incarnation"
        case .versionReset: "after a restart the versions begin anew"
        case .rumorOnly: "rumors die at the first vain contact, with no anti-entropy behind them"
        case .pullMute: "a node that is asked for what it has does not answer"
        case .oneWayAntiEntropy: "anti-entropy gives and never takes, and only to larger numbers"
        case .truncatedDelta: "a delta that was cut off to fit its message counts as whole"
        case .obsoleteDelta: "a delta counts although it begins above what the node has"
        case .sentNotCleared: "who was sent an older write of a key counts as sent the new one"
        case .echoStorm: "a rumor that is known goes back to where it came from, and lives again"
        case .deafAfterGarbage: "after bytes that are no message the node hears nothing any more"
        case .acceptForged: "versions beyond the bound are believed"
        }
    }

    /// Starts the nodes, waits until they all know each other, runs `body`, and ends the nodes.
    ///
    /// - Throws: `ClusterError` if a node can't be started, ``ProcessSystemError`` if they don't find
    ///   each other in time, or what `body` throws.
    public func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let configuration = environment.configuration
        let file = try Self.writeSettings(environment)
        let isWatched = configuration.gossip.membership != nil
        let pairs = configuration.nodes * (configuration.nodes - 1)
        let system = ProcessSystem(
            program: "gossip-node",
            // What the frame adds to a datagram has room as well.
            datagramBytesMax: configuration.gossip.datagramBytesMax + 1024,
            tap: intercept.map(Self.tap), storeFile: "data/store",
            awaited: "every node known to every other",
            isServing: { !isWatched || $0.acquaintances == pairs },
            clients: { GossipClients(configuration: $0, addresses: $1) },
            arguments: { _, _ in ["--workload", file] })
        try await system.withRunning(environment, body)
    }

    private static func tap(
        _ intercept: @escaping Interception
    ) -> @Sendable (DirectedLink, [UInt8]) -> [UInt8] {
        { _, bytes in
            let frame = try? FrameCodec.decodeWhole(
                GossipFrame.self, from: ByteBuffer(bytes: bytes))
            guard case .packet(let sent)? = frame else { return bytes }
            var packet = sent
            intercept(&packet)
            guard packet != sent else { return bytes }
            var buffer = ByteBuffer()
            FrameCodec.encode(GossipFrame.packet(packet), into: &buffer)
            return Array(buffer.readableBytesView)
        }
    }

    /// Writes what all nodes are told to one file.
    private static func writeSettings(_ environment: SystemEnvironment) throws -> String {
        var settings = environment.configuration
        // What clients and the nemesis do is none of the nodes' business.
        settings.operations = nil
        settings.schedule = nil
        let path = "\(environment.directory)/nodes.yaml"
        do {
            try WorkloadFile.render(settings).write(
                toFile: path, atomically: false, encoding: .utf8)
        } catch {
            throw ProcessSystemError.cannotWrite(path: path, reason: FileProblem.words(error))
        }
        return path
    }
}
