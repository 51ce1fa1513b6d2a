import Foundation

/// How much is tried at random.
enum Fuzzing {
    private static let wish = ProcessInfo.processInfo.environment["HARNESS_FUZZING"]

    /// So many rounds: ten times as many for `Scripts/test --long`, a tenth for mutants.
    static func rounds(_ usual: Int) -> Int {
        switch wish {
        case "long": usual * 10
        case "short": usual / 10
        default: usual
        }
    }
}
