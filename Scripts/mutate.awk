# Puts every mutant of a Swift file behind a switch: writes the file, and a list of the mutants.
# A condition C becomes (mutant(7) ? !(C) : mutant(8) ? true : C), so all are built at once.
# Variables: name (of the file), first (number of the first mutant), list (where to name them).

function trimmed(text) { sub(/^ +/, "", text); sub(/ +$/, "", text); return text }

# Splits text at separator where no bracket is open; returns how many parts.
function split_outside(text, parts, separator,    depth, from, i, c, n) {
    depth = 0; from = 1; n = 0
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (index("([{", c)) depth++
        if (index(")]}", c)) depth--
        if (depth == 0 && substr(text, i, length(separator)) == separator) {
            parts[++n] = substr(text, from, i - from)
            i += length(separator) - 1
            from = i + 1
        }
    }
    parts[++n] = substr(text, from)
    return n
}

function add(original, changed) {
    print first + made "\t" name ":" NR "\t" trimmed(original) "\t" trimmed(changed) >list
    variants = variants "mutant(" first + made++ ") ? (" changed ") : "
}

function comparison(text, from, to,    at) {
    at = index(text, " " from " ")
    if (at) add(text, substr(text, 1, at) to substr(text, at + length(from) + 1))
}

function without_one(text, separator,    parts, n, i, j, rest) {
    n = split_outside(text, parts, separator)
    if (n < 2) return
    for (i = 1; i <= n; i++) {
        rest = ""
        for (j = 1; j <= n; j++) if (j != i) rest = rest (rest == "" ? "" : separator) parts[j]
        add(text, rest)
    }
}

function changes(text) {
    comparison(text, "<", "<="); comparison(text, "<=", "<")
    comparison(text, ">", ">="); comparison(text, ">=", ">")
    if (text !~ / \|\| / && text !~ / [?] /) without_one(text, " && ")
    if (text !~ / && / && text !~ / [?] /) without_one(text, " || ")
}

# One condition of an if, a guard or a while, with its switches.
function condition(text, is_loop,    bare) {
    bare = trimmed(text)
    if (bare ~ /^(let|var|case|_|#)/ || bare ~ /[{}"]/ || bare == "" || bare == "true") return text
    variants = ""
    add(bare, "!(" bare ")")
    if (!is_loop) add(bare, "true")
    changes(bare)
    return (text ~ /^ / ? " " : "") "(" variants "(" bare "))"
}

function conditions(text, is_loop,    parts, n, i, result) {
    n = split_outside(text, parts, ",")
    result = ""
    for (i = 1; i <= n; i++) result = result (i > 1 ? "," : "") condition(parts[i], is_loop)
    return result
}

function value(text) { # what is returned or assigned
    if (text ~ /[{}"]$/ || text ~ /[{]/) return text
    variants = ""
    changes(text)
    if (text ~ /^max\(/) { changed = text; sub(/^max/, "min", changed); add(text, changed) }
    if (text ~ /^min\(/) { changed = text; sub(/^min/, "max", changed); add(text, changed) }
    return variants == "" ? text : variants "(" text ")"
}

/^ *\/\// { print; next }
/ else if / && !/^ *} else if / { print; next }
in_head {
    tail = ""; body = $0
    if (match(body, / else [{].*$/) || match(body, / [{].*$/)) { tail = substr(body, RSTART); body = substr(body, 1, RSTART - 1); in_head = 0 }
    if (body ~ /^ *else$/ || body ~ /^ *[{]/) { in_head = 0; print; next }
    comma = body ~ /,$/ ? "," : ""; sub(/,$/, "", body)
    if (bad_head || body ~ /^ *(&&|\|\||[.?:])/ || (comma == "" && tail == "")) { print; next }
    print conditions(body, 0) comma tail
    next
}
/^ *(} else )?(if|while|guard) / {
    match($0, /^ *(} else )?(if|while|guard) /)
    head = substr($0, 1, RLENGTH); body = substr($0, RLENGTH + 1)
    is_loop = head ~ /while /
    tail = ""; comma = ""
    if (match(body, / else [{].*$/) || match(body, / [{].*$/)) { tail = substr(body, RSTART); body = substr(body, 1, RSTART - 1) }
    else if (body ~ /,$/) { in_head = 1; bad_head = 0; comma = ","; sub(/,$/, "", body) }
    else { in_head = 1; bad_head = 1; print; next }
    print head conditions(body, is_loop) comma tail
    next
}
/^ *return [^{]*$/ {
    match($0, /^ *return /)
    print substr($0, 1, RLENGTH) value(substr($0, RLENGTH + 1)); next
}
/ [+-]= 1$/ {
    match($0, /1$/); variants = ""; original = $0
    add(original, "2")
    print substr($0, 1, RSTART - 1) "(" variants "1)"; next
}
/^ *((let|var) )?[A-Za-z_.]+ = [^{]*$/ {
    match($0, / = /)
    print substr($0, 1, RSTART + 2) value(substr($0, RSTART + 3)); next
}
{ print }
