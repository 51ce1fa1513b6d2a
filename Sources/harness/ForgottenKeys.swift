internal import HistoryModel

/// Histories of many independent keys that were read as those of one object.
enum ForgottenKeys {
    /// Whether all values are pairs, and operations that bring nothing but a key and ask for what
    /// is there are among them.
    ///
    /// A read of one object is invoked with nil, never with `[key nil]`.
    static func areLikely(in history: History, _ rules: CompletionRules) -> Bool {
        haveOnlyKeys(history) { rules.rule(of: $0).map { $0.asksWithoutValue && $0.tellsState } }
    }

    /// Whether all values are pairs, and operations that bring nothing but a key are among them.
    ///
    /// What a lock is called with is ignored, so that `[client nil]` may stand there as well.
    static func arePossible(in history: History, _ rules: CompletionRules) -> Bool {
        haveOnlyKeys(history) { rules.rule(of: $0)?.asksWithoutValue }
    }

    private static func haveOnlyKeys(
        _ history: History, _ areAsked: (Function) -> Bool?
    ) -> Bool {
        var hasOnlyKey = false
        for event in history.events {
            guard event.key == nil else { return false }
            guard event.type == .invoke || event.type == .ok && event.value != .null else {
                continue
            }
            guard case .list(let pair) = event.value, pair.count == 2 else { return false }
            if event.type == .invoke, pair[1] == .null, pair[0] != .null {
                hasOnlyKey = hasOnlyKey || areAsked(event.function) ?? false
            }
        }
        return hasOnlyKey
    }
}
