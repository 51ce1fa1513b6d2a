import Foundation

/// How much is tried at random.
enum Fuzzing {
    /// Whether there is time: `Scripts/test --long`.
    static let isLong = ProcessInfo.processInfo.environment["HARNESS_LONG_TESTS"] != nil

    /// So many rounds, or ten times as many if there is time.
    static func rounds(_ usual: Int) -> Int { isLong ? usual * 10 : usual }
}
