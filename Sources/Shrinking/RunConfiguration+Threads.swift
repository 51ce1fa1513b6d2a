internal import HistoryModel
internal import Workloads

extension RunConfiguration {
    /// The threads that the script uses, in order.
    var usedThreads: [ThreadID] {
        var used: [ThreadID] = []
        for thread in (operations ?? []).map(\.thread).sorted() where used.last != thread {
            used.append(thread)
        }
        return used
    }

    /// The keys that the script uses, in order.
    var usedKeys: [Value] {
        var used: [Value] = []
        for key in (operations ?? []).compactMap(\.operation.key).sorted() where used.last != key {
            used.append(key)
        }
        return used
    }

    /// Leaves the threads that are used, numbered from 0.
    mutating func renumberThreads() {
        guard let script = operations else { return }
        let used = usedThreads
        concurrency = max(1, used.count)
        operations = script.map { scripted in
            var scripted = scripted
            scripted.thread = ThreadID(used.firstIndex(of: scripted.thread) ?? 0)
            return scripted
        }
    }

    /// Leaves out the threads above the last that is used.
    mutating func trimThreads() {
        guard operations != nil else { return }
        concurrency = (usedThreads.last?.rawValue ?? 0) + 1
    }

    /// Gives what the used thread at `place` does to the one before it, and numbers them anew.
    mutating func mergeThread(_ place: Int) {
        let used = usedThreads
        guard place > 0, used.indices.contains(place) else { return }
        operations = operations?.map { scripted in
            var scripted = scripted
            if scripted.thread == used[place] { scripted.thread = used[place - 1] }
            return scripted
        }
        renumberThreads()
    }
}
