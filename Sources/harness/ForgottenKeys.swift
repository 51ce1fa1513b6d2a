internal import HistoryModel

/// Histories of many independent keys that were read as those of one object.
enum ForgottenKeys {
    /// Whether all values are pairs, and operations that bring nothing but a key are among them.
    ///
    /// A read of one object is invoked with nil, never with `[key nil]`. What a lock is called with
    /// may be anything, so that such pairs may be no keys there: in doubt nobody is accused.
    static func areLikely(in history: History, _ rules: CompletionRules) -> Bool {
        var hasOnlyKey = false
        for event in history.events {
            guard event.key == nil else { return false }
            guard event.type == .invoke || event.type == .ok && event.value != .null else {
                continue
            }
            guard case .list(let pair) = event.value, pair.count == 2 else { return false }
            if event.type == .invoke, pair[1] == .null, pair[0] != .null {
                hasOnlyKey = hasOnlyKey || rules.rule(of: event.function)?.asksWithoutValue ?? false
            }
        }
        return hasOnlyKey
    }
}
