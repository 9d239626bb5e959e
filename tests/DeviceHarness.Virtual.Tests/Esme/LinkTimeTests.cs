using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class LinkTimeTests
{
    private readonly ManualTimeProvider _linkTime = new();
    private readonly EsmeFixture _fixture;

    public LinkTimeTests() => _fixture = new EsmeFixture(linkTime: _linkTime);

    [Fact]
    public void A_link_outlives_hours_of_the_meter_that_its_own_clock_has_not_seen()
    {
        _fixture.Associated();
        EnergyTotals before = _fixture.Esme.Totals;

        _fixture.Time.Advance(TimeSpan.FromHours(5));
        byte[] unasked = _fixture.Exchange([]);

        unasked.Should().BeEmpty();
        _fixture.Client.Send("C001C100080000010000FF0400").Should().Be("C401C1001100", "the association is still there");
        _fixture.Esme.Totals.ReactiveImportVarh.Should().BeGreaterThan(before.ReactiveImportVarh);
    }

    [Fact]
    public void A_link_ends_by_its_own_clock_while_the_meter_has_seen_no_time()
    {
        _fixture.Associated();

        _linkTime.Advance(EsmeFixture.DefaultModel().Link.InactivityTimeout + TimeSpan.FromSeconds(1));
        _fixture.Exchange([]);

        ClientFrames.Parse(_fixture.Exchange(ClientFrames.ReceiveReady(0, ClientFrames.ManagementClient)))
            .Should().ContainSingle().Which.Control.Should().Be(0x1F, "DM: nobody is connected");
    }

    [Fact]
    public void A_meter_that_tells_by_itself_looks_often_since_nobody_knows_how_fast_its_time_runs()
    {
        EsmeModel pushing = EsmeFixture.DefaultModel("esme-push.yaml");
        ILineDevice apart = new VirtualEsme("apart", pushing, _fixture.Time, linkTime: _linkTime);
        ILineDevice together = new VirtualEsme("together", pushing, _fixture.Time);

        apart.TimeToNextStep.Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(20));
        together.TimeToNextStep.Should().BeGreaterThan(TimeSpan.FromMilliseconds(20));
    }
}
