using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Tests.Firmware;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Hub;

/// <summary>The images that a hub takes for a device of its home area network, at the objects of that device's channel.</summary>
public sealed class HanImageTests
{
    private const string Transfer = "00032C0000FF";
    private const string Version = "0-3:0.2.0.255";
    private const string Old = "0905312E302E30";
    private const string New = "0905342E332E30";
    private const ulong Display = 0x90B3D51F300000A4;

    [Fact]
    public void A_device_runs_an_image_for_it_after_its_restart_and_the_hub_goes_on_meanwhile()
    {
        HubFixture fixture = new(change: WithDisplay);
        ScriptedClient client = fixture.Associated();
        ImageClient image = new(client, Transfer);

        client.Read(1, "0-3:96.1.0.255", 2).Should().Be("090890B3D51F300000A4");
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage().Should().Be(ImageClient.Success);
        image.ActivateImage().Should().Be(ImageClient.Started);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(700));
        client.Read(1, Version, 2).Should().Be(Old);
        image.Status().Should().Be((int)ImageTransferStatus.ActivationInitiated);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        image.Status().Should().Be((int)ImageTransferStatus.ActivationSuccessful);
        client.Read(1, Version, 2).Should().Be(New);
        client.Read(1, "0-0:0.2.0.255", 2).Should().Be("0905322E312E30", "the hub's own firmware is another matter");
        fixture.Hub.FirmwareOf(Display).Should().Be("4.3.0");
        fixture.Hub.FirmwareOf(1).Should().BeNull();
    }

    [Theory]
    [InlineData(FirmwareImages.OfAnotherType)]
    [InlineData(FirmwareImages.OfAnotherManufacturer)]
    [InlineData(FirmwareImages.ForAnotherHardware)]
    public void An_image_for_another_device_is_not_verified_and_never_runs(string image)
    {
        HubFixture fixture = new(change: WithDisplay);
        ImageClient client = new(fixture.Associated(), Transfer);

        client.Transfer(image);

        client.VerifyImage().Should().Be(ImageClient.Refused);
        client.ActivateImage().Should().Be(ImageClient.Refused);
        fixture.Hub.FirmwareOf(Display).Should().Be("1.0.0");
    }

    [Fact]
    public void A_hub_that_loses_its_supply_while_the_device_restarts_hands_the_image_over_when_it_is_back()
    {
        MemoryFlash flash = new();
        HubFixture fixture = new(change: WithDisplay, flash: flash);
        ImageClient client = new(fixture.Associated(), Transfer);
        client.Transfer(FirmwareImages.Sound);
        client.VerifyImage();
        client.ActivateImage();

        HubFixture again = new(change: WithDisplay, flash: flash, time: fixture.Time);
        string? first = again.Hub.FirmwareOf(Display);
        string? later = new HubFixture(change: WithDisplay, flash: flash, time: fixture.Time).Hub.FirmwareOf(Display);

        (first, later).Should().Be(("4.3.0", "4.3.0"), "it is in flash, of which the image was");
    }

    [Theory]
    [InlineData(EsmeDefects.ActivationLies, ImageTransferStatus.ActivationSuccessful)]
    [InlineData(EsmeDefects.ActivationFails, ImageTransferStatus.ActivationFailed)]
    public void A_defect_keeps_the_device_on_its_old_version(EsmeDefects defect, ImageTransferStatus status)
    {
        HubFixture fixture = new(change: model => WithDisplay(model) with { Defects = defect });
        ImageClient client = new(fixture.Associated(), Transfer);
        client.Transfer(FirmwareImages.Sound);
        client.VerifyImage();
        client.ActivateImage();
        fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
        _ = client.Status();
        fixture.Time.Advance(TimeSpan.FromSeconds(1));

        client.Status().Should().Be((int)status);
        fixture.Hub.FirmwareOf(Display).Should().Be("1.0.0");
    }

    private static HubModel WithDisplay(HubModel model) => model with
    {
        Firmware =
        [
            new HanFirmware(
                Display, 3, "1.0.0", new FirmwareUpdateOptions { BlockOctets = ImageClient.BlockOctets, ImageType = 1 }),
        ],
    };
}
