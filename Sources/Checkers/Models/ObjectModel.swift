public import HistoryModel

/// What the operations of a history are operations of, and how such a history is judged.
public struct ObjectModel: Sendable {
    /// The name that the model is chosen by.
    public let name: String
    /// What the object is and which operations it knows, for people.
    public let summary: String
    /// What the object is called in sentences.
    let noun: String
    /// The operations that it knows, and what their completions say.
    public let completions: CompletionRules
    /// How it is judged event by event; nil if only whole histories can be judged.
    let streamed: StreamedObject?
    /// Begins the check of one object.
    let procedure: @Sendable (Subhistory) -> any DecisionProcedure
    /// Takes an object apart into independent ones, where that is possible.
    let split: @Sendable ([Int32], OperationList) -> [(key: Value, members: [Int32])]?

    init(
        name: String, summary: String, noun: String, completions: CompletionRules = [:],
        streamed: StreamedObject? = nil,
        split: @escaping @Sendable ([Int32], OperationList) -> [(key: Value, members: [Int32])]? = {
            _, _ in nil
        },
        procedure: @escaping @Sendable (Subhistory) -> any DecisionProcedure
    ) {
        self.name = name
        self.summary = summary
        self.noun = noun
        self.completions = completions
        self.streamed = streamed
        self.split = split
        self.procedure = procedure
    }

    /// Judges by a model of one's own, one object for each key.
    public init(_ model: some SequentialModel, named name: String, summary: String = "") {
        self.init(name: name, summary: summary, noun: model.noun) {
            ModelProcedure($0, model: model)
        }
    }

    /// What a reason says of an operation that is none of the model's, before the model's noun.
    public static let isNoOperation = "is no operation of a"

    /// The model of this name, if there is one among those that are known.
    public static func named(_ name: String) -> ObjectModel? { all.first { $0.name == name } }
}
