public import ArgumentParser
public import NodeRuntime
import Vocabulary

/// An address as it stands on the command line: `HOST:PORT`.
public struct HostAndPort: ExpressibleByArgument, CustomStringConvertible {
    /// The name or the number of the machine.
    public var host: String
    /// The port; 0 for a free one.
    public var port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads an address; nil if the text is none.
    public init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"), colon > argument.startIndex,
            let port = UInt16(argument[argument.index(after: colon)...])
        else { return nil }
        self.init(host: String(argument[..<colon]), port: Int(port))
    }

    /// The address as it is written.
    public var description: String { "\(host):\(port)" }
}

/// A peer as it stands on the command line: `NUMBER=HOST:PORT`.
extension PeerAddress: ExpressibleByArgument {
    /// Reads a peer; nil if the text is none.
    public init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let number = Int(parts[0]),
            let address = HostAndPort(argument: String(parts[1]))
        else { return nil }
        self.init(node: NodeID(number), host: address.host, port: address.port)
    }
}
