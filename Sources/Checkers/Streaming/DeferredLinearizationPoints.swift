/// Operations of one kind that are under way, some of which must have taken effect by now.
///
/// Which of them it was shows only when they return. Until then what is owed is a moment: one of
/// the operations that were called before must have taken effect by then. That can be as long as
/// the i-th of the calls comes before the i-th of the moments.
struct DeferredLinearizationPoints: Sendable {
    /// When they were called, the earliest first, those of unknown outcome among them.
    private var calls: [Int] = []
    private var firstCall = 0
    /// Those whose outcome is not known yet, but will be.
    private var pending = OpenCalls()
    /// The moments, the earliest first.
    private(set) var deferred: [Int] = []
    private var firstDeferred = 0

    /// How many are remembered.
    var count: Int { calls.count - firstCall }

    /// When the earliest was called whose outcome is not known yet; nil if there is none.
    var earliest: Int? { pending.earliest }

    /// Whether nothing is under way, and nothing of unknown outcome is left.
    var isEmpty: Bool { count == 0 && deferred.count == firstDeferred }

    /// Notes a call, later than all before.
    ///
    /// - Returns: The number to end it by.
    mutating func begin(at time: Int) -> Int {
        calls.append(time)
        return pending.begin(at: time)
    }

    /// One of them must have taken effect by now.
    ///
    /// - Returns: Whether that can be.
    mutating func require(at time: Int) -> Bool {
        deferred.append(time)
        return deferred.count - firstDeferred <= count
    }

    /// The operation that was called at `call` has happened.
    ///
    /// - Returns: Whether it is one of those that had to have happened.
    mutating func succeed(_ number: Int, calledAt call: Int) -> Bool {
        pending.end(number)
        removeCall(call)
        let place = deferred[firstDeferred...].firstIndex { $0 > call }
        if let place { deferred.remove(at: place) }
        settle()
        return place != nil
    }

    /// The operation has happened, and that by the moment given, if there is one.
    ///
    /// - Returns: Whether the others still suffice for what is owed besides.
    mutating func succeed(_ number: Int, calledAt call: Int, deferredUntil moment: Int?) -> Bool {
        if let moment, let place = deferred[firstDeferred...].firstIndex(of: moment) {
            deferred.remove(at: place)
        }
        return withdraw(number, calledAt: call)
    }

    /// The operation has not happened, or was of another kind.
    ///
    /// - Returns: Whether the others suffice for what is owed.
    mutating func withdraw(_ number: Int, calledAt call: Int) -> Bool {
        pending.end(number)
        removeCall(call)
        guard deferred.count - firstDeferred <= count else { return false }
        for place in firstDeferred..<deferred.count
        where calls[firstCall + place - firstDeferred] > deferred[place] {
            return false
        }
        settle()
        return true
    }

    /// Nobody will ever know whether the operation happened: it may yet, at any time.
    mutating func lose(_ number: Int) {
        pending.end(number)
        settle()
    }

    /// How many moments were forgotten so far, together with operations of unknown outcome.
    private(set) var settled = 0

    /// Forgets moments that only operations of unknown outcome can account for, and as many of
    /// those.
    private mutating func settle() {
        let earliest = pending.earliest ?? .max
        while firstDeferred < deferred.count, deferred[firstDeferred] < earliest {
            firstDeferred += 1
            firstCall += 1
            settled += 1
        }
        if firstDeferred == deferred.count {
            deferred.removeAll(keepingCapacity: true)
            firstDeferred = 0
        }
        if firstCall == calls.count {
            calls.removeAll(keepingCapacity: true)
            firstCall = 0
        } else if firstCall >= 64, firstCall * 2 > calls.count {
            calls.removeSubrange(0..<firstCall)
            firstCall = 0
        }
    }

    /// Removes a call; most are among the latest.
    private mutating func removeCall(_ call: Int) {
        var place = calls.count - 1
        while place >= firstCall, calls[place] != call { place -= 1 }
        if place >= firstCall { calls.remove(at: place) }
    }
}
