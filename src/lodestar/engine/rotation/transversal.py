"""Which seating plan brings nobody together twice?

Seats form a grid of `size` groups by `tables` places; in round r the person at place j of group i sits at
table j + b(r)·a(i), in a ring with as many elements as there are tables. Two people of one group
never meet, and two of different groups meet at most once wherever no product of a difference of
rounds and a difference of groups is zero: a transversal design (Bose, Shrikhande & Parker 1960; MacNeish
1922). In a prime power of tables that holds for as many rounds and seats as there are tables.
"""

from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

LARGEST_RING = 200

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """Elements 0 to n - 1 with their sums and products, both n by n."""

    sums: Table
    products: Table

    def minus(self) -> Table:
        """Return all differences: row less column."""
        size = len(self.sums)
        found = np.empty_like(self.sums)
        np.put_along_axis(found, self.sums, np.tile(np.arange(size), (size, 1)), axis=1)
        return found.T


def seating(tables: int, size: int, rounds: int) -> Table | None:
    """Return tables (from 0) by round, group and place; None where this way knows no such plan.

    >>> seating(3, 2, 2).tolist()
    [[[0, 1, 2], [0, 1, 2]], [[0, 1, 2], [1, 2, 0]]]
    >>> seating(2, 3, 2) is None
    True
    """
    if tables > LARGEST_RING or rounds > tables:
        return None
    for ring in rings(tables):
        groups = _groups(ring, size, rounds)
        if groups is not None:
            shift = ring.products[np.arange(rounds)[:, None], groups]
            return ring.sums[shift]
    return None


def rings(size: int) -> tuple[Ring, ...]:
    """Return remainders, and where they differ the product of finite fields, with this many elements."""
    numbers = np.arange(size)
    remainders = Ring((numbers[:, None] + numbers) % size, (numbers[:, None] * numbers) % size)
    factors = _prime_powers(size)
    if all(power == 1 for _, power in factors):
        return (remainders,)
    return (remainders, _joined([_field(prime, power) for prime, power in factors]))


def _groups(ring: Ring, size: int, rounds: int) -> list[int] | None:
    """Pick groups one by one, such that no product with a difference of rounds is zero."""
    minus = ring.minus()
    apart = np.unique(minus[:rounds, :rounds])
    apart = apart[apart != 0]
    is_safe = (ring.products[:, apart] != 0).all(axis=1)
    chosen: list[int] = []
    for element in range(len(minus)):
        if is_safe[minus[element, chosen]].all() and is_safe[minus[chosen, element]].all():
            chosen.append(element)
        if len(chosen) == size:
            return chosen
    return None


def _prime_powers(number: int) -> list[tuple[int, int]]:
    """Return the primes of a number, each with its power.

    >>> _prime_powers(12)
    [(2, 2), (3, 1)]
    """
    found, prime = [], 2
    while number > 1:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            found.append((prime, power))
        prime += 1
    return found


def _joined(fields: list[Ring]) -> Ring:
    """Return the product of rings, an element numbered by its remainders (the Chinese remainder theorem)."""
    sizes = [len(field.sums) for field in fields]
    size = prod(sizes)
    parts = [np.arange(size) % own for own in sizes]
    number_of = np.zeros(sizes, dtype=np.int64)
    number_of[tuple(parts)] = np.arange(size)

    def both(name: str) -> Table:
        tables = [
            getattr(field, name)[np.ix_(part, part)]
            for field, part in zip(fields, parts, strict=True)
        ]
        return np.asarray(number_of[tuple(tables)])

    return Ring(both("sums"), both("products"))


def _field(prime: int, power: int) -> Ring:
    """Return the field with prime^power elements: polynomials, by the first modulus without zero divisors."""
    size = prime**power
    digits = np.arange(size)[:, None] // prime ** np.arange(power) % prime
    sums = _number((digits[:, None] + digits) % prime, prime)
    for low in product(range(prime), repeat=power):
        products = _number(_polynomial_products(digits, np.array(low), prime), prime)
        if (products[1:, 1:] != 0).all():
            return Ring(sums, products)
    raise ArithmeticError(f"There is no field with {size} elements.")


def _polynomial_products(digits: Table, low: Table, prime: int) -> Table:
    """Multiply all polynomials with each other, modulo x^n + low."""
    size, power = digits.shape
    found = np.zeros((size, size, 2 * power - 1), dtype=np.int64)
    for one, other in product(range(power), repeat=2):
        found[:, :, one + other] += digits[:, None, one] * digits[None, :, other]
    for top in range(2 * power - 2, power - 1, -1):
        found[:, :, top - power : top] -= found[:, :, top, None] * low
    return found[:, :, :power] % prime


def _number(digits: Table, prime: int) -> Table:
    return np.asarray(digits @ prime ** np.arange(digits.shape[-1]))
