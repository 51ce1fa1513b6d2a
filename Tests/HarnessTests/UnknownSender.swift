import Foundation
import GossipCore
import NIOCore
import NodeWire
import Vocabulary

/// Somebody who is no part of the cluster and sends its nodes what they never asked for.
struct UnknownSender {
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard socket >= 0 else { throw POSIXError(.EIO) }
    }

    func stop() { close(socket) }

    /// Datagrams that no node may take: bytes that are no message, too many bytes, a message from nobody, one
    /// for somebody else, and a version that lies beyond all bounds.
    static func rubbish(for node: Int) -> [[UInt8]] {
        let entry = Entry(
            key: "1", value: "forged", stamp: Stamp(version: .max, writer: Writer(NodeID(1))))
        let forged = GossipPayload.store(.rumors(RumorExchange(rumors: [entry])))
        let digest = GossipPayload.store(
            .digest(
                Digest(
                    hash: 1, maxima: [Maximum(Writer(NodeID(1)), .max)], pulls: true, pushes: true))
        )
        let join = GossipPayload.membership(MembershipMessage(.join))
        let sender = NodeID(node == 1 ? 2 : 1)
        return [
            [], [1, 2, 3], Array(repeating: 0xff, count: 900),
            Array(repeating: 7, count: 40_000),
            frame(join, from: NodeID(99), to: NodeID(node)),
            frame(join, from: sender, to: NodeID(99)),
            frame(forged, from: sender, to: NodeID(node)),
            frame(digest, from: sender, to: NodeID(node)),
        ]
    }

    private static func frame(_ payload: GossipPayload, from: NodeID, to: NodeID) -> [UInt8] {
        var buffer = ByteBuffer()
        FrameCodec.encode(
            GossipFrame.packet(GossipPacket(payload, from: from, to: to)), into: &buffer)
        return Array(buffer.readableBytesView)
    }

    func send(_ bytes: [UInt8], to port: UInt16) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(
                    socket, bytes, bytes.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// The ports at which a process takes in datagrams, by the kernel's tables.
    static func ports(of process: Int32) throws -> [UInt16] {
        let folder = "/proc/\(process)/fd"
        let sockets = try Set(
            FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
                try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            })
        let table = try String(contentsOfFile: "/proc/net/udp", encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: " ")
            guard columns.count > 9, sockets.contains("socket:[\(columns[9])]") else { return nil }
            return columns[1].split(separator: ":").last.flatMap { UInt16($0, radix: 16) }
        }
    }
}
