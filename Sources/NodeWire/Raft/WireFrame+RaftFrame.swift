import Objects
import RaftCore
import Vocabulary

extension WireFrame {
    init(_ frame: RaftFrame) {
        switch frame {
        case .peer(let message, let from, let to):
            peer = WirePeerMessage(message, from: from, to: to)
        case .request(let request, let id):
            self.request = WireClientRequest(request, id: id)
        case .response(let response, let id):
            self.response = WireClientResponse(response, id: id)
        case .ping(let nonce):
            ping.nonce = nonce
        case .pong(let nonce, let node):
            pong.nonce = nonce
            pong.node = UInt32(node.rawValue)
        }
    }
}

extension RaftFrame {
    init(_ wire: WireFrame) throws(FrameError) {
        switch wire.body {
        case .peer(let message):
            self = .peer(
                try RaftMessage(message), from: NodeID(Int(message.from)),
                to: NodeID(Int(message.to)))
        case .request(let request):
            self = .request(try ClientRequest(request), id: RequestID(request.id))
        case .response(let response):
            self = .response(try ClientResponse(response), id: RequestID(response.id))
        case .ping(let ping):
            self = .ping(nonce: ping.nonce)
        case .pong(let pong):
            self = .pong(nonce: pong.nonce, node: NodeID(Int(pong.node)))
        case nil:
            throw .malformed(field: "body")
        }
    }
}

extension WireClientRequest {
    fileprivate init(_ request: ClientRequest, id: RequestID) {
        self.id = id.rawValue
        switch request {
        case .openSession: openSession = WireNothing()
        case .read(let operation, let key):
            read.operation = WireOperation(operation)
            read.key = key
        case .execute(let command): execute = WireCommand(command)
        }
    }
}

extension ClientRequest {
    fileprivate init(_ wire: WireClientRequest) throws(FrameError) {
        switch wire.body {
        case .openSession: self = .openSession
        case .read(let read):
            let operation = try ObjectOperation(read.operation)
            guard operation.isRead else { throw .malformed(field: "read") }
            self = .read(operation, key: try Command.key(read.key))
        case .execute(let command): self = .execute(try Command(command))
        case nil: throw .malformed(field: "request")
        }
    }
}

extension WireClientResponse {
    fileprivate init(_ response: ClientResponse, id: RequestID) {
        self.id = id.rawValue
        switch response {
        case .opened(let session): opened = session.rawValue
        case .answered(let result): answered = WireResult(result)
        case .notLeader(let hint):
            notLeader = NotLeader()
            if let hint { notLeader.hint = UInt32(hint.rawValue) }
        case .leadershipLost: leadershipLost = WireNothing()
        case .sessionExpired: sessionExpired = WireNothing()
        case .outdated: outdated = WireNothing()
        }
    }
}

extension ClientResponse {
    fileprivate init(_ wire: WireClientResponse) throws(FrameError) {
        switch wire.body {
        case .opened(let session): self = .opened(SessionID(session))
        case .answered(let result): self = .answered(try ObjectResult(result))
        case .notLeader(let answer):
            self = .notLeader(hint: answer.hasHint ? NodeID(Int(answer.hint)) : nil)
        case .leadershipLost: self = .leadershipLost
        case .sessionExpired: self = .sessionExpired
        case .outdated: self = .outdated
        case nil: throw .malformed(field: "response")
        }
    }
}
