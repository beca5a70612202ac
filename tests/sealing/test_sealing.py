"""What is sealed can be read with the key, and only with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.sealing import KeyMissing, SealBroken, blind_index, seal, unseal

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture(autouse=True)
def keys(settings):
    settings.IDENTITY_KEYS = (OLD,)


@given(st.binary(max_size=2000))
def test_what_was_sealed_comes_back(value):
    assert unseal(seal(value)) == value


def test_the_same_value_never_looks_the_same_twice():
    assert seal(b"x") != seal(b"x")
    assert b"\xe7\x94\x84" not in seal("甄示范".encode())


def test_a_new_key_still_opens_what_the_old_one_sealed(settings):
    before, index = seal("甄示范".encode()), blind_index("甄示范")
    settings.IDENTITY_KEYS = (NEW, OLD)
    assert unseal(before).decode() == "甄示范"
    assert blind_index("甄示范") == index
    after = seal(b"x")
    settings.IDENTITY_KEYS = (OLD,)
    with pytest.raises(KeyMissing, match="恢复当时的密钥"):
        unseal(after)


@given(st.integers(0, 40), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place, change):
    sealed = bytearray(seal("甄示范 示例地址".encode()))
    sealed[place] ^= change
    with pytest.raises((SealBroken, KeyMissing)):
        unseal(bytes(sealed))


def test_without_a_key_nothing_is_written(settings):
    settings.IDENTITY_KEYS = ()
    with pytest.raises(KeyMissing, match="不能读写申请人的身份信息"):
        seal(b"x")
    with pytest.raises(KeyMissing):
        blind_index("x")


def test_equal_values_have_equal_indexes_and_others_do_not():
    assert blind_index("a") == blind_index("a") != blind_index("b")
    assert len(blind_index("a")) == 64
