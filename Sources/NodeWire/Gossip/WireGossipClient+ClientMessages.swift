import GossipCore
import Vocabulary

extension WireGossipClientRequest {
    init(_ request: ClientRequest, id: RequestID) {
        self.id = id.rawValue
        switch request {
        case .get(let key): get = key
        case .list(let prefix): list = prefix
        case .put(let key, let value, let seen):
            write.key = key
            write.value = value
            write.seen = seen
        case .delete(let key, let seen):
            write.key = key
            write.seen = seen
        }
    }
}

extension ClientRequest {
    init(_ wire: WireGossipClientRequest) throws(FrameError) {
        switch wire.body {
        case .get(let key): self = .get(key: key)
        case .list(let prefix): self = .list(prefix: prefix)
        case .write(let write) where write.hasValue:
            self = .put(key: write.key, value: write.value, seen: write.seen)
        case .write(let write): self = .delete(key: write.key, seen: write.seen)
        case nil: throw .malformed(field: "request")
        }
    }
}

extension WireGossipClientResponse {
    init(_ response: ClientResponse, id: RequestID) {
        self.id = id.rawValue
        switch response {
        case .value(let value, let stamp):
            found = Found()
            if let value { found.value = value }
            if let stamp { found.stamp = WireGossipStamp(stamp) }
        case .listed(let items):
            listing = Listing()
            listing.items = items.map {
                var item = Item()
                item.key = $0.key
                item.value = $0.value
                return item
            }
        case .stored(let stamp): stored = WireGossipStamp(stamp)
        case .refused(let refusal): refused = refusal.rawValue
        }
    }
}

extension ClientResponse {
    init(_ wire: WireGossipClientResponse) throws(FrameError) {
        switch wire.body {
        case .found(let found):
            self = .value(
                found.hasValue ? found.value : nil, found.hasStamp ? Stamp(found.stamp) : nil)
        case .listing(let listing):
            self = .listed(listing.items.map { KeyValue(key: $0.key, value: $0.value) })
        case .stored(let stamp): self = .stored(Stamp(stamp))
        case .refused(let name):
            guard let refusal = Refusal(rawValue: name) else { throw .malformed(field: "refusal") }
            self = .refused(refusal)
        case nil: throw .malformed(field: "response")
        }
    }
}
