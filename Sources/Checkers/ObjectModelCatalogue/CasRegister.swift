import HistoryModel

extension ObjectModel {
    /// A register per key with read, write and compare-and-set; starts at nil.
    public static let casRegister = ObjectModel(
        name: "cas-register", summary: "a register per key: read, write, cas [expected new]",
        noun: RegisterReading.register.noun,
        completions: [.read: .answer, .write: .echo, .cas: .comparison],
        streamed: .register(.register)
    ) { RegisterProcedure($0, reading: .register) }
}
