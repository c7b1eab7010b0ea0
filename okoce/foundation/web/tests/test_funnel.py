from okoce.foundation.web.funnel import FunnelStage, Reason, funnel_rows, reason_rows


def test_bars_ratios_and_the_largest_loss_of_a_sequential_funnel() -> None:
    rows = funnel_rows(
        [
            FunnelStage("P1", "Pendaftaran", 65_414),
            FunnelStage("P2", "Pelatihan", 55_732, lost=9_682),
            FunnelStage("P3", "Pendampingan", 33_214, lost=22_518),
            FunnelStage("P4", "Perizinan", 16_734, lost=16_480),
        ]
    )
    assert [row.width for row in rows] == ["100.00%", "85.20%", "50.78%", "25.58%"]
    assert [row.lost_width for row in rows] == ["0.00%", "14.80%", "34.42%", "25.19%"]
    assert [row.is_most for row in rows] == [False, False, True, False]
    assert rows[0].ratio is None
    assert rows[1].ratio == 55_732 / 65_414


def test_unpublished_stages_have_no_ratio_and_neither_has_the_one_after() -> None:
    rows = funnel_rows(
        [
            FunnelStage("P4", "Perizinan", 10),
            FunnelStage("P5", "Pemasaran", None),
            FunnelStage("P6", "Laporan", 3),
        ]
    )
    assert [row.ratio for row in rows] == [None, None, None]


def test_an_empty_place_divides_by_nothing() -> None:
    rows = funnel_rows([FunnelStage("P1", "Pendaftaran", 0), FunnelStage("P2", "Pelatihan", 0, lost=0)])
    assert [row.width for row in rows] == ["0%", "0%"]
    assert rows[1].ratio is None
    assert not any(row.is_most for row in rows)
    assert funnel_rows([]) == []


def test_a_later_stage_may_exceed_an_earlier_one_without_leaving_the_picture() -> None:
    rows = funnel_rows([FunnelStage("P2", "Pelatihan", 30), FunnelStage("P3", "Pendampingan", 48, lost=10)])
    assert rows[1].exceeds
    assert float(rows[1].width[:-1]) + float(rows[1].lost_width[:-1]) <= 100.01


def test_two_equal_losses_are_marked_once() -> None:
    rows = funnel_rows(
        [FunnelStage("P1", "a", 9), FunnelStage("P2", "b", 6, lost=3), FunnelStage("P3", "c", 3, lost=3)]
    )
    assert sum(row.is_most for row in rows) == 1


def test_reasons_are_ordered_and_their_shares_add_up() -> None:
    rows = reason_rows(
        [Reason("sedikit", 1), Reason("banyak", 6), Reason("tidak ada", 0), Reason("tengah", 3)]
    )
    assert [row.reason.count for row in rows] == [6, 3, 1, 0]
    assert abs(sum(row.share for row in rows) - 1) < 1e-9
    assert rows[0].width == "100.00%"
    assert reason_rows([Reason("tidak ada", 0)])[0].share == 0
