"""What somebody can work out who has every published table: the least and the most that an unknown count can be.

Linear programming in fractions (Bland's rule, so that it ends): the least and the most of one unknown, all unknowns at
least 0, under the equations that the tables are.
"""

from fractions import Fraction


def bounds(unknowns, equations, wanted):
    """(least, most) of the sum of the unknowns in `wanted`; most is None where nothing limits it.

    equations  [(unknowns that are summed, sum)]
    """
    order = {name: place for place, name in enumerate(sorted(unknowns))}
    rows = [([Fraction(name in of) for name in order], Fraction(total)) for of, total in equations]
    tableau = _feasible(rows, len(order))
    goal = [Fraction(name in wanted) for name in order]
    least = _minimum(tableau, goal)
    most = _minimum(tableau, [-each for each in goal])
    return least, None if most is None else -most


def _feasible(rows, width):
    """Phase one: a basis of the unknowns in which every equation holds."""
    height = len(rows)
    table = [
        row + [Fraction(place == each) for each in range(height)] + [total] for place, (row, total) in enumerate(rows)
    ]
    basis = [width + place for place in range(height)]
    cost = [Fraction(0)] * width + [Fraction(1)] * height
    _simplex(table, basis, cost)
    assert sum(row[-1] for row, base in zip(table, basis, strict=True) if base >= width) == 0, "the tables contradict"
    kept = []
    for place, base in enumerate(basis):
        if base >= width:
            column = next((each for each in range(width) if table[place][each] != 0), None)
            if column is None:
                continue
            _pivot(table, basis, place, column)
        kept.append(place)
    return [[*table[place][:width], table[place][-1]] for place in kept], [basis[place] for place in kept]


def _minimum(feasible, cost):
    table, basis = [list(row) for row in feasible[0]], list(feasible[1])
    if not _simplex(table, basis, cost):
        return None
    return sum((cost[base] * row[-1] for row, base in zip(table, basis, strict=True)), Fraction(0))


def _simplex(table, basis, cost):
    while True:
        entering = next((column for column in range(len(cost)) if _gain(table, basis, cost, column) < 0), None)
        if entering is None:
            return True
        ratios = [
            (row[-1] / row[entering], basis[place], place) for place, row in enumerate(table) if row[entering] > 0
        ]
        if not ratios:
            return False
        _pivot(table, basis, min(ratios)[2], entering)


def _gain(table, basis, cost, column):
    return cost[column] - sum(cost[base] * row[column] for row, base in zip(table, basis, strict=True) if row[column])


def _pivot(table, basis, place, column):
    row = table[place]
    divisor = row[column]
    table[place] = row = [each / divisor for each in row]
    for other, line in enumerate(table):
        if other != place and line[column]:
            factor = line[column]
            table[other] = [a - factor * b for a, b in zip(line, row, strict=True)]
    basis[place] = column
