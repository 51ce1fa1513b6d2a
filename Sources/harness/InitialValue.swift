internal import ArgumentParser
internal import Checkers
internal import HistoryModel

/// What `--initial` says every object holds at first.
enum InitialValue {
    /// Reads it, as far as it makes sense for the model.
    ///
    /// A model given what it can't hold would begin empty or undecided, and judge another history
    /// than the one that was meant.
    /// - Throws: `ValidationError` that says what is expected.
    static func parse(_ text: String, for model: ObjectModel) throws -> Value {
        var value: Value
        do {
            value = try Value(edn: text)
        } catch {
            let found = error.found == "the end of the file" ? "its end" : error.found
            throw ValidationError(
                "the value of --initial, '\(text)', can't be read: expected \(error.expected), "
                    + "found \(found) at column \(error.column)")
        }
        // A bare word is meant as a text, and the elements of a collection may stand as a set.
        if case .form(let word) = value, value.name.map({ $0 == word }) ?? false {
            value = .text(word)
        }
        if case .set(let elements) = value, model.completions.rule(of: .read) == .elements {
            value = .list(elements)
        }
        if let expected = expected(by: model, insteadOf: value) {
            throw ValidationError(
                "--initial \(text) is nothing that a \(model.name) can hold; expected \(expected)")
        }
        return value
    }

    /// Whether the model can begin with the value.
    static func fits(_ value: Value, _ model: ObjectModel) -> Bool {
        expected(by: model, insteadOf: value) == nil
    }

    /// Whether it begins with a list of what is in it, and with nothing else.
    static func takesLists(_ model: ObjectModel) -> Bool {
        fits(.list([]), model) && !fits(.integer(0), model)
    }

    /// What the model begins with, if not with such a value; nil if it does.
    private static func expected(by model: ObjectModel, insteadOf value: Value) -> String? {
        switch (model.name, value) {
        case (ObjectModel.counter.name, .integer): nil
        case (ObjectModel.counter.name, _): "a whole number such as 5"
        case (ObjectModel.kv.name, .text), (ObjectModel.kv.name, .null): nil
        case (ObjectModel.kv.name, _): "a text such as '\"x\"'"
        case (ObjectModel.mutex.name, _), (ObjectModel.lock.name, _),
            (ObjectModel.fencedLock.name, _):
            value == "free" ? nil : "free, which it is without --initial too"
        case (ObjectModel.queue.name, .list(let all)), (ObjectModel.stack.name, .list(let all)),
            (ObjectModel.priorityQueue.name, .list(let all)):
            all.contains(.null) ? "a list without nil, which stands for there being nothing" : nil
        case (ObjectModel.set.name, .list), (ObjectModel.listAppend.name, .list): nil
        case (ObjectModel.queue.name, _), (ObjectModel.stack.name, _),
            (ObjectModel.priorityQueue.name, _), (ObjectModel.set.name, _),
            (ObjectModel.listAppend.name, _):
            "a list such as '[1 2]'"
        default: nil
        }
    }
}
