using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Firmware;

public sealed class ActivationScheduleTests
{
    private const string Schedule = "0-0:15.0.2.255";
    private const string AtThirteen = "0101" + "0202" + "09040D000000" + "090507EA0105FF";
    private const string Events = "0-0:99.98.0.255";

    [Fact]
    public void Without_a_verified_image_the_time_comes_and_the_log_says_that_nothing_was_done()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Do(CosemRequests.Set(22, Schedule, 4, AtThirteen)).Should().Be(0);

        fixture.Time.Advance(TimeSpan.FromHours(1));
        fixture.Esme.Step([]);

        fixture.Associated().Read(7, Events, 2).Should().EndWith("128F67");
        fixture.Esme.FirmwareVersion.Should().Be("4.2.0");
        fixture.Client.Read(22, Schedule, 4).Should().Be("0100", "it happens once");
    }

    [Fact]
    public void An_empty_list_cancels_it()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Do(CosemRequests.Set(22, Schedule, 4, AtThirteen)).Should().Be(0);
        client.Do(CosemRequests.Set(22, Schedule, 4, "0100")).Should().Be(0);

        fixture.Time.Advance(TimeSpan.FromHours(2));

        fixture.Associated().Read(7, Events, 2).Should().NotContain("8F67");
    }

    [Fact]
    public void A_verified_image_runs_after_its_time_though_nobody_talks_to_the_meter()
    {
        EsmeFixture fixture = new(model => model with
        {
            FirmwareUpdate = model.FirmwareUpdate with { BlockOctets = ImageClient.BlockOctets },
        });
        ImageClient client = new(fixture.Associated());
        client.Transfer(FirmwareImages.Sound);
        client.VerifyImage().Should().Be(ImageClient.Success);
        fixture.Client.Do(CosemRequests.Set(22, Schedule, 4, AtThirteen)).Should().Be(0);

        fixture.Time.Advance(new TimeSpan(0, 59, 57));
        fixture.Esme.Step([]);
        ImageTransferStatus before = fixture.Esme.ImageStatus;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Esme.Step([]);
        ImageTransferStatus at = fixture.Esme.ImageStatus;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Esme.Step([]);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        fixture.Esme.Step([]);

        before.Should().Be(ImageTransferStatus.VerificationSuccessful);
        at.Should().Be(ImageTransferStatus.ActivationInitiated, "13:00:00 by the meter's clock, which is two seconds ahead");
        fixture.Esme.FirmwareVersion.Should().Be("4.3.0");
        fixture.Associated().Read(7, Events, 2).Should().Contain("128F66").And.Contain("128F43");
    }
}
