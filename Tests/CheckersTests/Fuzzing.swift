import FuzzSupport

/// How much is tried at random.
enum Fuzzing {
    /// So many rounds: ten times as many for `Scripts/test --long`, a tenth for mutants.
    static func rounds(_ usual: Int) -> Int { FuzzSupport.Fuzzing.rounds(usual) }
}
