import Foundation
import Runner
import Testing

/// What a process says that gets no more memory.
@Suite struct AddressSpaceTests {
    @Test func `a process that gets no more memory says so and exits with 70`() async throws {
        let result = await #expect(
            processExitsWith: .exitCode(70), observing: [\.standardErrorContent]
        ) {
            limitAddressSpace(to: 2 << 30)
            AddressSpace.tellOfItsEnd()
            // Never touched, so that it takes addresses and no memory.
            var taken: [UnsafeMutableRawPointer] = []
            while true { taken.append(.allocate(byteCount: 1 << 26, alignment: 16)) }
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.contains("the harness failed: it got no more memory"), "\(text)")
        #expect(text.contains("ulimit -v"), "\(text)")
    }

    @Test func `another fault is not taken for a lack of memory`() async throws {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            limitAddressSpace(to: 64 << 30)
            AddressSpace.tellOfItsEnd()
            abort()
        }
    }
}

private func limitAddressSpace(to bytes: UInt) {
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
}
