import FoundationEssentials
public import Vocabulary

/// A connection between two nodes that does not pass the proxy.
public struct SocketLeak: Hashable, Sendable {
    /// The node that dialled.
    public let node: NodeID
    /// The node whose own port it dialled.
    public let peer: NodeID
}

/// Looks for connections that faults could not touch.
public enum SocketLeaks {
    /// Every established connection from one node straight to the port of another.
    ///
    /// Reads what the kernel says of the processes' sockets; a process that has ended has none.
    /// - Parameter nodes: the nodes that run, with their process and real port.
    /// - Returns: the leaks in the order of nodes and peers, each once.
    public static func find(_ nodes: [ProcessStart]) -> [SocketLeak] {
        nodes.sorted { $0.node < $1.node }.flatMap { node in
            let own = sockets(of: node.process)
            let dialled = ["tcp", "tcp6"].flatMap { table in
                SocketTable.established(
                    in: KernelFile.contents("/proc/\(node.process)/net/\(table)"))
            }
            let ports = Set(dialled.filter { own.contains($0.inode) }.map(\.remotePort))
            return nodes.sorted { $0.node < $1.node }
                .filter { peer in
                    peer.node != node.node && peer.port.map { ports.contains($0) } ?? false
                }
                .map { SocketLeak(node: node.node, peer: $0.node) }
        }
    }

    /// The nodes that run and whose connections the kernel does not show, so that of them it is not known
    /// whether they leak.
    public static func hidden(_ nodes: [ProcessStart]) -> [NodeID] {
        nodes.filter { files(of: $0.process) == nil && !ProcessState.isGone($0.process) }
            .map(\.node).sorted()
    }

    /// The open files of a process; nil if the kernel does not tell.
    private static func files(of process: Int32) -> [String]? {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        } catch { return nil }
    }

    /// The inodes of a process's sockets.
    private static func sockets(of process: Int32) -> Set<Int> {
        let folder = "/proc/\(process)/fd"
        let files = files(of: process) ?? []
        return Set(
            files.compactMap { file -> Int? in
                // A file that was closed between the two looks has no socket any more.
                let path = "\(folder)/\(file)"
                guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
                else { return nil }
                guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
                return Int(target.dropFirst("socket:[".count).dropLast())
            })
    }
}

/// The kernel's table of TCP sockets.
///
/// Source: proc_pid_net(5), `/proc/net/tcp`.
enum SocketTable {
    /// One socket of the table.
    struct Row: Hashable {
        var remotePort: Int
        var inode: Int
    }

    /// The established connections to addresses of this machine.
    static func established(in table: String) -> [Row] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "01", let inode = Int(fields[9]) else {
                return nil
            }
            let remote = fields[2].split(separator: ":")
            guard remote.count == 2, isLoopback(remote[0]), let port = Int(remote[1], radix: 16)
            else { return nil }
            return Row(remotePort: port, inode: inode)
        }
    }

    /// Whether an address, in the order of bytes that the table has, stays on this machine.
    private static func isLoopback(_ address: Substring) -> Bool {
        // The last word of 127.0.0.1 and of its form in IPv6, or all of ::1.
        address.hasSuffix("0100007F") || address == "00000000000000000000000001000000"
    }
}
