using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;
using static DeviceHarness.Drivers.Tests.Esme.EsmeImages;
using static DeviceHarness.Drivers.Tests.Esme.ScriptedImageMeter;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>11.1 and 11.3 against a meter scripted from the standard, with its power cut wherever it can be.</summary>
public sealed class EsmeFirmwareTests
{
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    [Fact]
    public async Task An_image_is_delivered_verified_and_told_of_by_8F72()
    {
        await using Bench bench = new();

        SrvResult result = await bench.DeliverAsync(Image);

        using AssertionScope scope = new();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body.As<FirmwareVerificationAlert>().GbcsHexAlertCode.Should().Be("8F72");
        bench.Image.Received.Should().Equal(Image.Octets.ToArray());
        bench.Image.BlocksSeen.Should().BeInAscendingOrder().And.HaveCount(Blocks);
        (bench.Image.Initiations, bench.Image.Verifications, bench.Image.Activations).Should().Be((1, 1, 0));
        bench.Image.Version.Should().Be("4.2.0", "delivery does not change what runs");
    }

    [Fact]
    public async Task Progress_is_told_at_every_twentieth_and_at_the_turns()
    {
        await using Bench bench = new();

        _ = await bench.DeliverAsync(Image);

        FirmwareProgress[] told = [.. bench.Progress];
        told.Should().HaveCountLessThanOrEqualTo(22);
        told[^2].Should().Be(new FirmwareProgress(FirmwareStage.Transferring, Blocks, Blocks, 0));
        told[^1].Stage.Should().Be(FirmwareStage.Verifying);
    }

    [Fact]
    public async Task A_device_that_takes_no_images_yet_is_switched_on()
    {
        await using Bench bench = new();
        bench.Image.IsEnabled = false;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Image.IsEnabled.Should().BeTrue();
    }

