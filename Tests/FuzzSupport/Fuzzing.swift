import Foundation

/// How much is tried at random.
public enum Fuzzing {
    private static let wish = ProcessInfo.processInfo.environment["HARNESS_FUZZING"]

    /// So many rounds: ten times as many for `Scripts/test --long`, a tenth for mutants.
    public static func rounds(_ usual: Int) -> Int {
        switch wish {
        case "long": usual * 10
        case "short": usual / 10
        default: usual
        }
    }

    /// So many tries of `Scripts/test --long`, which others have a tenth of, and at least one.
    public static func share(ofLong tries: Int) -> Int {
        switch wish {
        case "long": tries
        case "short": max(1, tries / 100)
        default: max(1, tries / 10)
        }
    }

    /// Whether as much is tried as `Scripts/test --long` does.
    public static var isLong: Bool { wish == "long" }
}
