"""One bad row does not keep the others waiting."""

from lodestar.domain.common.apart import each_apart


def test_the_others_go_on_and_the_bad_one_is_logged(caplog):
    done = []

    def act(number):
        if number == 2:
            raise ValueError("two")
        done.append(number)
        return number != 3

    assert (each_apart([1, 2, 3, 4], act), done) == (2, [1, 3, 4])
    assert "One int failed; the others go on." in caplog.text