    [Theory]
    [InlineData("damaged", 1, "integrity")]
    [InlineData("truncated", 1, "no upgrade file")]
    [InlineData("trailer", 1, "follow")]
    [InlineData("no integrity code", 1, "missing")]
    [InlineData("other manufacturer", 1, "manufacturer")]
    [InlineData("other model", 1, "image type")]
    [InlineData("other version", 1, "4.4.0")]
    [InlineData("other hardware", 2, "hardware")]
    public async Task An_image_that_is_not_for_this_device_is_not_sent(string fault, int code, string reason)
    {
        await using Bench bench = new();

        SrvResult result = await bench.DeliverAsync(Faulty(fault));

        using AssertionScope scope = new();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Body.Should().BeNull("no device verified anything");
        result.Outcome.DeviceCode.Should().Be(code);
        result.Outcome.Detail.Should().Contain(reason).And.Contain("not sent");
        bench.Image.Initiations.Should().Be(0);
        bench.Meter.Requests.Should().NotContain(request => request[0] == 0xC3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_power_cut_at_any_call_is_resumed_or_begun_anew(bool keepsTransfer)
    {
        // Every initiation, block and verification, cut before and after it was carried out.
        int calls = Blocks + 2;
        foreach (Cut cut in (Cut[])[Cut.BeforeTheCall, Cut.AfterTheCall])
        {
            for (int at = 0; at < calls; at++)
            {
                await using Bench bench = new();
                bench.Image.KeepsTransfer = keepsTransfer;
                bench.Image.Power = call => call == at ? cut : Cut.None;

                SrvResult result = await bench.DeliverAsync(Image);

                result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, $"{cut} {at}, kept {keepsTransfer}: {result.Outcome.Detail}");
                bench.Image.Received.Should().Equal(Image.Octets.ToArray());
                bench.Image.Status.Should().Be(3);
                if (keepsTransfer)
                {
                    bench.Image.BlocksSeen.Count.Should().BeLessThanOrEqualTo(
                        Blocks + 1, $"{cut} {at}: only the block that was lost goes again");
                }
            }
        }
    }

    [Fact]
    public async Task A_power_cut_at_every_block_still_ends_in_a_verified_image()
    {
        await using Bench bench = new();
        // The second call of each connection is cut: nothing but one block passes at a time.
        bench.Image.Power = call => call > 0 && call % 2 == 0 ? Cut.BeforeTheCall : Cut.None;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Image.Initiations.Should().Be(1);
        bench.Image.Received.Should().Equal(Image.Octets.ToArray());
    }

    [Fact]
    public async Task A_device_that_loses_its_power_at_the_same_block_for_ever_is_given_up()
    {
        await using Bench bench = new();
        bench.Image.Power = call => call >= 3 ? Cut.BeforeTheCall : Cut.None;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().NotBe(DeviceOutcomeKind.Done);
        bench.Image.Verifications.Should().Be(0);
        bench.Meter.Connects.Should().BeLessThanOrEqualTo(EsmeLimits + 2);
    }

    [Fact]
    public async Task A_delivery_that_was_cancelled_is_resumed_by_the_next_one_of_the_same_image()
    {
        await using Bench bench = new();
        using CancellationTokenSource cancelled = new();
        bench.Image.Power = call =>
        {
            if (call == 4)
            {
                cancelled.Cancel();
            }

            return Cut.None;
        };
        Func<Task> first = () => bench.Driver.ExecuteAsync(new UpdateFirmware(Image, EsmeImages.Version, [Meter]), cancelled.Token);
        await first.Should().ThrowAsync<OperationCanceledException>();
        int seen = bench.Image.BlocksSeen.Count;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Detail.Should().Contain("resumed 1");
        bench.Image.Initiations.Should().Be(1);
        bench.Image.BlocksSeen.Count.Should().BeLessThanOrEqualTo(Blocks + 1);
        seen.Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("other model")]
    [InlineData("other hardware")]
    public async Task An_image_that_is_not_to_be_checked_is_sent_and_the_device_judges_it(string fault)
    {
        await using Bench bench = new();
        bench.Image.FindsGood = false;

        SrvResult result = await bench.DeliverAsync(Faulty(fault), ImageDelivery.Unchecked);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Body.As<FirmwareVerificationAlert>().GbcsHexAlertCode.Should().Be("8F1C", result.Outcome.Detail);
        bench.Image.Received.Should().Equal(Faulty(fault).Octets.ToArray());
    }

    [Fact]
    public async Task A_transfer_that_is_interrupted_on_purpose_goes_on_where_it_stopped()
    {
        await using Bench bench = new();

        SrvResult result = await bench.DeliverAsync(Image, ImageDelivery.Interrupted);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Detail.Should().Contain("begun 1 times, resumed 1 times");
        bench.Meter.Connects.Should().Be(2);
        bench.Image.BlocksSeen.Should().Equal(Enumerable.Range(0, Blocks));
    }

    [Fact]
    public async Task A_device_that_lacks_acknowledged_blocks_after_an_interruption_has_not_taken_the_image()
    {
        await using Bench bench = new();
        bench.Image.Loses.Add(1);

        SrvResult result = await bench.DeliverAsync(Image, ImageDelivery.Interrupted);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain($"had acknowledged {Blocks / 2} of {Blocks} blocks and holds 1 of them");
        bench.Image.Verifications.Should().Be(0);
    }

    [Fact]
    public async Task A_bad_image_is_not_sent_to_be_interrupted()
    {
        await using Bench bench = new();

        SrvResult result = await bench.DeliverAsync(Faulty("damaged"), ImageDelivery.Interrupted);

        result.Outcome.Detail.Should().Contain("not sent");
        bench.Image.Initiations.Should().Be(0);
    }

    [Fact]
    public async Task Another_image_begins_a_transfer_of_its_own()
    {
        await using Bench bench = new();
        FirmwareImage other = Build(payloadOctets: 90);
        _ = await bench.DeliverAsync(Image);

        SrvResult result = await bench.DeliverAsync(other);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Image.Initiations.Should().Be(2);
        bench.Image.Received.Should().Equal(other.Octets.ToArray());
    }

    [Fact]
    public async Task Blocks_that_the_device_lost_are_sent_again_before_verification()
    {
        await using Bench bench = new();
        bench.Image.Loses.UnionWith([0, 3, Blocks - 1]);

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Image.Received.Should().Equal(Image.Octets.ToArray());
        bench.Image.Verifications.Should().Be(1);
    }

    [Fact]
    public async Task A_verification_that_takes_its_time_is_waited_for()
    {
        await using Bench bench = new();
        bench.Image.VerificationPolls = 20;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        bench.Image.Verifications.Should().Be(1, "it is polled by its status");
        bench.Time.Skipped.Should().BeGreaterThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_verification_that_never_ends_is_given_up()
    {
        await using Bench bench = new();
        bench.Image.VerificationPolls = 100_000;

        SrvResult result = await bench.DeliverAsync(Image);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("not verified");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task An_image_that_the_device_calls_bad_is_told_of_by_8F1C_and_not_activated(int polls)
    {
        await using Bench bench = new();
        bench.Image.FindsGood = false;
        bench.Image.VerificationPolls = polls;

        SrvResult delivery = await bench.DeliverAsync(Image);
        SrvResult activation = await bench.ActivateAsync(Image.Hash);

        using AssertionScope scope = new();
        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        delivery.Outcome.Body.As<FirmwareVerificationAlert>().GbcsHexAlertCode.Should().Be("8F1C");
        CodeOf(activation).Should().Be("noImageHeld");
        bench.Image.Activations.Should().Be(0);
    }

    [Fact]
    public async Task A_device_that_verified_something_else_is_not_believed()
    {
        await using Bench bench = new();
        bench.Image.Signature = new byte[32];

        SrvResult delivery = await bench.DeliverAsync(Image);
        SrvResult activation = await bench.ActivateAsync(Image.Hash);

        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        delivery.Outcome.Body.Should().BeNull();
        CodeOf(activation).Should().Be("hashMismatch");
        bench.Image.Activations.Should().Be(0);
    }

    [Fact]
    public async Task An_activation_without_an_image_is_code_1_and_sends_nothing()
    {
        await using Bench bench = new();

        SrvResult result = await bench.ActivateAsync(Image.Hash);

        using AssertionScope scope = new();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Body.Should().Be(new ActivateFirmwareRsp
        {
            MessageSuccess = false,
            ActivateImageResponseCode = new Asn1Status("noImageHeld", 1),
            FirmwareVersion = "4.2.0",
        });
        bench.Image.Activations.Should().Be(0);
    }

    [Fact]
    public async Task An_activation_with_a_wrong_hash_is_code_2_and_sends_nothing()
    {
        await using Bench bench = new();
        _ = await bench.DeliverAsync(Image);

        SrvResult result = await bench.ActivateAsync(new byte[32]);

        result.Outcome.Body.Should().Be(new ActivateFirmwareRsp
        {
            MessageSuccess = false,
            ActivateImageResponseCode = new Asn1Status("hashMismatch", 2),
            FirmwareVersion = "4.2.0",
        });
        bench.Image.Activations.Should().Be(0);
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 6)]
    [InlineData(true, 0)]
    public async Task An_activation_restarts_the_meter_and_reads_what_runs(bool answers, int statusAfter)
    {
        await using Bench bench = new();
        bench.Image.AnswersActivation = answers;
        bench.Image.StatusAfterActivation = statusAfter;
        _ = await bench.DeliverAsync(Image);

        SrvResult result = await bench.ActivateAsync(Image.Hash);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body.Should().Be(new ActivateFirmwareRsp
        {
            MessageSuccess = true,
            ActivateImageResponseCode = new Asn1Status("success", 0),
            FirmwareVersion = EsmeImages.Version,
        });
        bench.Image.Activations.Should().Be(1, "an activation is never sent twice");
    }

    [Fact]
    public async Task An_activation_that_fails_is_code_3_with_the_old_version()
    {
        await using Bench bench = new();
        bench.Image.StatusAfterActivation = 7;
        _ = await bench.DeliverAsync(Image);

        SrvResult result = await bench.ActivateAsync(Image.Hash);

        CodeOf(result).Should().Be("activationFailure");
        result.Outcome.Body!.Values["FirmwareVersion"].Should().Be("4.2.0");
    }

    [Fact]
    public async Task An_activation_that_never_took_place_is_given_up_and_not_sent_again()
    {
        await using Bench bench = new();
        bench.Image.StatusAfterActivation = 3;
        _ = await bench.DeliverAsync(Image);

        SrvResult result = await bench.ActivateAsync(Image.Hash);

        CodeOf(result).Should().Be("activationFailure");
        bench.Image.Activations.Should().Be(1);
    }

    [Fact]
    public async Task A_device_that_computes_no_signature_is_believed_only_for_what_this_driver_delivered()
    {
        await using Bench first = new();
        first.Image.Signature = [];
        _ = await first.DeliverAsync(Image);
        SrvResult delivered = await first.ActivateAsync(Image.Hash);

        await using Bench second = new();
        second.Image.Signature = [];
        second.Image.Status = 3;
        SrvResult found = await second.ActivateAsync(Image.Hash);

        delivered.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivered.Outcome.Detail);
        CodeOf(found).Should().Be("hashMismatch");
        second.Image.Activations.Should().Be(0);
    }

    [Fact]
    public async Task A_model_without_image_transfer_does_not_serve_the_requests()
    {
        await using Bench bench = new(profile => profile with { Objects = profile.Objects with { ImageTransfer = null } });

        bench.Driver.ServiceReferenceVariants.Should().NotContain(["11.1", "11.3"]).And.Contain("11.2");
    }

    private const int EsmeLimits = 3;

    private static int Blocks => ((Image.Octets.Length - 1) / 40) + 1;

    private static string CodeOf(SrvResult result) => result.Outcome.Body!.Values["ActivateImageResponseCode"];

    private sealed class Bench : IAsyncDisposable
    {
        private readonly MemoryTransportPair _line = MemoryTransportPair.Create("esme-01");

        internal Bench(Func<DeviceProfile, DeviceProfile>? change = null)
        {
            Meter = new ScriptedMeter(_line.Far);
            Meter.Answer("60", MeterFrames.VectorApdu("i-aare-none-1byte"));
            Image = new ScriptedImageMeter(Meter);
            Meter.Responder = Image.Answer;
            DeviceProfile profile = TestProfile.Load();
            Driver = new EsmeDriver(new EsmeOptions
            {
                Id = new DeviceId("esme-01"),
                Profile = change is null ? profile : change(profile),
                Transport = _line.Near,
                TimeProvider = Time,
                FirmwareProgress = new Listener(Progress),
            });
        }

        internal SkippingTimeProvider Time { get; } = new();

        internal ScriptedMeter Meter { get; }

        internal ScriptedImageMeter Image { get; }

        internal EsmeDriver Driver { get; }

        internal List<FirmwareProgress> Progress { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await Driver.DisposeAsync();
            await _line.Near.DisposeAsync();
            await Meter.DisposeAsync();
        }

        internal Task<SrvResult> DeliverAsync(FirmwareImage image, ImageDelivery delivery = ImageDelivery.Checked) =>
            RunAsync(new UpdateFirmware(image, EsmeImages.Version, [EsmeFirmwareTests.Meter]) { Delivery = delivery });

        internal Task<SrvResult> ActivateAsync(ReadOnlyMemory<byte> hash) => RunAsync(new ActivateFirmware(hash));

        private Task<SrvResult> RunAsync(SrvRequestBody body) => Driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();
    }

    /// <summary>Tells at once, where <see cref="Progress{T}"/> would tell on another thread.</summary>
    private sealed class Listener(List<FirmwareProgress> told) : IProgress<FirmwareProgress>
    {
        public void Report(FirmwareProgress value) => told.Add(value);
    }
}
