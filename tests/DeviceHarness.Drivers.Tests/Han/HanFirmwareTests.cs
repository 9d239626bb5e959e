using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota.OtaClientByHand;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>Firmware over the air to a device that the test plays.</summary>
public sealed class HanFirmwareTests : IAsyncLifetime, IFirmwareIdentity, IProgress<FirmwareProgress>
{
    private const string Version = "01020003";
    private static readonly FirmwareImage Firmware = new(Offer().Octets);

    private static readonly OtaImageId NewerImage = Image with { Version = 0x01020004 };

    private readonly List<FirmwareProgress> _progress = [];
    private readonly ManualTimeProvider _pauses = new();
    private HanBench _bench = null!;
    private HanUpgrades _upgrades = null!;
    private HanFirmware _firmware = null!;
    private byte _sequence;
    private string _running = "01020002";

    [Fact]
    public async Task A_device_that_takes_every_block_and_confirms_runs_the_image_once_it_is_told()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        HanBench.Sent notice = await _bench.SentAsync();
        List<byte> taken = await TakeAllAsync();
        byte[] end = await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));
        FirmwareDelivery delivered = await delivering.DefaultTimeout();

        notice.Header.Command.Should().Be((byte)OtaCommand.ImageNotify);
        notice.Payload.ToArray().ShouldBeHex("03 64" + "5E10" + "0100" + "03000201");
        taken.Should().Equal(Firmware.Octets.ToArray());
        end[^4..].ShouldBeHex("FFFFFFFF");
        delivered.Should().Be(new FirmwareDelivery(FirmwareDeliveryResult.Verified, string.Empty));
        _progress.Select(told => told.Stage).Distinct().Should().Equal(FirmwareStage.Transferring, FirmwareStage.Verifying);
        _progress.Should().HaveCountLessThan(25).And.Subject.Last().BlocksDone.Should().Be((Firmware.Octets.Length + 47) / 48);

        Task<FirmwareActivation> activating = _firmware.ActivateAsync(Firmware.Hash, CancellationToken.None);
        HanBench.Sent told = await _bench.SentAsync();
        _running = Version;
        await AnswerVersionAsync(0x01020002);
        await AnswerVersionAsync(0x01020003);

        told.Header.Command.Should().Be((byte)OtaCommand.UpgradeEndResponse);
        byte[] times = told.Payload.ToArray()[^8..];
        times[4..].Should().Equal(times[..4], "at once is the present moment");
        (await activating.DefaultTimeout()).Should().Be(new FirmwareActivation(ActivateImageResponse.Success, Version, string.Empty));
        (await _firmware.ActivateAsync(Firmware.Hash, CancellationToken.None)).Response.Should().Be(ActivateImageResponse.NoImageHeld);
    }

    [Theory]
    [InlineData(ZclStatus.InvalidImage, FirmwareDeliveryResult.VerificationFailed)]
    [InlineData(ZclStatus.Abort, FirmwareDeliveryResult.TransferFailed)]
    [InlineData(ZclStatus.RequireMoreImage, FirmwareDeliveryResult.TransferFailed)]
    public async Task What_the_device_says_of_the_image_decides(ZclStatus status, FirmwareDeliveryResult result)
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        await TakeAllAsync();
        await AskAsync(OtaCommand.UpgradeEndRequest, End(status));

        (await delivering.DefaultTimeout()).Result.Should().Be(result);
        (await _firmware.ActivateAsync(Firmware.Hash, CancellationToken.None)).Response.Should().Be(ActivateImageResponse.NoImageHeld);
        (await AskAsync(OtaCommand.QueryNextImageRequest, Query(1))).ShouldBeHex("98");
    }

    [Fact]
    public async Task An_image_for_another_model_is_not_offered_and_another_hash_is_not_run()
    {
        FirmwareDelivery wrong = await _firmware.DeliverAsync(Firmware, "4.3.0", ImageDelivery.Checked, CancellationToken.None);
        await DeliverAsync();

        FirmwareActivation other = await _firmware.ActivateAsync(new byte[32], CancellationToken.None);

        wrong.Result.Should().Be(FirmwareDeliveryResult.ImageRejected);
        other.Response.Should().Be(ActivateImageResponse.HashMismatch);
        _bench.Adapter.TryTakeSent(out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_device_that_asks_for_other_hardware_fails_the_transfer_and_one_at_a_time_is_brought()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();

        Func<Task> second = () => _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        (await second.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-050");
        (await AskAsync(OtaCommand.QueryNextImageRequest, Query(1, manufacturer: 0x1111))).ShouldBeHex("98");

        (await delivering.DefaultTimeout()).Result.Should().Be(FirmwareDeliveryResult.TransferFailed);
    }

    [Fact]
    public async Task A_device_that_stops_asking_is_a_silence_and_not_a_failure_of_the_device()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        await AskAsync(OtaCommand.QueryNextImageRequest, Query(0x01020002));
        await AskAsync(OtaCommand.ImageBlockRequest, Block(0));

        _bench.Clock.Advance(_upgrades.Settings.StalledAfter);

        (await FluentActions.Awaiting(() => delivering).Should().ThrowAsync<LinkTimeoutException>()).Which.Code.Should().Be("HAN-031");
    }

    [Fact]
    public async Task A_device_that_never_asks_is_waited_for_so_long_and_no_longer()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        await _bench.PumpedAsync();

        while (!delivering.IsCompleted)
        {
            _pauses.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        (await FluentActions.Awaiting(() => delivering).Should().ThrowAsync<LinkTimeoutException>()).Which.Code.Should().Be("HAN-032");
    }

    [Fact]
    public async Task A_query_under_the_number_of_the_notice_is_answered_before_the_notice_is_acknowledged()
    {
        TaskCompletionSource<ZigBeeDelivery> acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Adapter.Carry = _ => acknowledged.Task;
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        HanBench.Sent notice = await _bench.SentAsync();
        _sequence = (byte)(notice.Header.Sequence - 1);

        List<byte> taken = await TakeAllAsync();

        acknowledged.SetResult(FakeAdapter.Delivery());
        await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));
        taken.Should().Equal(Firmware.Octets.ToArray());
        (await delivering.DefaultTimeout()).Result.Should().Be(FirmwareDeliveryResult.Verified);
    }

    [Fact]
    public async Task An_image_that_a_device_did_not_finish_makes_way_for_the_next_one()
    {
        using CancellationTokenSource ended = new();
        Task<FirmwareDelivery> first = _firmware.DeliverAsync(
            new FirmwareImage(Offer(version: NewerImage.Version).Octets), "01020004", ImageDelivery.Unchecked, ended.Token);
        await _bench.SentAsync();
        await AskAsync(OtaCommand.ImageBlockRequest, Block(0, image: NewerImage));
        await ended.CancelAsync();
        await first.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();

        Task<FirmwareDelivery> second = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        byte[] over = await AskAsync(OtaCommand.ImageBlockRequest, Block(48, image: NewerImage));
        HanBench.Sent notice = await _bench.SentAsync();
        byte[] offered = await AskAsync(OtaCommand.QueryNextImageRequest, Query(0x01020002));
        await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        over.ShouldBeHex("95");
        notice.Payload.ToArray().ShouldBeHex("03 64" + "5E10" + "0100" + "03000201");
        offered[..9].ShouldBeHex("00" + "5E10" + "0100" + "03000201");
        (await second.DefaultTimeout()).Result.Should().Be(FirmwareDeliveryResult.Verified);
    }

    [Fact]
    public async Task The_rest_of_a_page_comes_by_the_clock()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        byte[] first = await AskAsync(OtaCommand.ImagePageRequest, Page(0, 144, 100));
        List<uint> offsets = [BitConverter.ToUInt32(first.AsSpan(9))];
        for (int block = 0; block < 2; block++)
        {
            _bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
            HanBench.Sent more = await _bench.SentAsync();
            more.Header.From.Should().Be(ZclSide.Server);
            offsets.Add(BitConverter.ToUInt32(more.Payload.Span[9..13]));
        }

        offsets.Should().Equal(0u, 48u, 96u);
        await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Abort));
        await delivering.DefaultTimeout();
    }

    [Fact]
    public async Task A_later_time_is_told_kept_for_who_asks_again_and_taken_back()
    {
        DateTimeOffset later = _bench.Clock.GetUtcNow().AddHours(3);
        await DeliverAsync();

        Task<FirmwareActivation> scheduling = _firmware.ScheduleAsync(Firmware.Hash, later, CancellationToken.None);
        HanBench.Sent told = await _bench.SentAsync();
        byte[] again = await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));
        Task withdrawing = _firmware.WithdrawAsync(CancellationToken.None);
        HanBench.Sent back = await _bench.SentAsync();

        (await scheduling.DefaultTimeout()).Response.Should().Be(ActivateImageResponse.Success);
        await withdrawing.DefaultTimeout();
        byte[] moment = Number(ZclTime.FromMoment(later));
        told.Payload.ToArray()[^4..].Should().Equal(moment);
        again[^4..].Should().Equal(moment);
        back.Payload.ToArray()[^4..].ShouldBeHex("FFFFFFFF");
    }

    [Fact]
    public async Task An_image_that_is_not_run_in_time_is_a_failed_activation()
    {
        await DeliverAsync();

        Task<FirmwareActivation> activating = _firmware.ActivateAsync(Firmware.Hash, CancellationToken.None);
        await _bench.SentAsync();
        for (int question = 0; question < 3; question++)
        {
            await AnswerVersionAsync(0x01020002);
        }

        FirmwareActivation activation = await activating.DefaultTimeout();
        activation.Response.Should().Be(ActivateImageResponse.ActivationFailure);
        activation.FirmwareVersion.Should().Be("01020002");
    }

    ValueTask<string> IFirmwareIdentity.ReadActiveVersionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_running);

    void IProgress<FirmwareProgress>.Report(FirmwareProgress value) => _progress.Add(value);

    public async Task InitializeAsync()
    {
        _bench = await HanBench.StartAsync(change: options =>
        {
            _upgrades = Make(options.TimeProvider);
            return options with { Servers = [_upgrades] };
        });
        _upgrades.Bind(_bench.Network);
        _firmware = new HanFirmware(new HanFirmwareOptions
        {
            Network = _bench.Network,
            Upgrades = _upgrades,
            Target = HanBench.Target,
            Model = new FirmwareModel(Manufacturer, 1, 1),
            Identity = this,
            TimeProvider = _pauses,
            PollInterval = TimeSpan.FromSeconds(5),
            ActivationTimeout = TimeSpan.FromSeconds(15),
            Progress = this,
        });
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _upgrades.DisposeAsync();
    }

    private static HanUpgrades Make(TimeProvider timeProvider) => new(new OtaServerSettings(), timeProvider);

    private async Task DeliverAsync()
    {
        Task<FirmwareDelivery> delivering = _firmware.DeliverAsync(Firmware, Version, ImageDelivery.Checked, CancellationToken.None);
        await _bench.SentAsync();
        await TakeAllAsync();
        await AskAsync(OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));
        (await delivering.DefaultTimeout()).Result.Should().Be(FirmwareDeliveryResult.Verified);
    }

    private async Task<List<byte>> TakeAllAsync()
    {
        await AskAsync(OtaCommand.QueryNextImageRequest, Query(0x01020002));
        List<byte> taken = [];
        while (taken.Count < Firmware.Octets.Length)
        {
            taken.AddRange((await AskAsync(OtaCommand.ImageBlockRequest, Block((uint)taken.Count)))[14..]);
        }

        return taken;
    }

    private Task<byte[]> AskAsync(OtaCommand command, byte[] payload) =>
        OtaClientByHand.AskAsync(_bench, ++_sequence, command, payload);

    private async Task AnswerVersionAsync(uint version)
    {
        while (_pauses.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        _pauses.Advance(TimeSpan.FromSeconds(5));
        HanBench.Sent question = await _bench.SentAsync();
        question.Header.From.Should().Be(ZclSide.Server, "the attributes are the client's");
        _bench.AnswerRead(question, new AttributeResult(0x0002, ZclData.Unsigned(ZclDataType.Unsigned32, version)));
    }
}
