// The few functions of real numbers that the laws of epidemics need and the standard library lacks.

extension Double {
    /// e to the power of this number.
    var exponential: Double {
        // e^x = (e^(x/2^k))^(2^k), with |x/2^k| below 1/2, where the series is short.
        var scaled = self
        var doublings = 0
        while abs(scaled) > 0.5 {
            scaled /= 2
            doublings += 1
        }
        var sum = 1.0
        var term = 1.0
        for step in 1...18 {
            term *= scaled / Double(step)
            sum += term
        }
        for _ in 0..<doublings { sum *= sum }
        return sum
    }

    /// The natural logarithm of this positive number.
    var naturalLogarithm: Double {
        // x = m · 2^e with m in 1..<2, and ln m = 2 artanh((m − 1)/(m + 1)).
        let ratio = (significand - 1) / (significand + 1)
        var sum = 0.0
        var power = ratio
        for step in stride(from: 1.0, through: 35, by: 2) {
            sum += power / step
            power *= ratio * ratio
        }
        return 2 * sum + Double(exponent) * 0.693_147_180_559_945_3
    }

    var binaryLogarithm: Double { naturalLogarithm / 0.693_147_180_559_945_3 }

    /// The number with so many decimals.
    func fixed(_ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let scaled = Int((abs(self) * Double(scale)).rounded())
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scale + scaled % scale).dropFirst()
        return "\(sign)\(scaled / scale).\(fraction)"
    }

    /// The number with three significant digits, and with a power of ten if it is very small.
    var significant: String {
        let size = abs(self)
        if size >= 10 || size == 0 { return fixed(size == 0 ? 0 : 1) }
        if size >= 1 { return fixed(2) }
        if size >= 0.1 { return fixed(3) }
        if size >= 0.001 { return fixed(4) }
        var scaled = self
        var power = 0
        while abs(scaled) < 1 {
            scaled *= 10
            power -= 1
        }
        return "\(scaled.fixed(1))e\(power)"
    }
}
