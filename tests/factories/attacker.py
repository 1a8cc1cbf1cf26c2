"""Somebody who knows every published number and can solve equations: exact, and by another way than the code under test."""

from fractions import Fraction


def most(aim, equations):
    """The highest value of `aim`·x with these equations and x >= 0; None when there is no highest. Bland's rule, exact."""
    size, count = len(aim), len(equations)
    table = []
    for n, (left, right) in enumerate(equations):
        sign = -1 if right < 0 else 1
        table.append(
            [Fraction(sign * x) for x in left]
            + [Fraction(int(n == m)) for m in range(count)]
            + [Fraction(sign * right)]
        )
    basis = [size + n for n in range(count)]
    climb(table, basis, [0] * size + [-1] * count, size + count)
    assert all(row[-1] == 0 for row, b in zip(table, basis, strict=True) if b >= size), "the true table is a solution"
    for n, base in enumerate(basis):
        if base >= size and (column := next((m for m in range(size) if table[n][m]), None)) is not None:
            pivot(table, basis, n, column)
    if not climb(table, basis, aim + [0] * count, size):
        return None
    return sum((aim[base] * row[-1] for row, base in zip(table, basis, strict=True) if base < size), Fraction(0))


def climb(table, basis, gains, columns):
    """Raises the aim until nothing more can be won. False when it can rise for ever."""
    while True:
        prices = [gains[base] for base in basis]
        better = (m for m in range(columns) if gains[m] > sum(p * row[m] for p, row in zip(prices, table, strict=True)))
        if (column := next(better, None)) is None:
            return True
        limits = [(row[-1] / row[column], basis[n], n) for n, row in enumerate(table) if row[column] > 0]
        if not limits:
            return False
        pivot(table, basis, min(limits)[2], column)


def pivot(table, basis, n, column):
    table[n] = [x / table[n][column] for x in table[n]]
    for m in range(len(table)):
        if m != n and table[m][column]:
            table[m] = [x - table[m][column] * y for x, y in zip(table[m], table[n], strict=True)]
    basis[n] = column
