using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Firmware;

public sealed class ImageTransferTests
{
    private const string GetFirmware = "C001C100010100000200FF0200";
    private const string GetVersionOctets = "C001C100010000000201FF0200";
    private static readonly int Blocks = ImageClient.Blocks(FirmwareImages.Sound);

    [Fact]
    public void A_sound_image_is_taken_verified_activated_and_then_runs()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());

        image.Transfer(FirmwareImages.Sound);
        string? verified = image.VerifyImage();
        int statusVerified = image.Status();
        string? toActivate = image.ImageToActivate();
        string? activated = image.ActivateImage();
        int statusStarted = image.Status();
        Restart(fixture);
        image = new ImageClient(fixture.Associated());

        verified.Should().Be(ImageClient.Success);
        statusVerified.Should().Be(3);
        toActivate.Should().Be("C401C10001010203" + "06000000BC" + "0905342E332E30" + "0920" + FirmwareImages.SoundHash);
        activated.Should().Be(ImageClient.Started);
        statusStarted.Should().Be(5);
        image.Status().Should().Be(6);
        fixture.Client.Send(GetFirmware).Should().Be("C401C1000905342E332E30");
        fixture.Client.Send(GetVersionOctets).Should().Be("C401C1000904" + "04030000");
        image.ImageToActivate().Should().Be("C401C1000100", "nothing waits to be activated");
    }

    [Fact]
    public void Before_any_transfer_nothing_is_there_and_nothing_can_be_done()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());

        image.Status().Should().Be(0);
        image.FirstNotTransferred().Should().Be(0);
        image.Map().Should().Be("C401C1000400");
        image.ImageToActivate().Should().Be("C401C1000100");
        image.Send(0, new string('0', 32)).Should().Be(ImageClient.Refused);
        image.VerifyImage().Should().Be(ImageClient.Refused);
        image.ActivateImage().Should().Be(ImageClient.Refused);
        fixture.Client.Send("C001C1001200002C0000FF0200").Should().Be("C401C1000600000010");
        fixture.Client.Send("C001C1001200002C0000FF0500").Should().Be("C401C1000301");
    }

    [Fact]
    public void Blocks_come_in_any_order_and_repeat_and_the_map_shows_them()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Initiate(188).Should().Be(ImageClient.Success);

        image.SendBlock(FirmwareImages.Sound, 0);
        image.SendBlock(FirmwareImages.Sound, 2);
        image.SendBlock(FirmwareImages.Sound, 2);
        image.SendBlock(FirmwareImages.Sound, Blocks - 1);

        image.Map().Should().Be("C401C100040C" + "A010", "blocks 0, 2 and 11 of 12");
        image.FirstNotTransferred().Should().Be(1);
        image.VerifyImage().Should().Be(ImageClient.Refused, "blocks are missing");
        image.Status().Should().Be(1);
    }

    [Theory]
    [InlineData(12, 32, "0D", "a block beyond the last")]
    [InlineData(0, 30, "0C", "a short block")]
    [InlineData(0, 34, "0C", "a long block")]
    [InlineData(11, 32, "0C", "the last block has twelve octets")]
    public void A_block_that_does_not_fit_is_refused(int block, int digits, string result, string why)
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Initiate(188);

        string? answer = image.Send(block, new string('0', digits));

        answer.Should().Be($"C701C1{result}00", why);
        image.FirstNotTransferred().Should().Be(0);
    }

    [Theory]
    [InlineData("C301C1001200002C0000FF010102020905342E332E300600040001", "0D", "one octet more than the meter holds")]
    [InlineData("C301C1001200002C0000FF010102020905342E332E300600000000", "0D", "no octet at all")]
    [InlineData("C301C1001200002C0000FF01010F00", "0C", "no structure")]
    [InlineData("C301C1001200002C0000FF0101020206000000BC0905342E332E30", "0C", "the other way round")]
    public void A_transfer_that_cannot_be_is_not_initiated(string request, string result, string why)
    {
        EsmeFixture fixture = Fixture();
        ScriptedClient client = fixture.Associated();

        client.Send(request).Should().Be($"C701C1{result}00", why);
        new ImageClient(client).Status().Should().Be(0);
    }

    [Fact]
    public void Initiating_anew_forgets_what_was_there()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);

        image.Initiate(40).Should().Be(ImageClient.Success);

        image.Map().Should().Be("C401C1000403" + "00");
        image.Status().Should().Be(1);
    }

    [Theory]
    [InlineData(FirmwareImages.OfAnotherManufacturer)]
    [InlineData(FirmwareImages.ForAnotherHardware)]
    public void An_image_for_another_device_fails_its_verification(string octets)
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Transfer(octets);

        image.VerifyImage().Should().Be(ImageClient.Refused);

        image.Status().Should().Be(4);
        image.ActivateImage().Should().Be(ImageClient.Refused);
        image.ImageToActivate().Should().Be("C401C1000100");
    }

    [Fact]
    public void A_corrupt_block_fails_verification_and_sending_it_again_repairs_it()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.Send(5, new string('0', 32)).Should().Be(ImageClient.Success);

        image.VerifyImage().Should().Be(ImageClient.Refused);
        int failed = image.Status();
        image.SendBlock(FirmwareImages.Sound, 5).Should().Be(ImageClient.Success);
        image.VerifyImage().Should().Be(ImageClient.Success);

        failed.Should().Be(4);
        image.Status().Should().Be(3);
    }

    [Fact]
    public void Verification_that_takes_time_is_polled()
    {
        EsmeFixture fixture = Fixture(options => options with { VerifyTime = TimeSpan.FromSeconds(5) });
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);

        string? begun = image.VerifyImage();
        int during = image.Status();
        string? again = image.VerifyImage();
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        int after = image.Status();

        begun.Should().Be(ImageClient.Started);
        during.Should().Be(2);
        again.Should().Be(ImageClient.Started);
        after.Should().Be(3);
        image.VerifyImage().Should().Be(ImageClient.Success);
    }

    [Fact]
    public void A_meter_that_is_not_enabled_refuses_until_it_is()
    {
        EsmeFixture fixture = Fixture();
        ScriptedClient client = fixture.Associated();
        ImageClient image = new(client);
        client.Send("C101C1001200002C0000FF05000300").Should().Be("C501C100");

        string? refused = image.Initiate(188);
        client.Send("C101C1001200002C0000FF05000301").Should().Be("C501C100");
        string? allowed = image.Initiate(188);

        refused.Should().Be("C701C10300");
        allowed.Should().Be(ImageClient.Success);
        client.Send("C101C1001200002C0000FF05000F01").Should().Be("C501C10C", "an integer is no boolean");
    }

    [Fact]
    public void Power_may_fail_after_every_block_and_the_transfer_goes_on_from_the_first_missing_one()
    {
        for (int cut = 1; cut <= Blocks; cut++)
        {
            MemoryFlash flash = new();
            EsmeFixture fixture = Fixture(options => options with { PowerCutAfterBlocks = cut }, flash);
            ImageClient image = new(fixture.Associated());
            image.Initiate(188);
            for (int block = 0; block < cut - 1; block++)
            {
                image.SendBlock(FirmwareImages.Sound, block).Should().Be(ImageClient.Success);
            }

            string? last = image.SendBlock(FirmwareImages.Sound, cut - 1);
            fixture.Time.Advance(TimeSpan.FromSeconds(2));
            image = new ImageClient(fixture.Associated());

            last.Should().BeNull("the power failed over block {0}", cut - 1);
            image.Status().Should().Be(1);
            image.FirstNotTransferred().Should().Be(cut);
            for (int block = cut; block < Blocks; block++)
            {
                image.SendBlock(FirmwareImages.Sound, block).Should().Be(ImageClient.Success);
            }

            image.VerifyImage().Should().Be(ImageClient.Success);
        }
    }

    [Fact]
    public void The_link_is_gone_with_the_power_even_when_nobody_spoke_in_the_dark()
    {
        EsmeFixture fixture = Fixture(options => options with { PowerCutAfterBlocks = 1 });
        ImageClient image = new(fixture.Associated());
        image.Initiate(188);
        image.SendBlock(FirmwareImages.Sound, 0).Should().BeNull();

        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        ServerFrame poll = fixture.Client.Poll();

        poll.Control.Should().Be(0x1F, "DM: the meter knows of no link");
    }

    [Fact]
    public void A_meter_without_power_does_nothing_that_came_together_with_the_last_block()
    {
        EsmeFixture fixture = Fixture(options => options with { PowerCutAfterBlocks = 1 });
        ImageClient image = new(fixture.Associated());
        image.Initiate(188);
        (int send, int receive) = fixture.Client.Sequences;
        string block = "C301C1001200002C0000FF02010202" + "0600000000" + "0910" + FirmwareImages.Sound[..32];
        byte[] both =
        [
            .. ClientFrames.Information(send, receive, "E6E600" + block, ClientFrames.ManagementClient),
            .. ClientFrames.Information((send + 1) % 8, receive, "E6E600C301C1000900000A006AFF0101120034", ClientFrames.ManagementClient),
        ];

        fixture.Exchange(both).Should().BeEmpty();

        fixture.Esme.Supply.Should().Be(SupplyState.Connected);
    }

    [Fact]
    public void The_held_image_outlasts_the_process_when_it_is_on_disk()
    {
        string folder = Directory.CreateTempSubdirectory("flash").FullName;
        ImageClient first = new(Fixture(flash: new FileFlash(folder)).Associated());
        first.Initiate(188);
        first.SendBlock(FirmwareImages.Sound, 0);
        first.SendBlock(FirmwareImages.Sound, 1);

        ImageClient second = new(Fixture(flash: new FileFlash(folder)).Associated());
        int resumeAt = second.FirstNotTransferred();
        for (int block = 2; block < Blocks; block++)
        {
            second.SendBlock(FirmwareImages.Sound, block);
        }

        second.VerifyImage().Should().Be(ImageClient.Success);
        EsmeFixture third = Fixture(flash: new FileFlash(folder));
        ImageClient afterwards = new(third.Associated());

        resumeAt.Should().Be(2);
        afterwards.Status().Should().Be(3);
        afterwards.ImageToActivate().Should().EndWith(FirmwareImages.SoundHash);
        afterwards.ActivateImage();
        Restart(third);
        Fixture(flash: new FileFlash(folder)).Esme.FirmwareVersion.Should().Be("4.3.0");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Power_that_fails_during_verification_leaves_a_transfer_to_be_verified_again()
    {
        EsmeFixture fixture = Fixture(options => options with { VerifyTime = TimeSpan.FromSeconds(5) });
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage();

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        fixture.Esme.PowerOn();
        image = new ImageClient(fixture.Associated());

        image.Status().Should().Be(1);
        image.FirstNotTransferred().Should().Be(Blocks);
        image.VerifyImage().Should().Be(ImageClient.Started);
    }

    [Fact]
    public void Power_that_fails_during_activation_ends_in_the_new_version()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage();
        image.ActivateImage();

        fixture.Esme.PowerOff();
        string[] whileOff = [fixture.Esme.FirmwareVersion, fixture.Esme.ImageStatus.ToString()];
        fixture.Esme.PowerOn();

        whileOff.Should().Equal("4.2.0", nameof(ImageTransferStatus.ActivationInitiated));
        fixture.Esme.FirmwareVersion.Should().Be("4.3.0");
        fixture.Esme.ImageStatus.Should().Be(ImageTransferStatus.ActivationSuccessful);
    }

    [Fact]
    public void An_image_that_spoils_in_flash_is_found_at_power_on()
    {
        MemoryFlash flash = new();
        EsmeFixture fixture = Fixture(flash: flash);
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage();
        image.ActivateImage();

        flash.WriteAt("image", 100, [0x00]);
        Restart(fixture);
        image = new ImageClient(fixture.Associated());

        image.Status().Should().Be(7);
        fixture.Esme.FirmwareVersion.Should().Be("4.2.0");
        fixture.Client.Send("C001C10007000063 6200FF0200".Replace(" ", "", StringComparison.Ordinal)).Should().EndWith("12" + "8F1B");
    }

    [Theory]
    [InlineData(EsmeDefects.VerifyFails, 4, "4.2.0", "FA", "a sound image that fails")]
    [InlineData(EsmeDefects.ActivationLies, 6, "4.2.0", "00", "success and the old version")]
    [InlineData(EsmeDefects.ActivationFails, 7, "4.2.0", "00", "the activation fails")]
    [InlineData(EsmeDefects.BlockLost, 4, "4.2.0", "FA", "block 1 is not stored")]
    [InlineData(EsmeDefects.None, 6, "4.3.0", "00", "the sound meter")]
    public void Each_defect_ends_as_it_says(EsmeDefects defect, int status, string version, string verified, string why)
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = defect;
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);

        string? answer = image.VerifyImage();
        image.ActivateImage();
        Restart(fixture);
        image = new ImageClient(fixture.Associated());

        answer.Should().Be($"C701C1{verified}00", why);
        image.Status().Should().Be(status, why);
        fixture.Esme.FirmwareVersion.Should().Be(version, why);
    }

    [Fact]
    public void With_verify_lies_a_corrupt_image_is_called_sound()
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = EsmeDefects.VerifyLies;
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.Send(5, new string('0', 32));

        image.VerifyImage().Should().Be(ImageClient.Success);
    }

    [Fact]
    public void With_wrong_image_accepted_nobody_looks_whom_it_is_for()
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = EsmeDefects.WrongImageAccepted;
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.ForAnotherHardware);

        image.VerifyImage().Should().Be(ImageClient.Success);
    }

    [Fact]
    public void With_image_hash_wrong_the_signature_is_another_one()
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = EsmeDefects.ImageHashWrong;
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage();

        image.ImageToActivate().Should().EndWith("0920" + "07" + FirmwareImages.SoundHash[2..]);
    }

    [Fact]
    public void With_resume_forgets_a_new_link_finds_an_empty_map()
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = EsmeDefects.ResumeForgets;
        ImageClient image = new(fixture.Associated());
        image.Initiate(188);
        image.SendBlock(FirmwareImages.Sound, 0);
        int before = image.FirstNotTransferred();

        image = new ImageClient(fixture.Associated());

        before.Should().Be(1);
        image.Status().Should().Be(1);
        image.FirstNotTransferred().Should().Be(0);
    }

    [Fact]
    public void With_power_cut_the_meter_goes_off_once_half_way()
    {
        EsmeFixture fixture = Fixture();
        fixture.Esme.Defects = EsmeDefects.PowerCut;
        ImageClient image = new(fixture.Associated());
        image.Initiate(188);
        for (int block = 0; block < (Blocks / 2) - 1; block++)
        {
            image.SendBlock(FirmwareImages.Sound, block).Should().Be(ImageClient.Success);
        }

        string? cut = image.SendBlock(FirmwareImages.Sound, (Blocks / 2) - 1);
        bool isRunning = fixture.Esme.IsRunning;
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        image = new ImageClient(fixture.Associated());
        int resumeAt = image.FirstNotTransferred();
        string[] rest = [.. Enumerable.Range(resumeAt, Blocks - resumeAt).Select(block => image.SendBlock(FirmwareImages.Sound, block)!)];

        cut.Should().BeNull();
        isRunning.Should().BeFalse();
        resumeAt.Should().Be(Blocks / 2);
        rest.Should().AllBe(ImageClient.Success);
    }

    [Fact]
    public void Whoever_looks_first_whether_the_meter_runs_the_link_of_before_the_restart_is_gone()
    {
        EsmeFixture fixture = Fixture();
        ImageClient image = new(fixture.Associated());
        image.Transfer(FirmwareImages.Sound);
        image.VerifyImage();
        image.ActivateImage();

        fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
        bool runsWhileRestarting = fixture.Esme.IsRunning;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        bool runsAfterwards = fixture.Esme.IsRunning;
        byte[] answer = fixture.Exchange(ClientFrames.ReceiveReady(0, ClientFrames.ManagementClient));

        runsWhileRestarting.Should().BeFalse();
        runsAfterwards.Should().BeTrue();
        ClientFrames.Parse(answer).Single().Control.Should().Be(0x1F, "DM: nobody is connected");
    }

    private static EsmeFixture Fixture(Func<FirmwareUpdateOptions, FirmwareUpdateOptions>? change = null, IMeterFlash? flash = null) => new(
        model =>
        {
            FirmwareUpdateOptions options = model.FirmwareUpdate with { BlockOctets = ImageClient.BlockOctets };
            return model with { FirmwareUpdate = change is null ? options : change(options) };
        },
        flash);

    /// <summary>The restart begins 200 ms after the answer and takes one second.</summary>
    private static void Restart(EsmeFixture fixture)
    {
        fixture.Time.Advance(TimeSpan.FromMilliseconds(200));
        fixture.Esme.Step([]);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Esme.Step([]);
    }
}
