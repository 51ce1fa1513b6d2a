import NIOCore
import NIOPosix
import Testing
import Vocabulary

@testable import ClusterControl

@Suite(.timeLimit(.minutes(1)))
struct SocketLeakTests {
    /// What the kernel printed for a listener, a connection to port 8080, the other end of it,
    /// one that waits for its end, and one to another machine.
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1 0 100 0 0 10 0
           1: 0100007F:D431 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 1002 1 0 20 4 30 10 -1
           2: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 1003 1 0 20 4 30 10 -1
           3: 0100007F:D433 0100007F:1F90 06 00000000:00000000 03:0000176F 00000000     0        0 0 3 0
           4: 0A00020F:D435 08080808:1F90 01 00000000:00000000 00:00000000 00000000     0        0 1004 1 0 20 4 30 10 -1
        """

    @Test
    func `the kernel's table tells the established connections of this machine`() {
        #expect(
            SocketTable.established(in: Self.table) == [
                .init(remotePort: 8080, inode: 1002), .init(remotePort: 0xd431, inode: 1003),
            ])
        #expect(SocketTable.established(in: "") == [])
    }

    @Test
    func `a connection straight to another node is found`() async throws {
        let folder = try TestFolder()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        // So many connections that the kernel hands out its table in several pieces.
        var crowd: [any Channel] = []
        for _ in 0..<100 {
            crowd.append(
                try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                    .connect(host: "127.0.0.1", port: port).get())
        }
        try await withTestCluster { cluster in
            // The other node stands for the one that listens there.
            var peer = try await cluster.start(ShellNode.launch(2, ShellNode.patient, in: folder))
            peer.port = port
            var launch = ShellNode.launch(
                1, "exec 3<>/dev/tcp/127.0.0.1/\(port); echo ready 1; cat", in: folder)
            launch.executable = "/bin/bash"
            let leaky = try await cluster.start(launch)
            let clean = try await cluster.start(ShellNode.launch(3, ShellNode.patient, in: folder))
            #expect(
                SocketLeaks.find([clean, peer, leaky])
                    == [SocketLeak(node: NodeID(1), peer: NodeID(2))])
            #expect(SocketLeaks.find([clean, peer]) == [])
        }
        for channel in crowd { try await channel.close() }
        try await listener.close()
    }
}
