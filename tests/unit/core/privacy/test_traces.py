"""Enough to know oneself again, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.privacy.traces import SYSTEMS, device_of, mask_address

PHONE = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/121.0.6167.71 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (PHONE, "Android"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1", "HarmonyOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_the_kind_of_device_and_nothing_finer(agent, device):
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("10.20.30.40", "10.20.*.*"),
        ("127.0.0.1", "127.0.*.*"),
        ("2001:db8:1:2::3", "2001:0db8:*"),
        ("::1", "0000:0000:*"),
        ("10.20.30", ""),
        ("officer", ""),
        ("", ""),
    ],
)
def test_half_an_address(address, masked):
    assert mask_address(address) == masked


@given(st.ip_addresses().map(str))
def test_no_address_is_kept_whole(address):
    assert mask_address(address) not in ("", address)
    assert len(mask_address(address)) <= 20


@given(st.text())
def test_nothing_of_a_browser_s_own_words_is_kept(agent):
    assert device_of(agent) in {"", *(name for _mark, name in SYSTEMS)}
