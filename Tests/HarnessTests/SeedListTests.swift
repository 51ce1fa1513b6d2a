import ArgumentParser
import Testing

@testable import harness

@Suite struct SeedListTests {
    @Test func `seeds are counted or listed, each once`() throws {
        #expect(try SeedList(parsing: "1000") == .count(1000))
        #expect(try SeedList(parsing: "1000000") == .count(1_000_000))
        #expect(try SeedList(parsing: "5,5,5") == .listed([5]))
        #expect(try SeedList(parsing: "3,17,1-4") == .listed([3, 17, 1, 2, 4]))
        #expect(
            try SeedList(parsing: "18446744073709551615-18446744073709551615")
                == .listed([.max]))
    }

    @Test(arguments: [
        ("", "such as 1000"), ("3,,4", "neither a seed nor a range"), ("9-3", "3-9"),
        ("0", "at least one"), ("20000000", "up to 1000000"),
        ("18446744073709551615", "up to 1000000"),
        ("1-20000000", "at most 1000000"), ("1-600000,1000000-1600000", "at most 1000000"),
        ("1-2-3", "neither"), ("-5", "neither"), ("x", "neither"),
        ("0-18446744073709551615", "at most"), ("18446744073709551616-1", "neither"),
    ])
    func `what is no list says why`(text: String, part: String) {
        let error = #expect(throws: MalformedOption.self) { try SeedList(parsing: text) }
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }

    @Test func `parts are a partition`() throws {
        let seeds = (0..<10).map { UInt64($0) }
        let parts = try (1...3).map { try Shard(parsing: "\($0)/3").part(of: seeds) }
        #expect(parts.joined().sorted() == seeds)
        #expect(throws: MalformedOption.self) { try Shard(parsing: "3/2") }
    }

    @Test(arguments: [
        (["explore", "-w", "register", "--seeds", "100-149", "--seed", "3"], "--seeds names"),
        (["explore", "-w", "register", "--seeds", "100", "--shard", "1/2"], "--shard"),
        (["explore", "-w", "register", "--shard", "1/2", "--for", "1s"], "--shard"),
    ])
    func `options that contradict each other are refused`(
        arguments: [String], part: String
    ) async throws {
        let command = try #require(Harness.parseAsRoot(arguments) as? ExploreCommand)
        let error = await #expect(throws: ValidationError.self) { try await command.run() }
        #expect(error?.message.contains(part) == true)
    }

    @Test(arguments: [
        ["--nodes", "3"], ["--rate", "7"], ["--concurrency", "3"], ["--time-limit", "3s"],
        ["--faults", "kill"], ["--defect", "no-fsync"], ["--workload", "register"],
    ])
    func `what a recorded run has of its own can't be given`(option: [String]) {
        for name in ["replay", "shrink"] {
            let error = #expect(throws: (any Error).self) {
                try Harness.parseAsRoot([name, "reports/RUN"] + option)
            }
            let message = error.map(Harness.message) ?? ""
            #expect(message.contains("\(option[0]) belongs to --seed"), "\(message)")
        }
    }
}
